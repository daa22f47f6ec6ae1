"""The office calls the enterprise (回访): all of the unhappy, some of the silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qifu.appeals import access, clocks
from qifu.appeals.actions.again import begin_round
from qifu.appeals.actions.calling_off import call_off, stop_clocks_of
from qifu.appeals.actions.texts import optional, required
from qifu.appeals.catalogue import office_unit
from qifu.appeals.models import (
    Again,
    Appeal,
    CallAttempt,
    Callback,
    CallbackOutcome,
    CallbackReason,
    Dispatch,
    Grade,
    Solved,
)
from qifu.appeals.rules import ClockKind
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import User

# What a call about each thing can come to.
OUTCOMES = {
    CallbackReason.WITHDRAWN: (CallbackOutcome.CONFIRMED, CallbackOutcome.RESUMED),
    CallbackReason.LAPSED: (
        CallbackOutcome.CONFIRMED,
        CallbackOutcome.RESUMED,
        CallbackOutcome.UNREACHABLE,
    ),
}
ABOUT_AN_ANSWER = (
    CallbackOutcome.SATISFIED,
    CallbackOutcome.AGAIN,
    CallbackOutcome.EXPLAINED,
    CallbackOutcome.UNREACHABLE,
)
DAYS_TRIED = 2


@dataclass(frozen=True)
class Call:
    """What came of a call: the outcome, two facts and a grade, and what was said."""

    outcome: CallbackOutcome
    words: str = ""
    contacted: bool | None = None
    solved: Solved | None = None
    grade: Grade | None = None
    # Who else looked at it, where the office calls it unreasonable.
    reviewer: User | None = None


def open_callback(work: Deed, appeal: Appeal, reason: CallbackReason) -> Callback:
    """Put a case on the list of calls, within the deed that sent it there."""
    timing = clocks.timing(appeal.county, work.at)
    office = office_unit(appeal.county, local_date(work.at))
    work.add(timing.new(ClockKind.CALLBACK, appeal, work.at, unit=office))
    return work.add(Callback(appeal=appeal, reason=reason, opened_at=work.at, by=None, at=work.at))


def attempt_call(callback: Callback, *, by: User, at: datetime, key: str = "") -> CallAttempt:
    """Write down that nobody answered (未接通); the enterprise is tried again another day."""
    with deed("appeal.call_attempted", county=callback.county, by=by, at=at, key=key) as work:
        work.about(callback.appeal)
        _check_caller(by, callback)
        return work.add(CallAttempt(callback=callback, by=by, at=at))


def conclude_call(
    callback: Callback, call: Call, *, by: User, at: datetime, key: str = ""
) -> Callback:
    """Write down what the call came to (回访); the case ends or is handled again.

    A grade on the telephone stands beside the enterprise's own and never replaces it.
    """
    appeal = callback.appeal
    with deed("appeal.called_back", county=callback.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(reason=callback.reason, outcome=call.outcome, grade=call.grade)
        _check_caller(by, callback)
        _check_call(callback, call, by, at)
        text = work.text("callback", optional("words", call.words)) if call.words.strip() else None
        _move(work, appeal, call, by)
        clocks.stop(work, clocks.running(appeal, ClockKind.CALLBACK))
        work.change(
            callback,
            expect={"outcome": ""},
            outcome=call.outcome,
            contacted=call.contacted,
            solved=call.solved or "",
            grade=call.grade,
            words=text,
            reviewer=call.reviewer,
            same_clerk=_dispatched_by(appeal, by),
            by=by,
            at=at,
        )
        return callback


def _move(work: Deed, appeal: Appeal, call: Call, by: User) -> None:
    match call.outcome:
        case CallbackOutcome.AGAIN:
            words = required("words", call.words, "请写明企业为什么不满意、要办什么。")
            begin_round(work, appeal, Again.CALLBACK, words, by=by)
        case CallbackOutcome.CONFIRMED:
            _end(work, appeal, "confirm_withdrawal")
        case CallbackOutcome.RESUMED:
            _resume(work, appeal)
        case _:
            _end(work, appeal, "conclude")


def _end(work: Deed, appeal: Appeal, verb: str) -> None:
    rest = call_off(work, appeal)
    appeal.advance(work, verb, closed_at=work.at, due_on=None)
    stop_clocks_of(work, rest)


def _resume(work: Deed, appeal: Appeal) -> None:
    timing = clocks.timing(appeal.county, work.at)
    days = timing.limits.days(ClockKind.ACCEPT)
    office = office_unit(appeal.county, local_date(work.at))
    appeal.advance(work, "resume", local=False, lead_unit=None, due_on=timing.due_on(days, work.at))
    work.add(timing.new(ClockKind.ACCEPT, appeal, work.at, unit=office))


def _check_caller(by: User, callback: Callback) -> None:
    if not access.is_caller(by):
        raise NotAllowed("只有县办回访员和主任可以回访。")
    if callback.outcome:
        raise StaleState("这件已经回访过了。")


def _check_call(callback: Callback, call: Call, by: User, at: datetime) -> None:
    allowed = OUTCOMES.get(CallbackReason(callback.reason), ABOUT_AN_ANSWER)
    if call.outcome not in allowed:
        raise InvalidInput("outcome", "这件回访没有这个结果，请重新选。")
    if call.outcome == CallbackOutcome.UNREACHABLE:
        days = {local_date(one.at) for one in callback.attempts.all()} | {local_date(at)}
        if len(days) < DAYS_TRIED:
            raise InvalidInput("outcome", "两天各打过一次仍未接通，才能记为“联系不上”。")
        return
    if call.outcome == CallbackOutcome.EXPLAINED:
        _check_reviewer(call, by)
    if call.outcome in ABOUT_AN_ANSWER and (call.solved is None or call.contacted is None):
        raise InvalidInput("solved", "请问清两件事：有没有人联系、事情办成了没有。")


def _check_reviewer(call: Call, by: User) -> None:
    required("words", call.words, "请写明为什么说诉求不合理、怎么解释的。")
    if call.reviewer is None or call.reviewer.pk == by.pk:
        raise InvalidInput("reviewer", "“诉求不合理”要由另一位县办同志复核，请选复核人。")
    if not access.is_office(call.reviewer):
        raise InvalidInput("reviewer", "复核人要是县办的同志。")


def _dispatched_by(appeal: Appeal, by: User) -> bool:
    orders = Dispatch.objects.in_county(appeal.county).filter(appeal=appeal, by=by)
    return orders.exists()
