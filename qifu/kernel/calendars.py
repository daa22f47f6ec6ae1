"""The arithmetic of working days (工作日): the only place that counts them.

A `Calendar` is one version of one county's table. Where the yearly notice is not out
yet it counts Monday to Friday less the holidays that the law fixes by date, says so,
and never raises.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

SATURDAY = 5


class Special(NamedTuple):
    """A day that the yearly notice names: a holiday (放假) or a make-up workday (调休上班)."""

    is_workday: bool
    name: str


@dataclass(frozen=True, eq=False)
class Calendar:
    """One version of a county's working days; immutable, so it may be shared."""

    version: int
    specials: Mapping[date, Special]
    years: frozenset[int]
    _counted: dict[int, list[int]] = field(default_factory=dict, init=False, repr=False)

    def published(self, year: int) -> bool:
        """Tell whether the notice for the year has been entered (已公布)."""
        return year in self.years

    def unpublished(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years between the two days whose notice is not out (未公布)."""
        return tuple(y for y in range(first.year, last.year + 1) if y not in self.years)

    def is_workday(self, day: date) -> bool:
        """Tell whether offices work on the day, make-up workdays included."""
        special = self.specials.get(day)
        if special is not None:
            return special.is_workday
        return day.weekday() < SATURDAY and not self._fixed(day)

    def name(self, day: date) -> str:
        """Name what makes the day special (国庆节, 调休上班, 周末), or nothing."""
        special = self.specials.get(day)
        if special is not None:
            return "调休上班" if special.is_workday else special.name
        return self._fixed(day) or ("周末" if day.weekday() >= SATURDAY else "")

    def add(self, day: date, count: int) -> date:
        """Return the count-th working day after the day, or before it if negative.

        The day itself is never counted (收到次日起); a count of 0 returns it as it is.
        """
        if not count:
            return day
        year, days = day.year, self._workdays(day.year)
        if count > 0:
            place = bisect_right(days, day.toordinal()) + count - 1
        else:
            place = bisect_left(days, day.toordinal()) + count
        while place >= len(days):
            place -= len(days)
            year += 1
            days = self._workdays(year)
        while place < 0:
            year -= 1
            days = self._workdays(year)
            place += len(days)
        return date.fromordinal(days[place])

    def between(self, start: date, end: date) -> int:
        """Count the working days after the start, up to and including the end."""
        whole = sum(len(self._workdays(year)) for year in range(start.year, end.year))
        back = sum(len(self._workdays(year)) for year in range(end.year, start.year))
        return whole - back + self._rank(end) - self._rank(start)

    def on_or_after(self, day: date) -> date:
        """Return the day, or the first working day after it."""
        return self.add(day - timedelta(days=1), 1)

    def _rank(self, day: date) -> int:
        return bisect_right(self._workdays(day.year), day.toordinal())

    def _workdays(self, year: int) -> list[int]:
        # Worked out once per year and version; every later sum is a bisection.
        days = self._counted.get(year)
        if days is None:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = [n for n in range(first, last + 1) if self.is_workday(date.fromordinal(n))]
            self._counted[year] = days
        return days

    def _fixed(self, day: date) -> str:
        if day.year in self.years:
            return ""
        return _fixed_by_law(day)


def _fixed_by_law(day: date) -> str:
    # 《全国年节及纪念日放假办法》: only these have a date of the civil year. 春节, 清明,
    # 端午 and 中秋 follow the moon or the sun; the second day of 劳动节 came in 2025.
    if (day.month, day.day) == (1, 1):
        return "元旦"
    if day.month == 5 and day.day <= (2 if day.year >= 2025 else 1):
        return "劳动节"
    if day.month == 10 and day.day <= 3:
        return "国庆节"
    return ""
