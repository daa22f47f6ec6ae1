"""Starting, stopping and re-reading clocks within a deed; the arithmetic is the kernel's.

Nothing here decides a limit (`rules`) or counts a day (`kernel.deadlines`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from qifu.appeals.limits import Limits
from qifu.appeals.models import Appeal, Assignment, Clock, LimitRules
from qifu.appeals.rules import ClockKind
from qifu.journal import reference
from qifu.journal.deed import Deed
from qifu.kernel.calendars import Calendar
from qifu.kernel.clock import local_date
from qifu.kernel.deadlines import Deadline, read, rework
from qifu.kernel.errors import StaleState
from qifu.kernel.lives import Calendars
from qifu.kernel.marks import Mark, Marks, Promised, Started, Stopped, dump, load
from qifu.organisations.models import Unit
from qifu.workdays.almanac import almanac, current


@dataclass(frozen=True)
class Timing:
    """The limits and the calendar in force in a county at one moment."""

    limits: Limits
    calendar: Calendar

    @property
    def hold(self) -> timedelta:
        """How long an outward notice waits, so that its step can be undone."""
        return timedelta(seconds=self.limits.hold_seconds)

    def due_on(self, days: int, at: datetime) -> date:
        """Return the last day of a limit that starts now."""
        return self.calendar.add(local_date(at), days)

    def new(
        self,
        kind: ClockKind,
        appeal: Appeal,
        at: datetime,
        *,
        unit: Unit | None,
        days: int | None = None,
        assignment: Assignment | None = None,
    ) -> Clock:
        """Return a clock that starts now, not yet stored."""
        limit = self.limits.days(kind) if days is None else days
        mark = Started(at, limit, self.calendar.version, self.limits.version)
        clock = Clock(
            appeal=appeal,
            assignment=assignment,
            unit=unit,
            kind=kind,
            limit=limit,
            rule_version=self.limits.version,
            calendar_version=self.calendar.version,
            started_at=at,
            marks=dump([mark]),
        )
        clock.due_on = self.due_on(limit, at)
        return clock


def timing(county: str, at: datetime) -> Timing:
    """Return what is in force in the county at that moment."""
    on = local_date(at)
    versions = reference.read(county, "limits", lambda: _limit_versions(county))
    limits = next((limits for start, limits in versions if start <= on), None)
    if limits is None:
        raise LookupError(f"no limits are loaded for county {county}")
    return Timing(limits, current(county))


def stop(work: Deed, clock: Clock) -> None:
    """Stop a clock: its step is done; lateness is written down with it."""
    _write(work, clock, _stopped(clock, work.at))


def go_on(work: Deed, clock: Clock, *, at_least: int = 0) -> None:
    """Let a stopped clock go on with what was left, at least so many working days."""
    _write(work, clock, gone_on(clock, work.at, at_least=at_least))


def mark(work: Deed, clock: Clock, *added: Mark) -> None:
    """Let something happen to a clock: a pause, an extension, a going on."""
    _write(work, clock, (*load(clock.marks), *added))


def promise(clock: Clock, made: Promised) -> None:
    """Note on a clock that is not stored yet which day the enterprise was given."""
    for name, value in projection((*load(clock.marks), made), almanac(clock.appeal.county)).items():
        setattr(clock, name, value)


def due_after(clock: Clock, *added: Mark) -> date | None:
    """Return the day on which the clock would be due with these marks; None while paused.

    Raises:
        StaleState: the clock has moved on meanwhile, and this cannot happen to it any more.
    """
    return _due(clock, (*load(clock.marks), *added))


def stop_all(work: Deed, clocks: Sequence[Clock]) -> None:
    """Stop several clocks with one statement, in a deed that has moved their case."""
    if not clocks:
        return
    _write_all(work, [(clock, _stopped(clock, work.at)) for clock in clocks])


def go_on_and_stop(work: Deed, on: Clock, *off: Clock, at_least: int = 0) -> None:
    """Let one clock go on and stop the others with one statement (退回重办, 撤回交办)."""
    stopped = [(clock, _stopped(clock, work.at)) for clock in off]
    _write_all(work, [(on, gone_on(on, work.at, at_least=at_least)), *stopped])


def resume_and_stop(work: Deed, on: Clock, mark: Mark, *off: Clock) -> None:
    """Set a waiting clock going by that mark and stop others with one statement (上级答复)."""
    stopped = [(clock, _stopped(clock, work.at)) for clock in off]
    _write_all(work, [(on, (*load(on.marks), mark)), *stopped])


def gone_on(clock: Clock, at: datetime, *, at_least: int = 0) -> Marks:
    """Return the clock's marks as if it went on now, counted by the calendar in force."""
    calendar, rule = current(clock.county).version, clock.rule_version
    return rework(load(clock.marks), at=at, at_least=at_least, calendar=calendar, rule=rule)


