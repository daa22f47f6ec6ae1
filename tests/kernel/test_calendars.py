"""Working days are counted as the county's calendar says, by every law of counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qifu.kernel.calendars import Calendar, Special
from tests.kernel.cases import REAL, Tally, day, limits, starts, steady

VECTORS = [
    ("2026-09-18", 1, "2026-09-20"),
    ("2026-09-18", 3, "2026-09-22"),
    ("2026-09-18", 5, "2026-09-24"),
    ("2026-09-18", 10, "2026-10-09"),
    ("2026-09-18", 15, "2026-10-15"),
    ("2026-09-29", 1, "2026-09-30"),
    ("2026-09-29", 3, "2026-10-09"),
    ("2026-09-29", 5, "2026-10-12"),
    ("2026-09-29", 10, "2026-10-19"),
    ("2026-02-13", 1, "2026-02-14"),
    ("2026-02-13", 3, "2026-02-25"),
    ("2026-02-13", 5, "2026-02-27"),
    ("2026-11-24", 5, "2026-12-01"),
    ("2026-11-24", 10, "2026-12-08"),
    ("2026-11-24", 15, "2026-12-15"),
]


class EveryDayWorks(Calendar):
    """The mistake that all of this must notice: calendar days for working days."""

    def is_workday(self, day: date) -> bool:
        return True


WRONG = EveryDayWorks(1, REAL.specials, REAL.years)


@pytest.mark.parametrize(("start", "count", "expected"), VECTORS)
def test_the_nth_working_day_is_the_one_the_county_counts(
    start: str, count: int, expected: str
) -> None:
    assert REAL.add(day(start), count) == day(expected)
    assert REAL.add(day(expected), -count) <= day(start)


def test_a_day_is_named_for_what_it_is() -> None:
    assert REAL.name(day("2026-10-03")) == "国庆节"
    assert REAL.name(day("2026-09-20")) == "调休上班"
    assert REAL.name(day("2026-11-28")) == "周末"
    assert REAL.name(day("2026-11-24")) == ""


def test_counting_a_day_by_day_walk_gives_the_same() -> None:
    tally = Tally()

    @steady
    @given(starts, limits)
    def check(start: date, count: int) -> None:
        end = _walk(REAL, start, count)
        tally.see(start, end)
        assert REAL.add(start, count) == end
        assert REAL.between(start, end) == count

    check()
    tally.check()


def test_one_more_working_day_is_always_later() -> None:
    tally = Tally()

    @steady
    @given(starts, limits)
    def check(start: date, count: int) -> None:
        longer = REAL.add(start, count + 1)
        tally.see(start, longer)
        assert REAL.add(start, count) < longer

    check()
    tally.check()


def test_whoever_starts_later_is_never_due_earlier() -> None:
    tally = Tally()

    @steady
    @given(starts, st.integers(0, 20), limits)
    def check(start: date, later: int, count: int) -> None:
        end = REAL.add(start + timedelta(days=later), count)
        tally.see(start, end)
        assert REAL.add(start, count) <= end

    check()
    tally.check()


def test_one_more_holiday_never_brings_a_deadline_forward() -> None:
    tally = Tally()

    @steady
    @given(starts, limits, st.sets(st.integers(0, 50), min_size=1, max_size=8))
    def check(start: date, count: int, offsets: set[int]) -> None:
        freed = {start + timedelta(days=n): Special(False, "加放") for n in offsets}
        kinder = replace(REAL, specials={**REAL.specials, **freed})
        tally.see(start, REAL.add(start, count))
        assert kinder.add(start, count) >= REAL.add(start, count)
        worked = {on: Special(True, "加班") for on in freed}
        stricter = replace(REAL, specials={**REAL.specials, **worked})
        assert stricter.add(start, count) <= REAL.add(start, count)

    check()
    tally.check()


def test_counting_on_is_counting_once() -> None:
    tally = Tally()

    @steady
    @given(starts, limits, limits)
    def check(start: date, one: int, two: int) -> None:
        end = REAL.add(start, one + two)
        tally.see(start, end)
        assert REAL.add(REAL.add(start, one), two) == end
        assert REAL.add(REAL.add(start, -one), -two) == REAL.add(start, -one - two)

    check()
    tally.check()


def test_counting_back_undoes_counting_forth() -> None:
    tally = Tally()

    @steady
    @given(starts, limits)
    def check(start: date, count: int) -> None:
        works = REAL.on_or_after(start)
        end = REAL.add(works, count)
        tally.see(works, end)
        assert REAL.add(end, -count) == works
        assert REAL.add(works, REAL.between(works, end)) == end
        assert REAL.between(end, works) == -count

    check()
    tally.check()


def test_calendar_days_in_place_of_working_days_are_noticed_at_once() -> None:
    @steady
    @given(starts, limits)
    def check(start: date, count: int) -> None:
        assert WRONG.add(start, count) == _walk(REAL, start, count)

    with pytest.raises(AssertionError):
        check()
    right = [WRONG.add(day(start), n) == day(end) for start, n, end in VECTORS]
    assert right.count(True) <= 2  # the three that lie within one week, at most


@steady
@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(-400, 400))
def test_a_year_without_a_notice_never_raises(start: date, count: int) -> None:
    end = REAL.add(start, count)

    assert REAL.between(start, end) == count or not REAL.is_workday(start)
    assert REAL.is_workday(end) or not count


def test_a_year_without_a_notice_counts_the_week_less_the_days_fixed_by_law() -> None:
    unknown = Calendar(0, {}, frozenset())

    assert not REAL.published(2027)
    assert REAL.unpublished(day("2026-11-24"), day("2027-01-05")) == (2027,)
    assert [str(d) for d in _off_weekdays(unknown, 2026)] == [
        "2026-01-01",
        "2026-05-01",
        "2026-10-01",
        "2026-10-02",
    ]
    # The second day of 劳动节 came with 2025.
    assert unknown.name(day("2025-05-02")) == "劳动节"
    assert unknown.is_workday(day("2024-05-02"))


def test_thirty_working_days_from_late_november_cross_into_the_year_without_a_notice() -> None:
    due = REAL.add(day("2026-11-24"), 30)

    assert due == day("2027-01-06")


def _walk(calendar: Calendar, start: date, count: int) -> date:
    on = start
    while count:
        on += timedelta(days=1)
        special = calendar.specials.get(on)
        works = special.is_workday if special else on.isoweekday() <= 5
        # Beyond the table: the first of January is the only fixed day these cases reach.
        if on.year not in calendar.years and (on.month, on.day) == (1, 1):
            works = False
        count -= works
    return on


def _off_weekdays(calendar: Calendar, year: int) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    return [on for on in days if on.weekday() < 5 and not calendar.is_workday(on)]
