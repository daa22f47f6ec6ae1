"""What the county office does, entered into the register."""

from __future__ import annotations

from dataclasses import replace

from qifu.appeals.actions import (
    accepting,
    calling,
    dispatching,
    extending,
    publishing,
    rating,
    returning,
    supplementing,
    turning_away,
    viewing,
    working,
)
from qifu.appeals.actions.calling import Call
from qifu.appeals.actions.reminding import urge_by_hand
from qifu.appeals.lifecycle import ENDED, PUBLISHED, WORK_OPEN, State, Work
from qifu.appeals.models import (
    Answer,
    Assignment,
    Callback,
    CallbackOutcome,
    CallbackReason,
    Dispatch,
    Grade,
    Return,
    Solved,
    Supplement,
    SupplementState,
)
from qifu.appeals.rules import DeclineReason, Nature, Role
from qifu.kernel.clock import local_date
from qifu.kernel.errors import StaleState
from tests.histories.here import Here
from tests.histories.registry import of_case, of_part

OPEN = frozenset(State) - ENDED
# What a call establishes, whatever it comes to.
CALLED = Call(CallbackOutcome.SATISFIED, contacted=True, solved=Solved.PARTLY, grade=Grade.FAIR)


@of_case("case.accept", at=[State.SUBMITTED], onward=True)
def accept(here: Here) -> None:
    accepting.accept(here.appeal, here.category, by=here.clerk, at=here.at)


@of_case("case.decline", at=[State.SUBMITTED])
def decline(here: Here) -> None:
    reason = here.pick([DeclineReason.NOT_ENTERPRISE, DeclineReason.OUTSIDE])
    accepting.decline(here.appeal, reason, words="请走别的渠道", by=here.clerk, at=here.at)


@of_case("case.turn_away", at=[State.SUBMITTED, State.TO_DISPATCH])
def turn_away(here: Here) -> None:
    exit_ = here.pick([DeclineReason.LAWSUIT, DeclineReason.PETITION, DeclineReason.REPORT])
    said = turning_away.Departure(
        exit_,
        "县信访局",
        "接待科，0564-7356000",
        local_date(here.at),
        handed_over=exit_ == DeclineReason.REPORT,
        receipt="移送〔2026〕9号",
    )
    turning_away.turn_away(here.appeal, said, by=here.clerk, at=here.at)


@of_case("case.answer", at=[State.SUBMITTED])
def answer_on_the_spot(here: Here) -> None:
    accepting.answer_on_the_spot(
        here.appeal, here.category, "到窗口办，当天办结。", by=here.clerk, at=here.at
    )


@of_case("case.ask_supplement", at=[State.SUBMITTED])
def ask_supplement(here: Here) -> None:
    supplementing.ask_supplement(here.appeal, "缺营业执照", by=here.clerk, at=here.at)


@of_case("case.dispatch", at=[State.TO_DISPATCH], onward=True)
def dispatch(here: Here) -> None:
    lead = here.pick(here.units())
    others = here.units(lead.pk)
    # What is confided has one unit.
    several = [] if here.appeal.confidential else [others[:1], others[1:], others]
    assists = here.pick([others[:0], *several])
    dispatching.dispatch(
        here.appeal,
        lead,
        assists,
        nature=here.pick(list(Nature)),
        category=None if here.appeal.category_id else here.category,
        by=here.clerk,
        at=here.at,
    )


@of_case("case.take_back", "work.take_back", at=[State.DISPATCHED])
def take_back(here: Here) -> None:
    rows = Dispatch.objects.in_county(here.cast.county).filter(appeal=here.appeal)
    order = rows.select_related("appeal").order_by("pk").last()
    if order is None:
        raise StaleState
    dispatching.take_back(order, by=here.clerk, at=here.at)


@of_part("work.return_upheld", "case.rule_return", at=[Work.RETURNING], onward=True)
def uphold_return(here: Here, part: Assignment) -> None:
    returning.rule_return(
        _return_of(part), upheld=True, words="确不属职权", by=here.clerk, at=here.at
    )


@of_part("work.return_denied", at=[Work.RETURNING], onward=True)
def deny_return(here: Here, part: Assignment) -> None:
    returning.rule_return(
        _return_of(part), upheld=False, words="三定写明是你单位", by=here.clerk, at=here.at
    )


@of_part("work.pause", at=[Work.HANDLING], when=lambda here, part: _asked(here, part))
def agree_to_supplement(here: Here, part: Assignment) -> None:
    row = _asked(here, part)
    if row is None:
        raise StaleState
    supplementing.rule_supplement(row, agreed=True, by=here.clerk, at=here.at)


