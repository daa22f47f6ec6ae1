"""All versions of a county's calendar, read once and kept at hand.

A web request pays nothing for it: see `journal.reference`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from qifu.journal import reference
from qifu.kernel.calendars import Calendar, Special
from qifu.workdays.models import YearNotice
from qifu.workdays.named_days import NamedDay, load, shipped


class Notice(NamedTuple):
    """A year's notice as one version brought it."""

    year: int
    version: int
    document: str
    published_on: date | None
    days: tuple[NamedDay, ...]


class Change(NamedTuple):
    """A day that one calendar counts and the other does not."""

    on: date
    is_workday: bool
    name: str


class Almanac(Mapping[int, Calendar]):
    """A county's calendars by version; a version is built when it is first asked for.

    Version 0 is the calendar of a county that has entered nothing: every year 未公布.
    """

    def __init__(self, notices: list[Notice]) -> None:
        self._notices = sorted(notices, key=lambda notice: (notice.version, notice.year))
        self._built: dict[int, Calendar] = {}
        self.newest = max((notice.version for notice in notices), default=0)

    def __getitem__(self, version: int) -> Calendar:
        if version not in self._built:
            if not 0 <= version <= self.newest:
                raise KeyError(version)
            self._built[version] = calendar_of(version, self.notices(version).values())
        return self._built[version]

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.newest + 1))

    def __len__(self) -> int:
        return self.newest + 1

    @property
    def current(self) -> Calendar:
        """The calendar in force."""
        return self[self.newest]

    def notices(self, version: int | None = None) -> dict[int, Notice]:
        """Return the notices that the version knows, by year."""
        last = self.newest if version is None else version
        known = [notice for notice in self._notices if notice.version <= last]
        return dict(sorted({notice.year: notice for notice in known}.items()))

    def proposed(self, notice: Notice) -> Calendar:
        """Return what the next version would be with this notice."""
        notices = {**self.notices(), notice.year: notice}
        return calendar_of(self.newest + 1, [notices[year] for year in sorted(notices)])


def almanac(county: str) -> Almanac:
    """Return the county's calendars; read them again only after an edit."""
    return reference.read(county, "workdays", lambda: _load(county))


def current(county: str) -> Calendar:
    """Return the calendar by which the county counts now."""
    return almanac(county).current


def at_version(county: str, version: int) -> Calendar:
    """Return the calendar that a deadline cites."""
    return almanac(county)[version]


def shipped_calendar() -> Calendar:
    """Return the calendar that comes with the system, without any county."""
    return calendar_of(1, [Notice(year, 1, "", None, days) for year, days in shipped().items()])


def calendar_of(version: int, notices: Iterable[Notice]) -> Calendar:
    """Build one version from its notices; where two name a day, the later year's holds."""
    specials: dict[date, Special] = {}
    years: set[int] = set()
    for notice in notices:
        years.add(notice.year)
        specials.update({day.on: Special(day.is_workday, day.name) for day in notice.days})
    return Calendar(version, specials, frozenset(years))


def changes(before: Calendar, after: Calendar, first: date, last: date) -> list[Change]:
    """List the days between the two that become working days or stop being so."""
    found = []
    for count in range((last - first).days + 1):
        day = first + timedelta(days=count)
        if before.is_workday(day) != after.is_workday(day):
            found.append(Change(day, after.is_workday(day), after.name(day)))
    return found


def _load(county: str) -> Almanac:
    rows = (
        YearNotice.objects.in_county(county)
        .order_by("version__number", "year")
        .values_list("year", "version__number", "document", "published_on", "days")
    )
    return Almanac([Notice(y, v, document, on, load(days)) for y, v, document, on, days in rows])
