"""The calendar that comes with the system is right on every day of twenty years."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from pathlib import Path

import pytest

from qifu.workdays.almanac import shipped_calendar
from qifu.workdays.named_days import each_day, shipped
from qifu.workdays.rules import check_notice

# Two independent tables that agree on every day; kept outside the repository.
PUBLISHED = Path(__file__).resolve().parents[3] / "shared/data/calendar/working_days_2007_2026.csv"
# Their 7,305 days as a string of 1 (工作日) and 0, so that nothing is skipped without them.
DAYS, WORKDAYS = 7305, 4991
SHA256 = "a1db9bbdfcbded1adc65771e9c78eda362c567ac7f0b9a0f2e284c155851dcc9"


def test_all_days_from_2007_to_2026_are_as_published() -> None:
    calendar = shipped_calendar()

    days = list(each_day(date(2007, 1, 1), date(2026, 12, 31)))
    bits = "".join(str(int(calendar.is_workday(day))) for day in days)

    assert (len(bits), bits.count("1")) == (DAYS, WORKDAYS)
    assert hashlib.sha256(bits.encode()).hexdigest() == SHA256
    if PUBLISHED.exists():
        with PUBLISHED.open(encoding="utf-8") as lines:
            published = {row["date"]: row["is_workday"] for row in csv.DictReader(lines)}
        assert [published[str(day)] for day in days] == list(bits)


def test_twenty_years_are_published_and_the_next_is_not() -> None:
    calendar = shipped_calendar()

    assert calendar.years == frozenset(range(2007, 2027))
    assert not calendar.published(2027)


@pytest.mark.parametrize("year", range(2007, 2027))
def test_every_notice_that_comes_with_the_system_would_be_accepted_today(year: int) -> None:
    check_notice(year, shipped()[year], date(2026, 11, 24))
