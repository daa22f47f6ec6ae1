"""What a list or a page says of a case's time: its lamp and sentence, read now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from qifu.appeals import clocks
from qifu.appeals.lifecycle import WORK_GIVEN_UP, State, Work
from qifu.appeals.models import Appeal, Assignment, Clock
from qifu.appeals.rules import ClockKind, Role
from qifu.kernel.deadlines import Deadline, read
from qifu.kernel.marks import Started
from qifu.kernel.readings import NO_CLOCK, Reading, SayDay, briefly, desk_day, reading
from qifu.workdays.almanac import almanac

# Which of the office's clocks runs where the case is the office's to move.
OFFICE_CLOCKS = {
    State.SUBMITTED: ClockKind.ACCEPT,
    State.TO_DISPATCH: ClockKind.DISPATCH,
    State.REVIEW: ClockKind.REVIEW,
    State.CALLBACK: ClockKind.CALLBACK,
    State.RETURN_REVIEW: ClockKind.RETURN,
}
# Which of a unit's clocks says how its part stands, where that is not the one of its limit.
PART_CLOCKS = {Work.DISPATCHED: ClockKind.SIGN, Work.TRACKING: ClockKind.TRACKING}


def read_clock(
    clock: Clock | None, at: datetime, say_day: SayDay = desk_day, *, brief: bool = False
) -> Reading:
    """Read one stored clock as it stands now; `brief` for a row of a list."""
    return _read(clocks.deadline(clock) if clock else None, at, say_day, brief=brief)


def case_readings(
    appeals: Sequence[Appeal], at: datetime, say_day: SayDay = desk_day
) -> dict[int, Reading]:
    """Read the current step's time of each case for its row, by key, with one query."""
    if not appeals:
        return {}
    found: dict[int, list[Clock]] = {}
    rows = Clock.objects.in_county(appeals[0].county).filter(appeal__in=appeals)
    for clock in rows.select_related("assignment").order_by("pk"):
        found.setdefault(clock.appeal_id, []).append(clock)
    return {
        appeal.pk: case_reading(appeal, found.get(appeal.pk, []), at, say_day, brief=True)
        for appeal in appeals
    }


def case_reading(
    appeal: Appeal,
    running: Iterable[Clock],
    at: datetime,
    say_day: SayDay = desk_day,
    *,
    brief: bool = False,
) -> Reading:
    """Read the time of the step on which a case stands."""
    if appeal.state in (State.WITHDRAWN, State.MERGED):
        return NO_CLOCK
    if appeal.state == State.TO_EVALUATE:
        return _read(rating_deadline(appeal), at, say_day, brief=brief)
    mine = [clock for clock in running if _is_current(appeal, clock)]
    return read_clock(mine[-1] if mine else None, at, say_day, brief=brief)


def lead_reading(running: Iterable[Clock], at: datetime, say_day: SayDay = desk_day) -> Reading:
    """Read the whole case's limit: its LEAD's, done or not (amendment 3)."""
    return read_clock(lead_clock(running), at, say_day)


def lead_clock(running: Iterable[Clock]) -> Clock | None:
    """Return the clock of the whole case: its LEAD's, done or not."""
    mine = [
        clock
        for clock in running
        if clock.kind == ClockKind.HANDLE
        and clock.assignment is not None
        and clock.assignment.role == Role.LEAD
        and clock.assignment.state not in WORK_GIVEN_UP
    ]
    return mine[-1] if mine else None


def rating_deadline(appeal: Appeal) -> Deadline | None:
    """Return the time in which the enterprise rates; None before there is an answer."""
    if appeal.published_at is None:
        return None
    timing = clocks.timing(appeal.county, appeal.published_at)
    mark = Started(
        appeal.published_at,
        timing.limits.rating_days,
        timing.calendar.version,
        timing.limits.version,
    )
    return read((mark,), almanac(appeal.county))


def part_readings(
    parts: Sequence[Assignment], at: datetime, say_day: SayDay = desk_day
) -> dict[int, Reading]:
    """Read each unit's own time on its own part for its row, by key, with one query."""
    if not parts:
        return {}
    rows = Clock.objects.in_county(parts[0].county).filter(assignment__in=parts)
    found = {(clock.assignment_id, clock.kind): clock for clock in rows.order_by("pk")}
    return {
        part.pk: read_clock(found.get((part.pk, part_kind(part))), at, say_day, brief=True)
        for part in parts
    }


def _read(deadline: Deadline | None, at: datetime, say_day: SayDay, *, brief: bool) -> Reading:
    if deadline is None:
        return NO_CLOCK
    full = reading(deadline, at, say_day=say_day)
    return briefly(full, deadline, say_day) if brief else full


def part_kind(part: Assignment) -> ClockKind:
    """Return which of a unit's clocks says how its part stands."""
    return PART_CLOCKS.get(Work(part.state), ClockKind.HANDLE)


def _is_current(appeal: Appeal, clock: Clock) -> bool:
    kind = OFFICE_CLOCKS.get(State(appeal.state))
    if kind is not None:
        return clock.kind == kind
    part = clock.assignment
    if appeal.state == State.ESCALATED and part is None:
        return clock.kind == ClockKind.UPPER and clock.stopped_at is None
    if appeal.state == State.SUPPLEMENT and appeal.lead_unit_id is None:
        return clock.kind == ClockKind.ACCEPT  # asked before acceptance: the office's stands still
    if part is None or part.role != Role.LEAD or part.unit_id != appeal.lead_unit_id:
        return False
    if appeal.state == State.CLOSED:
        return clock.kind == ClockKind.HANDLE
    return clock.kind == part_kind(part)
