"""What the worker does here: every 15 seconds send what is due."""

from datetime import timedelta

from procrastinate.contrib.django import app

from qifu.kernel.clock import now
from qifu.notices import outbox
from qifu.rounds.record import recorded

# A round ends after so many batches, so that a flood leaves room for other jobs.
BATCHES = 10


@app.periodic(cron="* * * * * */15")
@app.task(name="notices.sweep", queueing_lock="notices.sweep")
@recorded("notices.sweep", "发送通知", grace=timedelta(minutes=5), hourly=True)
def sweep(timestamp: int) -> int:
    """Send what is due, batch by batch."""
    sent = 0
    for _ in range(BATCHES):
        dealt_with = outbox.sweep(at=now())
        sent += dealt_with
        if not dealt_with:
            break
    return sent
