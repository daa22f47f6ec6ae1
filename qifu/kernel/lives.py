"""A clock while its marks are walked, one after the other: what each of them does.

`deadlines.read` is the door; nobody else needs what is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from qifu.kernel.calendars import Calendar
from qifu.kernel.marks import (
    CameBack,
    Extended,
    Mark,
    Paused,
    Promised,
    Recomputed,
    Resumed,
    Reworked,
    Started,
    Stopped,
)

Calendars = Mapping[int, Calendar]
ONE_DAY = timedelta(days=1)


class State(StrEnum):
    """Whether the clock runs, stands still or is done with."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Span:
    """A stretch in which the clock ran: days after `after`, up to and including `until`."""

    after: date
    calendar: Calendar = field(repr=False, compare=False)
    until: date | None = None
    counted: int = 0
    ended_by: str = ""


@dataclass(frozen=True)
class Round:
    """One handing in of the work; a rework opens the next and leaves this one as it was."""

    due_on: date | None
    stopped_on: date
    late: bool
    late_days: int


class Life:
    """The clock while its marks are walked; nothing outside this module sees it."""

    def __init__(self, start: Started, calendar: Calendar) -> None:
        self.history: list[Mark] = [start]
        self.calendar = calendar
        self.rule = start.rule
        self.limit = self.allowed = start.limit
        self.extended = self.topped_up = 0
        self.spans = [Span(start.on, calendar)]
        self.state = State.RUNNING
        self.last_on = start.on
        self.pause: Paused | None = None
        self.day_back = False
        self.rounds: list[Round] = []
        self.reworked_on: date | None = None
        self.rework_days = 0
        self.recomputed_on: date | None = None
        self.promised_on: date | None = None

    @property
    def used(self) -> int:
        """What the finished stretches have used."""
        return sum(span.counted for span in self.spans)

    @property
    def due_on(self) -> date:
        """The day on which the counted days reach what is allowed."""
        due, used = self.spans[0].after, 0
        for span in self.spans:
            if used < self.allowed:
                due = span.calendar.add(span.after, self.allowed - used)
            used += span.counted
        return due

    def is_late(self, day: date) -> bool:
        if self.state == State.PAUSED:
            return self.allowed <= self.used
        return day > self.due_on

    def close(self, day: date, ended_by: str, back: int = 0) -> None:
        last = self.spans[-1]
        counted = last.calendar.between(last.after, day) - back
        self.spans[-1] = replace(last, until=day, counted=counted, ended_by=ended_by)

    def open(self, after: date) -> None:
        self.spans.append(Span(after, self.calendar))
        self.state = State.RUNNING

    def pause_at(self, mark: Paused, day: date) -> None:
        # Paused on its last day, the clock gets that day back: it is not over yet.
        self.day_back = day == self.due_on
        self.close(day, State.PAUSED, back=int(self.day_back))
        self.state, self.pause = State.PAUSED, mark

    def resume(self, mark: Resumed, day: date) -> None:
        self.open(day - ONE_DAY if self.day_back else day)
        self.pause, self.day_back = None, False

    def come_back(self, mark: CameBack, day: date) -> None:
        # Whoever was late before stays so: waiting for somebody else excuses nothing.
        late = self.is_late(day)
        more = 0 if late else max(0, self.used + mark.at_least - self.allowed)
        self.allowed += more
        self.topped_up += more
        # Who is given days of his own has no use for the last day of before.
        self.day_back = self.day_back and not more
        self.resume(Resumed(mark.at), day)

    def extend(self, mark: Extended, day: date) -> None:
        self.allowed += mark.days
        self.extended += mark.days

    def stop(self, mark: Stopped, day: date) -> None:
        late, paused = self.is_late(day), self.state == State.PAUSED
        due_on = None if paused and not late else self.due_on
        if paused:
            self.open(day)
        self.close(day, State.STOPPED)
        self.rounds.append(Round(due_on, day, late, max(0, self.used - self.allowed)))
        self.state, self.pause, self.day_back = State.STOPPED, None, False

    def rework(self, mark: Reworked, day: date) -> None:
        last = self.rounds[-1]
        # Stopped on its last day and only set going again: as after a pause, that day is
        # given back, or whoever was in time would be late without having had an hour.
        back = not mark.at_least and day > last.stopped_on and last.stopped_on == last.due_on
        if back:
            self.spans[-1] = replace(self.spans[-1], counted=self.spans[-1].counted - 1)
        self.allowed = max(self.allowed, self.used + mark.at_least)
        self.reworked_on, self.rework_days = day, self.allowed - self.used
        self.open(day - ONE_DAY if back else day)

    def promise(self, mark: Promised, day: date) -> None:
        self.promised_on = mark.day

    def recompute(self, mark: Recomputed, calendar: Calendar, day: date) -> None:
        late = self.state != State.STOPPED and self.is_late(day)
        self.calendar, self.rule, self.recomputed_on = calendar, mark.rule, day
        if self.state == State.STOPPED:
            return
        if late:
            if self.state == State.RUNNING:
                self.close(day, "recomputed")
                self.open(day)
            return
        fresh = _replay(self.history, calendar, mark.limit or self.limit)
        if self.state == State.PAUSED:
            fresh.allowed = max(fresh.allowed, fresh.used + 1)
        else:
            fresh.spare(self.due_on, day)
        self.limit, self.allowed, self.spans = fresh.limit, fresh.allowed, fresh.spans
        self.day_back = fresh.day_back

    def spare(self, old_due_on: date, day: date) -> None:
        """Leave the next working day at least, where it was not due before."""
        floor = self.calendar.on_or_after(min(old_due_on, self.calendar.add(day, 1)))
        if self.due_on < floor:
            self.allowed = self.used + self.calendar.between(self.spans[-1].after, floor)


