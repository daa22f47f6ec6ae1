"""The office hands a case out (统一交办), and may take it back while nobody has signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from qifu.appeals import access, clocks, notices
from qifu.appeals.actions.texts import optional
from qifu.appeals.catalogue import office_unit
from qifu.appeals.clocks import Timing
from qifu.appeals.handling import handling_days, upper_day
from qifu.appeals.lifecycle import Work, work_step
from qifu.appeals.models import (
    Appeal,
    Assignment,
    CatalogueRule,
    Category,
    Clock,
    Dispatch,
    TakeBack,
)
from qifu.appeals.rules import ClockKind, Nature, Role
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.models import Unit, User

# A part with which a unit still helps.
HELPING = Q(role=Role.ASSIST, state__in=work_step("call_off").sources)


def dispatch(
    appeal: Appeal,
    lead: Unit,
    assists: Sequence[Unit] = (),
    *,
    nature: Nature,
    rule: CatalogueRule | None = None,
    followed: bool = False,
    words: str = "",
    category: Category | None = None,
    by: User,
    at: datetime,
    key: str = "",
) -> Dispatch:
    """Hand the case to one LEAD and any ASSISTs and start each unit's clock (交办).

    二（一）统一交办、分头落实: every unit has its own part, limit and outcome. `category` says
    what the case is about where nobody has said it yet.
    """
    with deed("appeal.dispatched", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以交办诉求。")
        _check_units(lead, assists, at)
        if appeal.category_id is None and category is None:
            raise InvalidInput("category", "还没选类别。请选最接近的一类。")
        if appeal.confidential and assists:
            raise InvalidInput("assists", "企业要求保密的只交一个单位。请去掉协办单位。")
        timing = clocks.timing(appeal.county, at)
        sign_by = timing.due_on(timing.limits.days(ClockKind.SIGN), at)
        days = _days(timing, appeal, nature, at)
        work.note(
            lead=lead.pk,
            assists=[unit.pk for unit in assists],
            nature=nature,
            days=days[Role.LEAD],
            rule=rule.code if rule else "",
            followed=followed,
        )
        text = work.text("dispatch", optional("words", words)) if words.strip() else None
        about = {"category": category} if category is not None else {}
        appeal.advance(work, "dispatch", nature=nature, lead_unit=lead, due_on=sign_by, **about)
        clocks.stop(work, clocks.running(appeal, ClockKind.DISPATCH))
        # A unit that is helping already goes on with the part it has.
        helping = set(appeal.assignments.filter(HELPING).values_list("unit_id", flat=True))
        fresh = [unit for unit in assists if unit.pk not in helping]
        order = work.add(
            Dispatch(
                appeal=appeal,
                nature=nature,
                rule=rule,
                followed=followed,
                words=text,
                by=by,
                at=at,
            )
        )
        parts = work.add_all(
            [
                Assignment(
                    appeal=appeal,
                    dispatch=order,
                    unit=unit,
                    role=Role.ASSIST if place else Role.LEAD,
                    state=Work.DISPATCHED,
                    due_on=sign_by,
                    given_at=at,
                )
                for place, unit in enumerate([lead, *fresh])
            ]
        )
        work.add_all(_clocks(timing, appeal, parts, days, at))
        _tell(work, appeal, parts, timing, days)
        return order


def take_back(dispatch: Dispatch, *, by: User, at: datetime, key: str = "") -> TakeBack:
    """Take a dispatch back (撤回交办), while nobody has signed and within the minutes set."""
    appeal = dispatch.appeal
    with deed("appeal.taken_back", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以撤回交办。")
        timing = clocks.timing(appeal.county, at)
        minutes = timing.limits.take_back_minutes
        if at - dispatch.at > timedelta(minutes=minutes):
            raise StaleState(f"交办已超过{minutes}分钟，不能撤回。请与承办单位联系。")
        parts = list(dispatch.assignments.order_by("pk"))
        if any(part.state != Work.DISPATCHED for part in parts):
            raise StaleState("已有单位签收，不能撤回。请与承办单位联系。")
        waits = {"state": Work.DISPATCHED}
        work.change_alike(parts, expect=waits, state=Work.TAKEN_BACK, due_on=None)
        waiting, theirs = _clocks_of(appeal, parts)
        due_on = clocks.due_after_going_on(waiting, at)
        appeal.advance(work, "take_back", lead_unit=None, nature="", due_on=due_on)
        clocks.go_on_and_stop(work, waiting, *theirs)
        return work.add(TakeBack(dispatch=dispatch, by=by, at=at))


def to_dispatch(work: Deed, appeal: Appeal, verb: str, **changes: object) -> None:
    """Bring a case to the office, which must now hand it out."""
    timing = clocks.timing(appeal.county, work.at)
    days = timing.limits.days(ClockKind.DISPATCH)
    office = office_unit(appeal.county, local_date(work.at))
    due_on = timing.due_on(days, work.at)
    appeal.advance(work, verb, local=False, lead_unit=None, due_on=due_on, **changes)
    work.add(timing.new(ClockKind.DISPATCH, appeal, work.at, unit=office))


def _clocks_of(appeal: Appeal, parts: Sequence[Assignment]) -> tuple[Clock, list[Clock]]:
    """Return the office's clock for handing out, and those that run on these parts."""
    every = list(appeal.clocks.order_by("pk"))
    waiting = next(clock for clock in reversed(every) if clock.kind == ClockKind.DISPATCH)
    keys = {part.pk for part in parts}
    theirs = [clock for clock in every if clock.assignment_id in keys and not clock.stopped_at]
    return waiting, theirs


def _check_units(lead: Unit, assists: Sequence[Unit], at: datetime) -> None:
    on = local_date(at)
    if len({unit.pk for unit in (lead, *assists)}) != 1 + len(assists):
        raise InvalidInput("assists", "同一个单位只能选一次：主办单位不用再选为协办。")
    for place, unit in enumerate([lead, *assists]):
        if not unit.is_in_force(on):
            field = "assists" if place else "lead"
            raise InvalidInput(field, f"{unit}已撤销或更名，请选现在的单位。")


def _days(timing: Timing, appeal: Appeal, nature: str, at: datetime) -> dict[str, int]:
    """Return each role's working days for its part."""
    on, upper = local_date(at), upper_day(appeal)
    return {role: handling_days(timing, nature, on, upper=upper, role=role) for role in Role}


def _clocks(
    timing: Timing,
    appeal: Appeal,
    parts: Sequence[Assignment],
    days: Mapping[str, int],
    at: datetime,
) -> list[Clock]:
    made = []
    for part in parts:
        for kind, limit in ((ClockKind.SIGN, None), (ClockKind.HANDLE, days[part.role])):
            clock = timing.new(kind, appeal, at, unit=part.unit, days=limit, assignment=part)
            made.append(clock)
    return made


def _tell(
    work: Deed,
    appeal: Appeal,
    parts: Sequence[Assignment],
    timing: Timing,
    days: Mapping[str, int],
) -> None:
    due = {part.unit_id: timing.due_on(days[part.role], work.at) for part in parts}
    sign_by = timing.due_on(timing.limits.days(ClockKind.SIGN), work.at)
    lead = parts[0]
    contact = f"电话{lead.unit.phone}" if lead.unit.phone else "请等单位与您联系"
    drafts = [
        notices.dispatched(appeal, lead, contact, due[lead.unit_id]),
        *notices.handed_out(appeal, parts, due, sign_by),
    ]
    put_all(work, drafts, hold=timing.hold)
