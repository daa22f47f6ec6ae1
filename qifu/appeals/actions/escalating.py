"""Upwards and back: a unit asks (提级申请), the office sends it up (转上级), the reply comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qifu.appeals import access, clocks, notices_upward
from qifu.appeals.actions.texts import line, required
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import (
    Appeal,
    Assignment,
    Clock,
    Escalation,
    EscalationRequest,
    Level,
    StuckBy,
)
from qifu.appeals.rules import ClockKind, Role
from qifu.journal.deed import Deed, deed
from qifu.journal.models import Text
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.kernel.marks import Paused, Wait
from qifu.notices.outbox import put_all
from qifu.organisations.models import User

ORGAN_MAX = 40
NUMBER_MAX = 40
ONLY_OFFICE = "只有县办受理员可以转上级。"


@dataclass(frozen=True)
class Plea:
    """Why the county cannot settle it, to whom it should go, and what was done (表六)."""

    level: Level
    organ: str
    reason: StuckBy
    tried: str
    proposal: str


@dataclass(frozen=True)
class UpperFacts:
    """What the upper organ says of it; each may be told later."""

    channel: str = ""
    number: str = ""
    due_on: date | None = None
    handled_by: str = ""


def ask_escalation(
    part: Assignment, plea: Plea, *, by: User, at: datetime, key: str = ""
) -> EscalationRequest:
    """Ask the office to take the case further up (提级申请); the unit's clock runs on."""
    appeal = part.appeal
    with deed("appeal.escalation_asked", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, level=plea.level, reason=plea.reason)
        if not access.works_for(by, part):
            raise NotAllowed("只有承办单位的专职人员可以申请提级。")
        if part.role != Role.LEAD or part.state != Work.HANDLING or appeal.local:
            raise StaleState("只有主办单位在办理中可以申请提级。属地办理的请上交县办。")
        if appeal.escalation_requests.filter(ruled_at=None).exists():
            raise StaleState("已经申请过提级，正在等县办裁定。")
        return work.add(
            EscalationRequest(appeal=appeal, assignment=part, **_plea(work, plea), by=by, at=at)
        )


