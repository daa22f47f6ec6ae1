"""What the worker does here: every night forget what nobody sent, and sweep."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from qifu.attachments.actions import let_lapse
from qifu.attachments.sweeping import missing, sweep
from qifu.kernel.clock import now
from qifu.organisations.models import County
from qifu.rounds.record import recorded

logger = logging.getLogger(__name__)


# 03:00 in the county; the queue counts in UTC.
@app.periodic(cron="0 19 * * *")
@app.task(name="attachments.sweep", queueing_lock="attachments.sweep")
@recorded("attachments.sweep", "清理附件")
def sweep_files(timestamp: int) -> int:
    """Let old staged files go, then remove the bytes that no row names."""
    for county in County.objects.values_list("code", flat=True):
        lapsed = let_lapse(county, at=now())
        logger.info("%s: %d files were never sent", county, lapsed)
    swept = sweep(at=now())
    logger.info("%d blobs swept", swept)
    for row in missing():
        logger.error("%s: the bytes of file %s are not on the disk", row.county, row.code)
    return swept
