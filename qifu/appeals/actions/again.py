"""Handling a case once more (二次办理、重办): the same unit, a new round, a new limit."""

from __future__ import annotations

from datetime import datetime, timedelta

from qifu.appeals import access, clocks, notices
from qifu.appeals.actions.dispatching import to_dispatch
from qifu.appeals.actions.texts import required
from qifu.appeals.lifecycle import WORK_GIVEN_UP, State
from qifu.appeals.models import Again, Appeal, Assignment, SecondHandling
from qifu.appeals.rules import ClockKind, Role
from qifu.journal.deed import Deed, deed
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.models import User


def reopen(appeal: Appeal, words: str, *, by: User, at: datetime, key: str = "") -> SecondHandling:
    """Ask that an ended case be handled again (要求重办), once and within the days set."""
    with deed("appeal.reopened", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.speaks_for(by, appeal):
            raise NotAllowed("只有反映问题的企业可以要求重办。")
        if appeal.state != State.CLOSED or appeal.closed_at is None:
            raise StaleState("这件诉求还没有办结，可以点“催一催”。")
        days = clocks.timing(appeal.county, at).limits.reopen_days
        if at - appeal.closed_at > timedelta(days=days):
            raise StaleState(f"办结已超过{days}天，请重新提一件，可以写上原来的编号。")
        if appeal.second_handlings.filter(cause=Again.REOPENED).exists():
            raise StaleState("重办只能要求一次。还有问题请打电话问县办。")
        words = required("words", words, "请写明还有什么没办好。")
        return begin_round(work, appeal, Again.REOPENED, words, by=by)


def begin_round(
    work: Deed, appeal: Appeal, cause: Again, words: str, *, by: User
) -> SecondHandling:
    """Begin a new round within the deed that asked for it; what was said before stays."""
    text = work.text("again", words)
    part = _lead(appeal)
    round_ = {
        "cycle": appeal.cycle + 1,
        "outcome": "",
        "published_at": None,
        "closed_at": None,
    }
    if part is None:
        verb = "reopen" if cause == Again.REOPENED else "dispatch_again"
        to_dispatch(work, appeal, verb, **round_)
    else:
        _to_unit(work, appeal, part, round_)
    return work.add(SecondHandling(appeal=appeal, cause=cause, words=text, by=by, at=work.at))


def _to_unit(work: Deed, appeal: Appeal, part: Assignment, round_: dict[str, object]) -> None:
    timing = clocks.timing(appeal.county, work.at)
    days = timing.limits.again_days
    due_on = timing.due_on(days, work.at)
    work.note(unit=part.unit_id, days=days)
    part.advance(work, "handle_again", answered_at=None, outcome="", due_on=due_on)
    appeal.follow(work, part, due_on=due_on, **round_)
    work.add(
        timing.new(ClockKind.HANDLE, appeal, work.at, unit=part.unit, days=days, assignment=part)
    )
    put_all(work, [notices.again(appeal, part, due_on)], hold=timing.hold)


def _lead(appeal: Appeal) -> Assignment | None:
    parts = appeal.assignments.filter(role=Role.LEAD).exclude(state__in=WORK_GIVEN_UP)
    return parts.select_related("unit").first()