@of_part(at=[Work.HANDLING], when=lambda here, part: _asked(here, part))
def refuse_supplement(here: Here, part: Assignment) -> None:
    row = _asked(here, part)
    if row is None:
        raise StaleState
    supplementing.rule_supplement(row, agreed=False, by=here.clerk, at=here.at)


@of_case(at=OPEN, when=lambda here: any(row.ruled_at is None for row in here.extensions))
def rule_extension(here: Here) -> None:
    row = next((row for row in here.extensions if row.ruled_at is None), None)
    if row is None:
        raise StaleState
    granted = here.pick([0, 1, row.days])
    extending.rule_extension(row, granted=granted, words="情况属实", by=here.reviewer, at=here.at)


@of_case(
    "case.publish",
    "case.track",
    "work.finish",
    "work.track",
    at=[State.REVIEW],
    when=lambda here: not here.is_overtaken(_newest_answer(here)),
    onward=True,
)
def publish(here: Here) -> None:
    publishing.publish(_newest_answer(here), by=here.reviewer, at=here.at)


@of_case("case.rework", "work.rework", at=[State.REVIEW])
def rework(here: Here) -> None:
    publishing.rework(_newest_answer(here), "写明日期", by=here.reviewer, at=here.at)


@of_case(
    "case.rework",
    "work.rework",
    at=[State.REVIEW],
    when=lambda here: here.is_overtaken(_newest_answer(here)),
    onward=True,
)
def rework_overtaken(here: Here) -> None:
    """The promised day came before anybody published it."""
    rework(here)


@of_case("case.recall", "case.recall_answer", "work.recall", at=PUBLISHED)
def recall(here: Here) -> None:
    by = here.reviewer if here.lead is not None else here.clerk
    publishing.recall(_newest_answer(here), by=by, at=here.at)


@of_part("case.take_over", "work.take_over", at=[Work.HANDLING, Work.APPROVAL])
def take_over(here: Here, part: Assignment) -> None:
    if part.role != Role.LEAD:
        raise StaleState
    working.take_over(part, "涉及三个乡镇", by=here.clerk, at=here.at)


@of_case("case.close", at=[State.TO_EVALUATE])
def close(here: Here) -> None:
    rating.close(here.appeal, by=here.clerk, at=here.at)


@of_case(at=[State.CALLBACK])
def attempt_call(here: Here) -> None:
    calling.attempt_call(_callback(here), by=here.caller, at=here.at)


@of_case("case.conclude", "case.confirm_withdrawal", at=[State.CALLBACK], onward=True)
def conclude(here: Here) -> None:
    row = _callback(here)
    withdrawn = row.reason in (CallbackReason.WITHDRAWN, CallbackReason.LAPSED)
    outcome = CallbackOutcome.CONFIRMED if withdrawn else CallbackOutcome.SATISFIED
    calling.conclude_call(row, replace(CALLED, outcome=outcome), by=here.caller, at=here.at)


@of_case(
    "case.resume", "case.dispatch_again", "work.handle_again", "case.conclude", at=[State.CALLBACK]
)
def call_again(here: Here) -> None:
    """Any outcome that the reason allows: the enterprise wants more, or nobody answers."""
    row = _callback(here)
    allowed = calling.OUTCOMES.get(CallbackReason(row.reason), calling.ABOUT_AN_ANSWER)
    words, outcome = "放款只到了一半", here.pick(allowed)
    said = replace(CALLED, outcome=outcome, words=words, reviewer=here.cast.wang)
    calling.conclude_call(row, said, by=here.caller, at=here.at)


@of_part(at=WORK_OPEN)
def urge_unit(here: Here, part: Assignment) -> None:
    urge_by_hand(part, "请抓紧", by=here.clerk, at=here.at)


@of_case(at=OPEN)
def name_viewer(here: Here) -> None:
    until = here.pick([None, local_date(here.at)])
    user = here.pick([here.cast.li, here.cast.fan])
    viewing.name_viewer(here.appeal, user, "列席专题会", until=until, by=here.cast.wang, at=here.at)


def _return_of(part: Assignment) -> Return:
    rows = Return.objects.in_county(part.county).filter(assignment=part)
    row = rows.select_related("appeal", "assignment__appeal", "assignment__unit").last()
    if row is None:
        raise StaleState
    return row


def _callback(here: Here) -> Callback:
    row = here.appeal.callbacks.select_related("appeal__contact").order_by("pk").last()
    if row is None:
        raise StaleState
    return row


def _newest_answer(here: Here) -> Answer:
    lead = here.lead
    newest = here.answer_of(lead) if lead is not None else next(iter(here.answers), None)
    if newest is None:
        raise StaleState
    return newest


def _asked(here: Here, part: Assignment) -> Supplement | None:
    rows = [row for row in here.supplements if row.assignment_id == part.pk]
    return next((row for row in rows if row.state == SupplementState.ASKED), None)
