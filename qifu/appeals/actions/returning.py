"""A unit sends its part back (退单); the office rules, once for each unit and case."""

from __future__ import annotations

from datetime import datetime

from qifu.appeals import access, clocks
from qifu.appeals.actions.dispatching import to_dispatch
from qifu.appeals.actions.texts import required
from qifu.appeals.catalogue import office_unit
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Assignment, Return, ReturnReason
from qifu.appeals.rules import ClockKind, Role
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import Unit, User


def send_back_to_office(
    part: Assignment,
    reason: ReturnReason,
    words: str,
    *,
    proposed: Unit | None = None,
    by: User,
    at: datetime,
    key: str = "",
) -> Return:
    """Ask the office to take the part back (退单), saying why and who should have it.

    The unit's clocks run on while the office rules: nobody stops his own clock.
    """
    appeal = part.appeal
    with deed("appeal.returned", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, reason=reason, proposed=proposed.pk if proposed else None)
        if not access.works_for(by, part):
            raise NotAllowed("只有承办单位的专职人员可以退单。")
        if appeal.returns.filter(unit=part.unit_id).exists():
            raise StaleState("本单位这件已经退过一次，裁定是最终的，请签收办理。")
        if proposed is not None and proposed.pk == part.unit_id:
            raise InvalidInput("proposed", "建议单位不能是本单位。")
        text = work.text("return", required("words", words, "请写明退单的理由和依据。"))
        part.advance(work, "return")
        timing = clocks.timing(part.county, at)
        office = office_unit(part.county, local_date(at))
        if part.role == Role.LEAD:
            days = timing.limits.days(ClockKind.RETURN)
            appeal.follow(work, part, due_on=timing.due_on(days, at))
        work.add(timing.new(ClockKind.RETURN, appeal, at, unit=office, assignment=part))
        return work.add(
            Return(
                appeal=appeal,
                assignment=part,
                unit=part.unit,
                reason=reason,
                words=text,
                proposed=proposed,
                by=by,
                at=at,
            )
        )


def rule_return(
    returned: Return, *, upheld: bool, words: str, by: User, at: datetime, key: str = ""
) -> Return:
    """Rule on a return (裁定退单): back to the office, or the unit handles it for good."""
    appeal, part = returned.appeal, returned.assignment
    with deed("appeal.return_ruled", county=returned.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, role=part.role, upheld=upheld)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以裁定退单。")
        text = work.text("ruling", required("words", words, "请写明裁定的理由。"))
        if part.state != Work.RETURNING:
            raise StaleState("这张退单已经裁定过了。")
        running = {clock.kind: clock for clock in part.clocks.filter(stopped_at=None)}
        if upheld:
            _uphold(work, part)
            clocks.stop_all(work, list(running.values()))
        else:
            _deny(work, part)
            stops = (ClockKind.RETURN, ClockKind.SIGN)
            clocks.stop_all(work, [running[kind] for kind in stops if kind in running])
        work.change(
            returned,
            expect={"upheld": None},
            upheld=upheld,
            ruled_by=by,
            ruled_at=at,
            ruling=text,
        )
        return returned


def _uphold(work: Deed, part: Assignment) -> None:
    part.advance(work, "return_upheld", due_on=None)
    if part.role == Role.LEAD:
        to_dispatch(work, part.appeal, "rule_return", nature="")


def _deny(work: Deed, part: Assignment) -> None:
    handling = clocks.running(part.appeal, ClockKind.HANDLE, part)
    # As good as signed: the unit has known of it, and its limit has been running.
    part.advance(work, "return_denied", signed_at=work.at, due_on=handling.due_on)
    if part.role == Role.LEAD:
        part.appeal.follow(work, part, due_on=handling.due_on)