ANY = frozenset(State)
NOWHERE: frozenset[State] = frozenset()
STEPS: dict[type[Mark], tuple[frozenset[State], Callable[[Life, Any, date], None]]] = {
    Paused: (frozenset({State.RUNNING}), Life.pause_at),
    Resumed: (frozenset({State.PAUSED}), Life.resume),
    CameBack: (frozenset({State.PAUSED}), Life.come_back),
    Extended: (frozenset({State.RUNNING, State.PAUSED}), Life.extend),
    Stopped: (frozenset({State.RUNNING, State.PAUSED}), Life.stop),
    Reworked: (frozenset({State.STOPPED}), Life.rework),
    Promised: (ANY, Life.promise),
}


def live(marks: Sequence[Mark], calendars: Calendars) -> Life:
    start = marks[0] if marks else None
    if not isinstance(start, Started):
        raise ValueError("a clock begins with Started")
    life = Life(start, calendars[start.calendar])
    for mark in marks[1:]:
        # Two machines may differ by a moment; a day never goes backwards for that.
        day = life.last_on = max(mark.on, life.last_on)
        if isinstance(mark, Recomputed):
            life.recompute(mark, calendars[mark.calendar], day)
        else:
            _step(life, mark, day)
        life.history.append(mark)
    return life


def _replay(history: Sequence[Mark], calendar: Calendar, limit: int) -> Life:
    """Live the same marks as if this calendar and limit had been there from the start."""
    start = history[0]
    if not isinstance(start, Started):
        raise ValueError("a clock begins with Started")
    life = Life(replace(start, limit=limit), calendar)
    for mark in history[1:]:
        day = life.last_on = max(mark.on, life.last_on)
        if not isinstance(mark, Recomputed):
            _step(life, mark, day)
    return life


def _step(life: Life, mark: Mark, day: date) -> None:
    states, take = STEPS.get(type(mark), (NOWHERE, Life.promise))
    if life.state not in states:
        raise ValueError(f"{type(mark).__name__} cannot follow on a {life.state} clock")
    take(life, mark, day)
