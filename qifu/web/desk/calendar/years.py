"""The years of the calendar, and the months of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse

from qifu.kernel.clock import local_date, now
from qifu.web.desk.calendar.months import months
from qifu.web.ui.answers import page
from qifu.web.ui.dates import full_date, full_moment
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.workdays.access import can_edit_calendar
from qifu.workdays.almanac import Almanac, almanac
from qifu.workdays.models import CalendarVersion
from qifu.workdays.rules import FIRST_YEAR

VERSIONS_SHOWN = 20
RECENT = 5


@dataclass(frozen=True)
class YearRow:
    """One year as the list shows it."""

    year: int
    published: bool
    document: str
    published_on: str
    version: int
    workdays: int
    off: int
    made_up: int


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """List the years with their state, and the versions that there have been."""
    county = request.user.county
    known, this_year = almanac(county), local_date(now()).year
    rows = [year_row(known, year) for year in range(this_year + 1, FIRST_YEAR - 1, -1)]
    versions = CalendarVersion.objects.in_county(county).order_by("-number")
    context = {
        "title": "工作日历",
        "can_edit": can_edit_calendar(request.user, county),
        "recent": rows[:RECENT],
        "earlier": rows[RECENT:],
        "missing": [year for year in (this_year, this_year + 1) if year not in known.notices()],
        "versions": [
            (version.number, version.get_reason_display(), full_moment(version.made_at))
            for version in versions[:VERSIONS_SHOWN]
        ],
    }
    return page(request, "desk/calendar/index.html", context)


@staff_only
def detail(request: StaffRequest, year: int) -> HttpResponse:
    """Show a year as twelve months."""
    known = known_year(request, year)
    context = {
        "title": f"{year}年工作日历",
        "can_edit": can_edit_calendar(request.user, request.user.county),
        "row": year_row(known, year),
        "months": months(known.current, year),
    }
    return page(request, "desk/calendar/year.html", context)


def known_year(request: StaffRequest, year: int) -> Almanac:
    """Return the county's calendars, if the year is one that can be entered."""
    if not FIRST_YEAR <= year <= local_date(now()).year + 2:
        raise Http404
    return almanac(request.user.county)


def year_row(known: Almanac, year: int) -> YearRow:
    """Sum up what the calendar in force knows of the year."""
    notice = known.notices().get(year)
    days = notice.days if notice else ()
    on = notice.published_on if notice else None
    return YearRow(
        year=year,
        published=notice is not None,
        document=notice.document if notice else "",
        published_on=full_date(on) if on else "",
        version=notice.version if notice else 0,
        workdays=known.current.between(date(year - 1, 12, 31), date(year, 12, 31)),
        off=sum(not day.is_workday for day in days),
        made_up=sum(day.is_workday for day in days),
    )
