"""From a signed answer to the enterprise: straight from a township, else past the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from qifu.appeals import access, clocks, notices
from qifu.appeals.actions.refusing import enter_refusal, take_out_refusal
from qifu.appeals.actions.texts import required
from qifu.appeals.actions.tracking import begin, undo
from qifu.appeals.catalogue import office_unit
from qifu.appeals.lifecycle import PUBLISHED, State
from qifu.appeals.models import Answer, Appeal, Assignment, Clock, Recall, Review
from qifu.appeals.rules import ClockKind, Outcome, Role
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.models import User


def settle(work: Deed, part: Assignment, answer: Answer, *, signed: bool) -> None:
    """Pass an answer on from its unit, whose clock stops (amendment 4).

    An ASSIST's goes to the LEAD; a local one to the enterprise; any other to the office.
    """
    appeal = part.appeal
    pending = {"state": Answer.State.PENDING}
    done = {"outcome": answer.outcome, "answered_at": work.at}
    if part.role == Role.ASSIST:
        part.advance(work, _step(signed=signed, ends_here=True), due_on=None, **done)
        work.change(answer, expect=pending, state=Answer.State.TO_LEAD)
    elif appeal.local and answer.outcome == Outcome.PLANNED:
        begin(work, part, answer, "track_local", **done)
        _publish(work, appeal, answer, part, expect=pending)
    elif appeal.local:
        part.advance(work, _step(signed=signed, ends_here=True), due_on=None, **done)
        appeal.follow(work, part, **_published(work, appeal, answer))
        _publish(work, appeal, answer, part, expect=pending)
    else:
        part.advance(work, _step(signed=signed, ends_here=False), **done)
        _to_review(work, appeal, part)
        work.change(answer, expect=pending, state=Answer.State.SIGNED)
    running = part.clocks.filter(stopped_at=None).exclude(kind=ClockKind.TRACKING)
    clocks.stop_all(work, list(running.order_by("pk")))


def _step(*, signed: bool, ends_here: bool) -> str:
    if signed:
        return "settle" if ends_here else "approve"
    return "settle_unsigned" if ends_here else "reply_unsigned"


def publish(answer: Answer, *, by: User, at: datetime, key: str = "") -> Review:
    """Pass the LEAD's answer (审核通过): the enterprise reads it and is asked to rate.

    One that puts the matter off (列入计划) begins the tracking of what it promises.
    """
    appeal, part = answer.appeal, _lead(answer)
    with deed("appeal.published", county=answer.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, outcome=answer.outcome)
        if not access.is_reviewer(by):
            raise NotAllowed("只有县办审核员可以审核答复。")
        if answer.outcome == Outcome.PLANNED:
            begin(work, part, answer, "track")
        else:
            part.advance(work, "finish", due_on=None)
            appeal.advance(work, "publish", **_published(work, appeal, answer))
        clocks.stop(work, clocks.running(appeal, ClockKind.REVIEW))
        _publish(work, appeal, answer, part, expect={"state": Answer.State.SIGNED})
        return work.add(Review(answer=answer, passed=True, by=by, at=at))


def rework(answer: Answer, words: str, *, by: User, at: datetime, key: str = "") -> Review:
    """Send the answer back to its unit (退回重办): what was left goes on, at least two days."""
    appeal, part = answer.appeal, _lead(answer)
    with deed("appeal.reworked", county=answer.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id)
        if not access.is_reviewer(by):
            raise NotAllowed("只有县办审核员可以退回重办。")
        if appeal.state != State.REVIEW:
            raise StaleState(f"这件诉求现在是“{appeal.get_state_display()}”，不能退回重办。")
        limits = clocks.timing(appeal.county, at).limits
        text = work.text("rework", required("words", words, "请写明哪里不行、要怎么改。"))
        handling, review = _handling_and_review(appeal, part)
        due_on = clocks.due_after_going_on(handling, at, at_least=limits.rework_days)
        part.advance(work, "rework", answered_at=None, outcome="", due_on=due_on)
        appeal.advance(work, "rework", reworks=appeal.reworks + 1, due_on=due_on)
        clocks.go_on_and_stop(work, handling, review, at_least=limits.rework_days)
        work.change(answer, expect={"state": Answer.State.SIGNED}, state=Answer.State.REWORK)
        return work.add(Review(answer=answer, passed=False, words=text, by=by, at=at))


def recall(answer: Answer, *, by: User, at: datetime, key: str = "") -> Recall:
    """Undo a publication before its notice leaves (撤回发布): outside, nothing happened."""
    appeal = answer.appeal
    with deed("appeal.recalled", county=answer.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if appeal.state in PUBLISHED and not access.can_recall(by, appeal, answer):
            raise NotAllowed("只有发布答复的人可以撤回。")
        hold = clocks.timing(appeal.county, at).hold
        if answer.published_at is None or at - answer.published_at >= hold:
            raise StaleState("通知已经发给企业，不能撤回了。")
        _undo(work, appeal, answer)
        return work.add(Recall(answer=answer, by=by, at=at))


def recall_until(answer: Answer, hold: timedelta) -> datetime | None:
    """Return until when the publication can be undone."""
    return answer.published_at + hold if answer.published_at else None


def _undo(work: Deed, appeal: Appeal, answer: Answer) -> None:
    part = answer.assignment
    if part is None:
        verb, back, kind = "recall_answer", Answer.State.SENT_BACK, ClockKind.ACCEPT
    elif appeal.local:
        verb, back, kind = "recall_local", Answer.State.PENDING, ClockKind.HANDLE
    else:
        verb, back, kind = "recall", Answer.State.SIGNED, ClockKind.REVIEW
    tracked = appeal.state == State.TRACKING
    clock = clocks.last(appeal, kind, part if kind is ClockKind.HANDLE else None)
    due_on = clocks.due_after_going_on(clock, work.at)
    if part is not None:
        local = {"answered_at": None, "outcome": "", "due_on": due_on}
        part.advance(work, verb, **(local if appeal.local else {"due_on": None}))
    appeal.advance(work, verb, outcome="", published_at=None, due_on=due_on)
    clocks.go_on(work, clock)
    if tracked and part is not None:
        undo(work, part)
    published = {"state": Answer.State.PUBLISHED}
    work.change(answer, expect=published, state=back, published_at=None)
    take_out_refusal(work, appeal, answer)


def _handling_and_review(appeal: Appeal, part: Assignment) -> tuple[Clock, Clock]:
    newest = {(clock.kind, clock.assignment_id): clock for clock in appeal.clocks.order_by("pk")}
    return newest[ClockKind.HANDLE, part.pk], newest[ClockKind.REVIEW, None]


def _to_review(work: Deed, appeal: Appeal, part: Assignment) -> None:
    timing = clocks.timing(appeal.county, work.at)
    days = timing.limits.days(ClockKind.REVIEW)
    appeal.follow(work, part, due_on=timing.due_on(days, work.at))
    office = office_unit(appeal.county, local_date(work.at))
    work.add(timing.new(ClockKind.REVIEW, appeal, work.at, unit=office))


def _publish(
    work: Deed, appeal: Appeal, answer: Answer, part: Assignment, *, expect: Mapping[str, object]
) -> None:
    work.change(answer, expect=expect, state=Answer.State.PUBLISHED, published_at=work.at)
    enter_refusal(work, appeal, answer, part.unit)
    hold = clocks.timing(appeal.county, work.at).hold
    if appeal.state == State.TO_EVALUATE:
        notice = notices.answered(appeal, answer, part.unit.short_name)
        put_all(work, [notice], hold=hold)


def _published(work: Deed, appeal: Appeal, answer: Answer) -> dict[str, object]:
    timing = clocks.timing(appeal.county, work.at)
    return {
        "outcome": answer.outcome,
        "published_at": work.at,
        "due_on": timing.due_on(timing.limits.rating_days, work.at),
    }


def _lead(answer: Answer) -> Assignment:
    part = answer.assignment
    if part is None or part.role != Role.LEAD:
        raise StaleState("县办只审核主办单位的答复；协办意见直接交主办单位。")
    return part
