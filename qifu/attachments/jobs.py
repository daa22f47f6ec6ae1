"""What the worker does here: every night forget what nobody sent, and sweep."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from qifu.attachments.actions import let_lapse
from qifu.attachments.sweeping import missing, sweep
from qifu.kernel.clock import now
from qifu.organisations.models import County

logger = logging.getLogger(__name__)


# 03:00 in the county; the queue counts in UTC.
@app.periodic(cron="0 19 * * *")
@app.task(name="attachments.sweep", queueing_lock="attachments.sweep")
def sweep_files(timestamp: int) -> None:
    """Let old staged files go, then remove the bytes that no row names."""
    for county in County.objects.values_list("code", flat=True):
        lapsed = let_lapse(county, at=now())
        logger.info("%s: %d files were never sent", county, lapsed)
    logger.info("%d blobs swept", sweep(at=now()))
    for row in missing():
        logger.error("%s: the bytes of file %s are not on the disk", row.county, row.code)
