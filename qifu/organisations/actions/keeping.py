"""Keeping the system going by hand: a message sent again, a task made to run now."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from qifu.journal.deed import deed
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.notices.models import Notice, State
from qifu.notices.registry import registry
from qifu.organisations import access
from qifu.organisations.models import User
from qifu.rounds.record import Job


def retry_notice(notice: Notice, *, by: User, at: datetime, key: str = "") -> None:
    """Send once more what reached nobody (重发); whether it still holds is asked again."""
    with deed("notice.retried", county=notice.county, by=by, at=at, key=key) as work:
        work.about(notice)
        work.note(notice=notice.kind)
        if not access.can_see_deliveries(by, notice.county):
            raise NotAllowed("只有县办可以重发通知。")
        if registry.kind(notice.kind).secret:
            raise NotAllowed("验证码不重发，请本人重新获取。")
        if notice.state != State.FAILED:
            raise StaleState("这条通知已经重发过了，请刷新看结果。")
        work.change(
            notice,
            expect={"state": State.FAILED},
            state=State.QUEUED,
            due_at=at,
            attempts=0,
            postponed=0,
            failure="",
            fault="",
        )


def run_now(job: Job, county: str, *, by: User, at: datetime, key: str = "") -> None:
    """Put a periodic task into the queue now (现在运行一次).

    Safe at any time: each asks what is due, so what was done is not done again.
    """
    with deed("job.asked", county=county, by=by, at=at, key=key) as work:
        work.note(job=job.code)
        if not access.can_see_jobs(by, county):
            raise NotAllowed("只有系统管理员和县办主任可以运行定时任务。")
        try:
            app.tasks[job.task].defer(timestamp=int(at.timestamp()))
        except AlreadyEnqueued:
            raise StaleState("这个任务已经在排队，几秒后就会运行。") from None