def due_after_going_on(clock: Clock, at: datetime, *, at_least: int = 0) -> date | None:
    """Return the day on which the clock would be due if it went on now.

    Raises:
        StaleState: it does go on, since somebody was faster.
    """
    return _due(clock, gone_on(clock, at, at_least=at_least))


def running(appeal: Appeal, kind: ClockKind, assignment: Assignment | None = None) -> Clock:
    """Return the clock of that kind which is running on the case, or on one unit's part.

    Raises:
        StaleState: none runs any more; the step for which it ran is done.
    """
    # Read along with the case or the part, where there is one.
    known: Clock | None = getattr(assignment or appeal, "running_clock", None)
    if known is not None and known.kind == kind:
        return known
    clocks = appeal.clocks.filter(kind=kind, stopped_at=None)
    if assignment is not None:
        clocks = clocks.filter(assignment=assignment)
    found = clocks.first()
    if found is None:
        raise StaleState
    return found


def last(appeal: Appeal, kind: ClockKind, assignment: Assignment | None = None) -> Clock:
    """Return the newest clock of that kind, running or not."""
    clocks = appeal.clocks.filter(kind=kind)
    if assignment is not None:
        clocks = clocks.filter(assignment=assignment)
    return clocks.latest("pk")


def deadline(clock: Clock) -> Deadline:
    """Read a stored clock again from its marks."""
    return read(load(clock.marks), almanac(clock.county))


def projection(marks: Marks, calendars: Calendars) -> dict[str, Any]:
    """Return the columns of `Clock` that follow from its marks and nothing else."""
    found = read(marks, calendars)
    stopped = found.stopped_on
    last = marks[-1]
    return {
        "marks": dump(marks),
        "limit": found.limit,
        "rule_version": found.rule_version,
        "calendar_version": found.calendar_version,
        "due_on": found.due_on,
        "promised_on": found.promised_on,
        "stopped_at": last.at if stopped else None,
        "used_days": found.used_on(stopped) if stopped else None,
        "late_days": found.late_days_on(stopped) if stopped else None,
    }


def _limit_versions(county: str) -> list[tuple[date, Limits]]:
    rows = LimitRules.objects.in_county(county).order_by("-version")
    return [(row.valid_from, row.limits) for row in rows]


def _due(clock: Clock, marks: Marks) -> date | None:
    try:
        return read(marks, almanac(clock.county)).due_on
    except ValueError:
        # What was read is no more: the marks that are there do not let this one follow.
        raise StaleState from None


def _stopped(clock: Clock, at: datetime) -> Marks:
    return (*load(clock.marks), Stopped(at))


def _write(work: Deed, clock: Clock, marks: Marks) -> None:
    changes = projection(marks, almanac(clock.county))
    work.change(clock, expect={"marks": clock.marks}, **changes)


def _write_all(work: Deed, marks: Sequence[tuple[Clock, Marks]]) -> None:
    # Unconditional: the case or the parts that the deed moved before guard their clocks.
    calendars = almanac(work.county)
    work.change_all([(clock, projection(new, calendars)) for clock, new in marks])
