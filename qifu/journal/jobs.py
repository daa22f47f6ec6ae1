"""What the worker does here: anchors every ten minutes, and a check of everything at night."""

import logging
from datetime import timedelta

from procrastinate.contrib.django import app

from qifu.journal import anchors, walk
from qifu.journal.verify import Tally, counties, verify
from qifu.kernel.clock import now
from qifu.rounds.record import recorded

log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="journal.anchor", queueing_lock="journal.anchor")
@recorded("journal.anchor", "日志锚点", hourly=True)
def anchor(timestamp: int) -> None:
    """Write down the head of every county's chain."""
    for county in walk.counties():
        anchors.anchor(county, now())


# 00:30 in the county; the queue counts in UTC.
@app.periodic(cron="30 16 * * *")
@app.task(name="journal.check", queueing_lock="journal.check")
@recorded("journal.check", "日志核对", grace=timedelta(hours=2))
def check(timestamp: int) -> int:
    """Check every county's journal; a finding is the administrators' most urgent message."""
    checked = 0
    for county in counties():
        tally = Tally()
        for finding in verify(county, tally):
            log.error("%s：%s", county, finding.sentence)
        log.info("%s：核对了%s条事件，发现%s处问题", county, tally.events, tally.findings)
        checked += tally.events
        anchors.anchor(county, now())
    return checked
