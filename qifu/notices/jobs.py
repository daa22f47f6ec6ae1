"""What the worker does here: every 15 seconds send what is due."""

from procrastinate.contrib.django import app

from qifu.kernel.clock import now
from qifu.notices import outbox

# A round ends after so many batches, so that a flood leaves room for other jobs.
BATCHES = 10


@app.periodic(cron="* * * * * */15")
@app.task(name="notices.sweep", queueing_lock="notices.sweep")
def sweep(timestamp: int) -> None:
    """Send what is due, batch by batch."""
    for _ in range(BATCHES):
        if not outbox.sweep(at=now()):
            break
