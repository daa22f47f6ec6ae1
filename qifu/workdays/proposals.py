"""What an edit would change, before anybody confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qifu.kernel.errors import InvalidInput
from qifu.workdays.almanac import Almanac, Change, Notice, almanac, changes
from qifu.workdays.named_days import NamedDay
from qifu.workdays.rules import check_notice, is_as_the_week_says

UNCHANGED = "和现在的日历完全一样，没有要改的。请核对年度和日期。"


@dataclass(frozen=True)
class Proposal:
    """The days that would change, and the version they were compared with."""

    version: int
    changes: list[Change]
    workdays_before: int
    workdays_after: int


def propose_year(county: str, year: int, days: Sequence[NamedDay], today: date) -> Proposal:
    """Say what entering the year's notice would change (核对差别)."""
    known = almanac(county)
    check_notice(year, days, today)
    return _compare(known, Notice(year, known.newest + 1, "", None, tuple(days)))


def propose_day(county: str, day: NamedDay, today: date) -> Proposal:
    """Say what correcting the one day would change."""
    known = almanac(county)
    notice = with_day(known, day)
    check_notice(notice.year, notice.days, today)
    return _compare(known, notice)


def with_day(known: Almanac, day: NamedDay) -> Notice:
    """Return the notice that names the day, with the day as it is said to be."""
    notices = known.notices()
    naming = [n for n in notices.values() if any(other.on == day.on for other in n.days)]
    notice = naming[-1] if naming else notices.get(day.on.year)
    if notice is None:
        raise InvalidInput(
            "day", f"{day.on.year}年的放假安排还没有录入。请先录入全年的安排，再更正一天。"
        )
    kept = [other for other in notice.days if other.on != day.on]
    return notice._replace(days=(*kept, *(() if is_as_the_week_says(day) else (day,))))


def check_new(known: Almanac, notice: Notice) -> None:
    """Refuse an edit after which everything would be as before."""
    before = known.notices().get(notice.year)
    if before is not None and sorted(before.days) == sorted(notice.days):
        raise InvalidInput("days", UNCHANGED)


def _compare(known: Almanac, notice: Notice) -> Proposal:
    check_new(known, notice)
    # A notice may reach back into the last days of the year before.
    first, last = date(notice.year - 1, 12, 1), date(notice.year, 12, 31)
    before, after = known.current, known.proposed(notice)
    start = date(notice.year - 1, 12, 31)
    return Proposal(
        version=known.newest,
        changes=changes(before, after, first, last),
        workdays_before=before.between(start, last),
        workdays_after=after.between(start, last),
    )
