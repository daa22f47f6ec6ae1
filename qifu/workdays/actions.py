"""Everything that changes a county's calendar: each makes a new version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import IntegrityError

from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, NotAllowed, StaleState
from qifu.workdays import access
from qifu.workdays.access import Keeper
from qifu.workdays.almanac import Almanac, Notice, almanac
from qifu.workdays.models import CalendarVersion, YearNotice
from qifu.workdays.named_days import NamedDay, dump, shipped
from qifu.workdays.proposals import check_new, with_day
from qifu.workdays.rules import check_basis, check_notice

REFUSED = "只有系统管理员和县办主任可以维护工作日历。请联系他们办理。"
OVERTAKEN = "日历刚刚有人改过，您看到的差别已经过时。请重新核对后再确认。"
Reason = CalendarVersion.Reason


def seed(county: str, *, by: Keeper | None, at: datetime) -> CalendarVersion:
    """Lay the county's first version: the notices that come with the system.

    A second time it finds the first version and changes nothing.
    """
    try:
        with _edit("calendar.seeded", county, by=by, at=at, key="calendar-seed") as (work, _):
            version = _version(work, 1, Reason.SHIPPED, at)
            work.add_all(
                [
                    YearNotice(version=version, year=year, document="随系统带来", days=dump(days))
                    for year, days in shipped().items()
                ]
            )
            return version
    except (AlreadyDone, StaleState):
        return CalendarVersion.objects.in_county(county).get(number=1)


def enter_year(
    county: str,
    year: int,
    *,
    days: Sequence[NamedDay],
    document: str,
    published_on: date | None,
    by: Keeper | None,
    at: datetime,
    expect: int | None = None,
    key: str = "",
) -> CalendarVersion:
    """Enter a year's notice (录入年度放假安排), or replace what was entered before.

    `expect` is the version that the person compared with; another one in between makes
    the comparison void. Open clocks are recomputed by their own room, from the number
    of the version that is returned.
    """
    with _edit("calendar.year_entered", county, by=by, at=at, key=key) as (work, known):
        check_basis(document)
        check_notice(year, days, local_date(at))
        notice = Notice(year, known.newest + 1, document.strip(), published_on, tuple(days))
        return _put(work, known, notice, Reason.NOTICE, at, expect)


def edit_day(
    county: str,
    day: date,
    *,
    is_workday: bool,
    name: str,
    document: str,
    by: Keeper | None,
    at: datetime,
    expect: int | None = None,
    key: str = "",
) -> CalendarVersion:
    """Correct one day of a year whose notice has been entered (更正一天)."""
    with _edit("calendar.day_edited", county, by=by, at=at, key=key) as (work, known):
        check_basis(document)
        notice = with_day(known, NamedDay(day, is_workday, name.strip()))
        check_notice(notice.year, notice.days, local_date(at))
        notice = notice._replace(document=document.strip())
        return _put(work, known, notice, Reason.DAY, at, expect)


@contextmanager
def _edit(
    kind: str, county: str, *, by: Keeper | None, at: datetime, key: str
) -> Iterator[tuple[Deed, Almanac]]:
    try:
        with deed(kind, county=county, by=by, at=at, key=key) as work:
            if not access.can_edit_calendar(by, county):
                raise NotAllowed(REFUSED)
            yield work, almanac(county)
    except IntegrityError:
        # Two meant to be the next version, and the other one was first.
        raise StaleState(OVERTAKEN) from None


def _put(
    work: Deed,
    known: Almanac,
    notice: Notice,
    reason: Reason,
    at: datetime,
    expect: int | None,
) -> CalendarVersion:
    if expect is not None and expect != known.newest:
        raise StaleState(OVERTAKEN)
    check_new(known, notice)
    version = _version(work, known.newest + 1, reason, at)
    work.add(
        YearNotice(
            version=version,
            year=notice.year,
            document=notice.document,
            published_on=notice.published_on,
            days=dump(notice.days),
        )
    )
    work.note(year=notice.year, version=version.number)
    return version


def _version(work: Deed, number: int, reason: Reason, at: datetime) -> CalendarVersion:
    version = work.add(CalendarVersion(number=number, reason=reason, made_at=at))
    work.about(version)
    return version
