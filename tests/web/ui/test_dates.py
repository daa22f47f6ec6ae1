"""Each kind of reader sees a day in his own way."""

from __future__ import annotations

from datetime import UTC, date, datetime

from qifu.web.ui import dates

THURSDAY = date(2026, 11, 26)
MORNING = datetime(2026, 11, 24, 1, 10, tzinfo=UTC)


def test_the_desk_reads_figures_and_the_weekday() -> None:
    assert dates.desk_date(THURSDAY) == "11-26（周四）"
    assert dates.short_date(THURSDAY) == "11-26"


def test_an_enterprise_reads_month_and_day() -> None:
    assert dates.portal_date(THURSDAY) == "11月26日"
    assert dates.portal_date(date(2026, 1, 2)) == "1月2日"


def test_a_letter_adds_the_weekday() -> None:
    assert dates.letter_date(THURSDAY) == "11月26日（周四）"
    assert dates.full_date(THURSDAY) == "2026年11月26日"


def test_a_moment_is_told_in_county_time() -> None:
    assert dates.moment(MORNING) == "11-24 09:10"
    assert dates.full_moment(MORNING) == "2026-11-24 09:10"
    assert dates.clock_time(MORNING) == "09:10"
    assert dates.day_line(MORNING) == "11月24日 周二 09:10"


def test_a_moment_near_midnight_falls_on_the_county_s_day() -> None:
    assert dates.moment(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == "01-01 00:00"
