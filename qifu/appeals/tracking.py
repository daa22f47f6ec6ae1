"""When qifu asks again of what was put off (列入计划): before and after the day, monthly. Pure.

Read from where a promise and its clock stand today, never from what happened since the
last round: after downtime it says the same as without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from qifu.appeals.ladder import ReminderKind
from qifu.kernel.calendars import Calendar


@dataclass(frozen=True)
class Stand:
    """Where a tracked part stands: its promise, since when, and its next stage reply."""

    due_on: date
    made_on: date
    began_on: date
    is_open: bool
    stage_on: date

    @property
    def is_stage(self) -> bool:
        """Tell whether a stage reply comes before the promised day."""
        return self.is_open and self.stage_on < self.due_on


@dataclass(frozen=True)
class Asking:
    """What is to be asked now, and the how-manieth time."""

    kind: ReminderKind
    turn: int = 1
    late_days: int = 0

    @property
    def rung(self) -> int:
        """Nothing is late yet on rung 0; on rung 1 the unit's leader hears of it."""
        return 0 if self.kind in (ReminderKind.PROMISE, ReminderKind.STAGE) else 1


def askings(
    stand: Stand, today: date, pace: Mapping[str, int], calendar: Calendar
) -> Iterator[Asking]:
    """Yield what a working day asks of a unit that tracks a matter (b3)."""
    due_on, warn, urge = stand.due_on, pace["warn"], pace["urge"]
    # Whoever gave his word this very day needs no reminder of it.
    near = stand.is_open and stand.made_on < today <= due_on
    if near and today >= calendar.add(due_on, -warn):
        yield Asking(ReminderKind.PROMISE)
    if not stand.is_open and today >= calendar.add(due_on, urge):
        yield Asking(ReminderKind.UNREPORTED, late_days=calendar.between(due_on, today))
    if stand.is_stage:
        yield from _stage(stand, today, pace, calendar)
    if months := whole_months(stand.began_on, today):
        yield Asking(ReminderKind.MONTHLY, turn=months)


def whole_months(since: date, today: date) -> int:
    """Return how many months have passed."""
    months = (today.year - since.year) * 12 + today.month - since.month
    return max(0, months - (today.day < since.day))


def _stage(
    stand: Stand, today: date, pace: Mapping[str, int], calendar: Calendar
) -> Iterator[Asking]:
    stage_on = stand.stage_on
    if today >= calendar.add(stage_on, pace["urge"]):
        late = calendar.between(stage_on, today)
        yield Asking(ReminderKind.STAGE_LATE, late_days=late)
    elif stand.made_on < today <= stage_on and today >= calendar.add(stage_on, -pace["warn"]):
        yield Asking(ReminderKind.STAGE)
