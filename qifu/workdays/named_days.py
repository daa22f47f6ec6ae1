"""Named days: what a yearly notice lists, and the notices that come with the system."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

SHIPPED = Path(__file__).with_name("days") / "2007-2026.csv"
WORK = "上班"


class NamedDay(NamedTuple):
    """A day that is not what the week says: 放假 on a weekday, 上班 on a weekend."""

    on: date
    is_workday: bool
    name: str


def shipped(path: Path = SHIPPED) -> dict[int, tuple[NamedDay, ...]]:
    """Read the notices that come with the system, by year."""
    with path.open(encoding="utf-8", newline="") as lines:
        years: dict[int, list[NamedDay]] = {}
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
            years.setdefault(int(row["notice"]), []).extend(
                NamedDay(day, row["kind"] == WORK, row["name"]) for day in each_day(first, last)
            )
    return {year: tuple(days) for year, days in years.items()}


def each_day(first: date, last: date) -> Iterator[date]:
    """Go through the days from the first to the last, both included."""
    for count in range((last - first).days + 1):
        yield first + timedelta(days=count)


def dump(days: Iterable[NamedDay]) -> list[list[Any]]:
    """Write the days as they are kept in a notice, in order."""
    return [[day.on.isoformat(), day.is_workday, day.name] for day in sorted(days)]


def load(rows: Iterable[Sequence[Any]]) -> tuple[NamedDay, ...]:
    """Read the days back from a notice."""
    return tuple(NamedDay(date.fromisoformat(on), work, name) for on, work, name in rows)
