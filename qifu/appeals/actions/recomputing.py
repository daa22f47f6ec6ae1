"""A new calendar or limit never moves a deadline silently (期限重算, amendment 6)."""

from __future__ import annotations

from datetime import date, datetime

from qifu.appeals import clocks
from qifu.appeals.models import Assignment, Clock
from qifu.appeals.readings import part_kind
from qifu.appeals.rules import ClockKind, Role
from qifu.journal.deed import Deed, deed
from qifu.kernel.deadlines import recompute
from qifu.kernel.errors import StaleState
from qifu.kernel.marks import load
from qifu.organisations.models import User
from qifu.workdays.almanac import almanac


def recompute_open(county: str, *, by: User | None, at: datetime) -> int:
    """Work out every running deadline by the calendar in force; return how many moved.

    Each that moves leaves one event with the old and the new day. Nothing becomes late in
    retrospect, and nothing that was late is excused.
    """
    current = almanac(county).newest
    behind = Clock.objects.in_county(county).filter(stopped_at=None, calendar_version__lt=current)
    # The upper organ named a day, not a number of working days: no calendar moves that.
    behind = behind.exclude(kind=ClockKind.UPPER)
    moved = 0
    for clock in behind.select_related("appeal", "assignment").order_by("pk"):
        try:
            moved += _recompute(clock, current, by=by, at=at)
        except StaleState:
            continue  # stopped or moved on at this very moment
    return moved


def _recompute(clock: Clock, current: int, *, by: User | None, at: datetime) -> bool:
    calendars = almanac(clock.county)
    marks = load(clock.marks)
    found = recompute(marks, calendars, at=at, calendar=current, rule=clock.rule_version)
    if not found.moved:
        return False
    with deed("appeal.recomputed", county=clock.county, by=by, at=at) as work:
        work.about(clock.appeal)
        work.note(
            clock=clock.kind,
            unit=clock.unit_id,
            before=found.before.due_on,
            after=found.after.due_on,
            calendar=current,
        )
        _follow(work, clock, found.after.due_on)
        changes = clocks.projection((*marks, found.mark), calendars)
        work.change(clock, expect={"marks": clock.marks}, **changes)
    return True


def _follow(work: Deed, clock: Clock, due_on: date | None) -> None:
    """Let the unit's part and the case show the new day, where this clock is their own."""
    part, appeal = clock.assignment, clock.appeal
    if due_on is None:
        return  # it stands still: the case shows somebody else's day meanwhile
    if part is not None and _is_current(clock, part):
        work.change(part, expect={"state": part.state}, due_on=due_on)
        if part.role == Role.LEAD:
            work.change(appeal, expect={"state": appeal.state}, due_on=due_on)
    elif part is None:
        work.change(appeal, expect={"state": appeal.state}, due_on=due_on)


def _is_current(clock: Clock, part: Assignment) -> bool:
    return clock.kind == part_kind(part)
