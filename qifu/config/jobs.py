"""What keeps the queue itself in order, as procrastinate's own manual sets it up.

A worker that is killed leaves its job in hand (doing), and nobody else takes it up.
"""

from __future__ import annotations

import logging

from asgiref.sync import sync_to_async
from procrastinate import builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status

from qifu.kernel.clock import now
from qifu.rounds import board
from qifu.rounds.record import recorded

logger = logging.getLogger(__name__)

# Failed jobs stay so long for somebody to look at; the done ones go at once.
KEPT_HOURS = 24 * 14


@app.periodic(cron="*/10 * * * *")
@app.task(name="queue.retry_stalled", queueing_lock="queue.retry_stalled")
@recorded("queue.retry_stalled", "接手中断的任务", hourly=True)
async def retry_stalled(timestamp: int) -> int:
    """Give the jobs of workers that went silent to whoever works now."""
    stalled = list(await app.job_manager.get_stalled_jobs())
    for job in stalled:
        try:
            await app.job_manager.retry_job(job)
            logger.warning("%s (job %s) was left in hand; it is done again", job.task_name, job.id)
        except UniqueViolation:
            # The next round of the same job waits already, and asks for all that is due.
            await app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=True)
    return len(stalled)


# 03:40 in the county; the queue counts in UTC.
@app.periodic(cron="40 19 * * *")
@app.task(name="queue.forget", queueing_lock="queue.forget", pass_context=True)
@recorded("queue.forget", "清理任务记录")
async def forget(context: JobContext, timestamp: int) -> None:
    """Delete jobs that ended long ago (failed, cancelled, aborted), and old records of runs."""
    await builtin_tasks.remove_old_jobs(
        context,
        max_hours=KEPT_HOURS,
        remove_failed=True,
        remove_cancelled=True,
        remove_aborted=True,
    )
    await sync_to_async(board.forget)(now())
