"""What qifu does by itself: shallow tasks that find what is due and call actions.

Each is safe to run twice and catches up after downtime: it asks what is due, never
what fell due since the last round.
"""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from qifu.appeals.actions.rating import close_unrated
from qifu.appeals.actions.recomputing import recompute_open
from qifu.appeals.actions.supplementing import lapse_due
from qifu.appeals.reconciling import drifts
from qifu.kernel.clock import now
from qifu.organisations.models import County

logger = logging.getLogger(__name__)


# 00:20 in the county; the queue counts in UTC.
@app.periodic(cron="20 16 * * *")
@app.task(queueing_lock="close_unrated", pass_context=False)
def close_unrated_cases(timestamp: int) -> None:
    """End the cases whose time for rating has passed (办结，未评价)."""
    for county in County.objects.values_list("code", flat=True):
        ended = close_unrated(county, at=now())
        logger.info("%s: closed %d unrated cases", county, ended)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="recompute_open", pass_context=False)
def recompute_open_deadlines(timestamp: int) -> None:
    """Let running deadlines follow a new calendar, each with its event (期限重算)."""
    for county in County.objects.values_list("code", flat=True):
        moved = recompute_open(county, by=None, at=now())
        if moved:
            logger.info("%s: %d deadlines moved", county, moved)


# 00:30 in the county.
@app.periodic(cron="30 16 * * *")
@app.task(queueing_lock="lapse_supplements", pass_context=False)
def lapse_supplements(timestamp: int) -> None:
    """End the waiting for what was not supplied in time (期满未补充)."""
    for county in County.objects.values_list("code", flat=True):
        ended = lapse_due(county, at=now())
        logger.info("%s: %d supplements lapsed", county, ended)


# 01:40 in the county.
@app.periodic(cron="40 17 * * *")
@app.task(queueing_lock="reconcile", pass_context=False)
def reconcile(timestamp: int) -> None:
    """Compare every stored clock and state with what it follows from (对账)."""
    for county in County.objects.values_list("code", flat=True):
        found = list(drifts(county))
        for drift in found:
            logger.error("%s: %s", county, drift)
        logger.info("%s: %d stored values do not follow", county, len(found))