def deny_escalation(
    request: EscalationRequest, words: str, *, by: User, at: datetime, key: str = ""
) -> EscalationRequest:
    """Do not take it further up (不同意提级), saying why: the unit goes on, its clock ran."""
    appeal, part = request.appeal, request.assignment
    with deed("appeal.escalation_denied", county=request.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以裁定提级申请。")
        text = work.text("ruling", required("words", words, "请写明为什么不提级、接下来怎么办。"))
        _rule(work, request, agreed=False, ruling=text, by=by)
        put_all(work, [notices_upward.denied(appeal, part, request.pk)])
        return request


def escalate(
    appeal: Appeal,
    plea: Plea,
    told: UpperFacts | None = None,
    *,
    part: Assignment | None = None,
    request: EscalationRequest | None = None,
    by: User,
    at: datetime,
    key: str = "",
) -> Escalation:
    """Take the case to the city or the province (转上级), with a LEAD in handling or without.

    The LEAD's clock stands still from now on, and the upper organ's runs beside it.
    """
    told = told or UpperFacts()
    with deed("appeal.escalated", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed(ONLY_OFFICE)
        words = _plea(work, plea, request)
        facts = _facts(work, told, at)
        work.note(level=plea.level, unit=part.unit_id if part else None, **_codes(facts))
        _send_up(work, appeal, part, _waits_until(appeal, told.due_on, at))
        if request is not None:
            _rule(work, request, agreed=True, by=by)
        row = work.add(
            Escalation(
                appeal=appeal,
                assignment=part,
                request=request,
                **words,
                **facts,
                by=by,
                at=at,
            )
        )
        _start_upper(work, row)
        hold = clocks.timing(appeal.county, at).hold
        put_all(work, notices_upward.escalated(appeal, row, plea.organ), hold=hold)
        return row


def enter_upper(
    row: Escalation, told: UpperFacts, *, by: User, at: datetime, key: str = ""
) -> Escalation:
    """Enter or mend the upper number and deadline (登记上级编号、期限), as they are told."""
    appeal = row.appeal
    with deed("appeal.upper_entered", county=row.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以登记上级编号和期限。")
        if appeal.state != State.ESCALATED or row.back_at is not None:
            raise StaleState("上级已经答复，不用再登记。")
        facts = _facts(work, told, row.at)
        if not any(facts.values()):
            raise InvalidInput("number", "至少填一项：上级编号，或上级期限。")
        work.note(level=row.level, **_codes(facts))
        if facts["due_on"] != row.due_on:
            due_on = _waits_until(appeal, told.due_on, at)
            work.change(appeal, expect={"state": appeal.state}, due_on=due_on)
            _stop_upper(work, appeal)
        work.change(row, expect={"due_on": row.due_on, "back_at": None}, **facts)
        if facts["due_on"] is not None and upper_clock(appeal) is None:
            _start_upper(work, row)
        return row


def upper_clock(appeal: Appeal) -> Clock | None:
    """Return the upper organ's running clock, once its deadline is told."""
    return appeal.clocks.filter(kind=ClockKind.UPPER, stopped_at=None).first()


def check_number(number: str, field: str = "number") -> str:
    """Return a number of another platform as it is kept; it may be empty.

    Raises:
        InvalidInput: it is longer than any such number.
    """
    kept = "".join(number.replace("\x00", "").split())
    if len(kept) > NUMBER_MAX:
        raise InvalidInput(field, f"编号最多{NUMBER_MAX}个字，请只填编号。")
    return kept


def _plea(work: Deed, plea: Plea, request: EscalationRequest | None = None) -> dict[str, object]:
    organ = line("organ", plea.organ, "请写转给哪个单位，如“市自然资源和规划局”。", most=ORGAN_MAX)
    tried = required("tried", plea.tried, "请写明县里已经做了哪些工作。")
    proposal = required("proposal", plea.proposal, "请写明建议上级怎么解决。")
    if plea.level not in Level.values:
        raise InvalidInput("level", "请选转到市还是省。")
    if plea.reason not in StuckBy.values:
        raise InvalidInput("reason", "请选县里解决不了的原因。")
    said = {"organ": organ, "tried": tried, "proposal": proposal}
    words = {name: _words(work, request, name, body) for name, body in said.items()}
    return {"level": plea.level, "reason": plea.reason, **words}


def _words(work: Deed, request: EscalationRequest | None, kind: str, body: str) -> Text:
    """Keep the words, where the unit that asked did not write them already."""
    asked: Text | None = getattr(request, kind) if request is not None else None
    if asked is not None and asked.body == body:
        return work.cite(asked)
    return work.text(kind, body)


def _facts(work: Deed, told: UpperFacts, sent_at: datetime) -> dict[str, object]:
    if told.due_on is not None and told.due_on <= local_date(sent_at):
        raise InvalidInput("due_on", "上级期限要在转出那天之后，请核对日期。")
    handled = told.handled_by.strip()
    if handled:
        handled = line("handled_by", handled, "", most=ORGAN_MAX)
    return {
        "channel": told.channel,
        "number": check_number(told.number),
        "due_on": told.due_on,
        "handled_by": work.text("handled_by", handled) if handled else None,
    }


def _codes(facts: dict[str, object]) -> dict[str, object]:
    return {"number": facts["number"], "due_on": facts["due_on"]}


def _rule(
    work: Deed,
    request: EscalationRequest,
    *,
    agreed: bool,
    ruling: Text | None = None,
    by: User,
) -> None:
    ruled = {"agreed": agreed, "ruled_by": by, "ruled_at": work.at, "ruling": ruling}
    work.change(request, expect={"ruled_at": None}, **ruled)


def _waits_until(appeal: Appeal, told: date | None, at: datetime) -> date | None:
    """Return the last day of the upper deadline: a day off passes it on to the next."""
    calendar = clocks.timing(appeal.county, at).calendar
    return calendar.on_or_after(told) if told is not None else None


def _send_up(work: Deed, appeal: Appeal, part: Assignment | None, due_on: date | None) -> None:
    if part is None:
        appeal.advance(work, "escalate", due_on=due_on)
        clocks.stop(work, clocks.running(appeal, ClockKind.DISPATCH))
        return
    part.advance(work, "escalate", due_on=None)
    appeal.follow(work, part, due_on=due_on)
    handling = clocks.running(appeal, ClockKind.HANDLE, part)
    clocks.mark(work, handling, Paused(work.at, Wait.ESCALATED))


def _start_upper(work: Deed, row: Escalation) -> None:
    """Let the upper organ's clock run from the day of sending to the day that it told."""
    if row.due_on is None:
        return
    timing = clocks.timing(row.county, work.at)
    days = timing.calendar.between(local_date(row.at), timing.calendar.on_or_after(row.due_on))
    work.add(timing.new(ClockKind.UPPER, row.appeal, row.at, unit=None, days=days))


def _stop_upper(work: Deed, appeal: Appeal) -> None:
    clock = upper_clock(appeal)
    if clock is not None:
        clocks.stop(work, clock)
