"""A year as twelve months of weeks, ready to be printed."""

from __future__ import annotations

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from qifu.kernel.calendars import Calendar


@dataclass(frozen=True)
class Cell:
    """One day of a month: its number, whether offices work, and why if it is special."""

    number: int
    kind: str
    mark: str
    title: str

    @property
    def works(self) -> bool:
        """Tell whether offices work on the day."""
        return self.kind in {"work", "make-up"}


@dataclass(frozen=True)
class Month:
    """One month: its weeks, Monday first, and how many working days it has."""

    number: int
    weeks: list[list[Cell | None]]
    workdays: int


def months(calendar: Calendar, year: int) -> list[Month]:
    """Lay out the year as the calendar counts it."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def _month(calendar: Calendar, year: int, number: int) -> Month:
    weeks: list[list[Cell | None]] = [
        [_cell(calendar, day) if day.month == number else None for day in week]
        for week in Weeks().monthdatescalendar(year, number)
    ]
    workdays = sum(cell is not None and cell.works for week in weeks for cell in week)
    return Month(number, weeks, workdays)


def _cell(calendar: Calendar, day: date) -> Cell:
    name, works = calendar.name(day), calendar.is_workday(day)
    if works:
        return Cell(day.day, "make-up" if name else "work", "班" if name else "", name)
    if name == "周末":
        return Cell(day.day, "weekend", "", name)
    return Cell(day.day, "holiday", "休", name)
