"""Days, clocks and counters that the tests of the deadlines share."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from qifu.kernel.calendars import Calendar, Special
from qifu.kernel.clock import SHANGHAI
from qifu.kernel.marks import (
    CameBack,
    Extended,
    Mark,
    Marks,
    Paused,
    Resumed,
    Reworked,
    Started,
    Stopped,
    Wait,
)
from qifu.workdays.almanac import shipped_calendar

REAL = shipped_calendar()
CALENDARS = {1: REAL}
MAKE_UPS = sorted(day for day, special in REAL.specials.items() if special.is_workday)
FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)

# The same cases in every run: a red build must mean that something changed.
steady = settings(
    max_examples=150,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def at(day: date | str, hour: int = 10) -> datetime:
    """Return a moment of the day in the county."""
    on = day if isinstance(day, date) else date.fromisoformat(day)
    return datetime(on.year, on.month, on.day, hour, tzinfo=SHANGHAI)


def day(text: str) -> date:
    """Return the day that is written."""
    return date.fromisoformat(text)


def started(on: date | str, limit: int) -> Started:
    """Start a clock under the first calendar and rule."""
    return Started(at(on), limit, 1, 1)


def _near(days: list[date], before: int) -> st.SearchStrategy[date]:
    return st.builds(
        lambda near, back: near - timedelta(days=back),
        st.sampled_from(days),
        st.integers(0, before),
    )


# A third begins shortly before a make-up workday, a tenth shortly before a year's end.
starts: st.SearchStrategy[date] = st.integers(1, 10).flatmap(
    lambda roll: (
        _near(MAKE_UPS, 12)
        if roll <= 3
        else _near([date(year, 12, 31) for year in range(2007, 2026)], 12)
        if roll == 4
        else st.dates(FIRST, date(2026, 11, 1))
    )
)
limits = st.integers(1, 30)


@dataclass
class Tally:
    """How many of the cases cross what is hard: a 调休 day, a year's end."""

    seen: Counter[str] = field(default_factory=Counter)

    def see(self, start: date, end: date) -> None:
        """Count one case by the days it spans."""
        self.seen["all"] += 1
        self.seen["调休"] += any(start < make_up <= end for make_up in MAKE_UPS)
        self.seen["year's end"] += start.year != end.year

    def check(self) -> None:
        """Insist on 20 % and 5 %, so that the property was really put to the test."""
        shares = {name: self.seen[name] / self.seen["all"] for name in ("调休", "year's end")}
        stated = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
        logging.getLogger("coverage").info("%d cases: %s", self.seen["all"], stated)
        assert self.seen["all"] >= 100
        assert shares["调休"] >= 0.20, shares
        assert shares["year's end"] >= 0.05, shares


@st.composite
def lives(draw: st.DrawFn, ends: tuple[str, ...] = ("running", "paused", "stopped")) -> Marks:
    """Draw a clock's marks: pauses, extensions, replies and reworks, as they may follow."""
    on = draw(starts)
    marks: list[Mark] = [Started(at(on), draw(limits), 1, 1)]
    state = "running"
    for _ in range(draw(st.integers(0, 6))):
        on += timedelta(days=draw(st.integers(0, 9)))
        mark, state = draw(st.sampled_from(_next(state, at(on))))
        marks.append(mark)
    while state not in ends:
        on += timedelta(days=draw(st.integers(0, 9)))
        mark, state = _next(state, at(on))[-1]
        marks.append(mark)
    return tuple(marks)


def _next(state: str, moment: datetime) -> list[tuple[Mark, str]]:
    follows: dict[str, list[tuple[Mark, str]]] = {
        "running": [
            (Paused(moment, Wait.SUPPLEMENT), "paused"),
            (Extended(moment, 3), "running"),
            (Stopped(moment), "stopped"),
        ],
        "paused": [
            (Resumed(moment), "running"),
            (CameBack(moment, 2), "running"),
            (Extended(moment, 2), "paused"),
            (Stopped(moment), "stopped"),
        ],
        "stopped": [(Reworked(moment, 2), "running")],
    }
    return follows[state]


@st.composite
def changed_calendars(draw: st.DrawFn, around: date) -> Calendar:
    """Draw the second version: some days near the given one are turned round."""
    days = draw(st.sets(st.integers(-40, 60), max_size=12))
    specials: dict[date, Any] = dict(REAL.specials)
    for offset in days:
        on = around + timedelta(days=offset)
        specials[on] = Special(not REAL.is_workday(on), "更正")
    return Calendar(2, specials, REAL.years)


def walked(marks: Marks, calendar: Calendar) -> date:
    """Count by the one sentence: a working day counts if the clock ran as it began.

    Paused on its last day, the clock gets that day back; so does one that was stopped on
    its last day and only let go on.
    """
    assert isinstance(marks[0], Started)
    count = _Count(calendar, marks[0].limit, marks[0].on)
    waiting = list(marks[1:])
    while count.used < count.allowed or waiting:
        if not (waiting and waiting[0].on == count.on):
            count.next_day()
        while waiting and waiting[0].on == count.on:
            count.happen(waiting.pop(0))
    return count.on


@dataclass
class _Count:
    """A clock counted on its fingers: the day it is, and the working days used so far."""

    calendar: Calendar
    allowed: int
    on: date
    used: int = 0
    running: bool = True
    back: bool = False
    stopped: date = date.max

    def next_day(self) -> None:
        self.on += timedelta(days=1)
        self.used += self.running and self.works(self.on)

    def works(self, on: date) -> bool:
        return self.calendar.is_workday(on)

    def happen(self, mark: Mark) -> None:
        if isinstance(mark, Extended):
            self.allowed += mark.days
        elif isinstance(mark, CameBack):
            self.top_up(mark.at_least)
            self.resume()
        elif isinstance(mark, Resumed):
            self.resume()
        elif isinstance(mark, Paused):
            if self.used == self.allowed and self.works(self.on):
                self.used, self.back = self.used - 1, True
            self.running = False
        elif isinstance(mark, Stopped):
            self.running, self.stopped = False, self.on
        elif isinstance(mark, Reworked):
            self.go_on(mark.at_least)

    def top_up(self, at_least: int) -> None:
        if self.allowed - at_least < self.used < self.allowed:
            self.allowed, self.back = self.used + at_least, False

    def resume(self) -> None:
        self.used += self.back and self.works(self.on)
        self.running, self.back = True, False

    def go_on(self, at_least: int) -> None:
        if not at_least and self.used == self.allowed and self.on > self.stopped:
            self.used += self.works(self.on) - self.works(self.stopped)
        self.allowed = max(self.allowed, self.used + at_least)
        self.running = True
