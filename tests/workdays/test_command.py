"""`./manage.py workday` counts as every deadline is counted."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from qifu.workdays import actions
from tests.cast import COUNTY, NOW

pytestmark = pytest.mark.django_db


def run(*words: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("workday", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-09-29", "+3", "2026-10-09"),
        ("2026-09-18", "1", "2026-09-20"),
        ("2026-10-09", "-3", "2026-09-29"),
        ("2026-10-03", "0", "2026-10-03"),
    ],
)
def test_the_day_is_printed_alone(start: str, count: str, expected: str) -> None:
    actions.seed(COUNTY, by=None, at=NOW)

    assert run(start, count) == (f"{expected}\n", "")


def test_the_count_can_be_explained_day_by_day() -> None:
    actions.seed(COUNTY, by=None, at=NOW)

    out, _ = run("2026-09-29", "+3", "--explain")

    assert out.splitlines() == [
        "2026-10-09",
        "2026-09-29 周二 起点，当天不计",
        "2026-09-30 周三 第1个",
        "2026-10-01 周四 国庆节 不计",
        "2026-10-02 周五 国庆节 不计",
        "2026-10-03 周六 国庆节 不计",
        "2026-10-04 周日 国庆节 不计",
        "2026-10-05 周一 国庆节 不计",
        "2026-10-06 周二 国庆节 不计",
        "2026-10-07 周三 国庆节 不计",
        "2026-10-08 周四 第2个",
        "2026-10-09 周五 第3个",
    ]


def test_a_year_without_a_notice_is_counted_and_said() -> None:
    actions.seed(COUNTY, by=None, at=NOW)

    out, err = run("2026-11-24", "+30")

    assert out == "2027-01-06\n"
    assert err == "2027年节假日安排未公布，暂按周一至周五减去固定节日计算。\n"


def test_before_a_county_has_its_own_calendar_the_shipped_one_counts() -> None:
    out, err = run("2026-09-29", "+3")

    assert out == "2026-10-09\n"
    assert "还没有自己的日历" in err


def test_nonsense_is_answered_with_a_sentence() -> None:
    with pytest.raises(CommandError, match="不是日期"):
        run("2026-02-30", "+3")
    with pytest.raises(CommandError, match="最多数"):
        run("2026-02-03", "99999999")
