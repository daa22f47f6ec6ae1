"""The lamp and the sentence, as the clerk and the enterprise read them."""

from __future__ import annotations

from datetime import date

import pytest

from qifu.kernel.deadlines import Rule, read
from qifu.kernel.marks import (
    Extended,
    Mark,
    Paused,
    Recomputed,
    Resumed,
    Reworked,
    Stopped,
    Wait,
)
from qifu.kernel.readings import NO_CLOCK, Lamp, reading
from tests.kernel.cases import CALENDARS, at, started

SEVEN = started("2026-11-17", 7)  # counts from Wednesday the 18th, due on Thursday the 26th
ONE = started("2026-11-20", 1)  # on a Friday: due on Monday the 23rd


@pytest.mark.parametrize(
    ("today", "lamp", "headline"),
    [
        ("2026-11-17", Lamp.FINE, "剩7个工作日"),
        ("2026-11-20", Lamp.FINE, "剩4个工作日"),
        ("2026-11-23", Lamp.HALF, "剩3个工作日"),
        ("2026-11-24", Lamp.HALF, "剩2个工作日"),
        ("2026-11-25", Lamp.SOON, "明天24:00到期"),
        ("2026-11-26", Lamp.SOON, "今天24:00到期"),
        ("2026-11-27", Lamp.OVERDUE, "逾期1个工作日"),
        ("2026-11-28", Lamp.OVERDUE, "逾期1个工作日"),
        ("2026-11-30", Lamp.OVERDUE, "逾期2个工作日"),
    ],
)
def test_the_lamp_turns_with_what_is_left(today: str, lamp: Lamp, headline: str) -> None:
    seen = reading(read([SEVEN], CALENDARS), at(today))

    assert (seen.lamp, seen.headline) == (lamp, headline)
    assert seen.why == "7个工作日，11-18起算，11-26（周四）24:00到期"


def test_exactly_half_the_time_is_not_yet_more_than_half() -> None:
    deadline = read([started("2026-11-17", 8)], CALENDARS)

    assert reading(deadline, at("2026-11-23")).lamp == Lamp.FINE
    assert reading(deadline, at("2026-11-24")).lamp == Lamp.HALF


def test_what_is_left_is_a_number_and_late_is_below_zero() -> None:
    deadline = read([SEVEN], CALENDARS)

    assert [reading(deadline, at(d)).left for d in ("2026-11-24", "2026-11-30")] == [2, -2]
    assert reading(deadline, at("2026-11-30")).late_days == 2


@pytest.mark.parametrize(
    ("today", "lamp", "headline"),
    [
        ("2026-11-20", Lamp.FINE, "剩1个工作日"),
        ("2026-11-22", Lamp.FINE, "明天24:00到期"),
        ("2026-11-23", Lamp.SOON, "今天24:00到期"),
        ("2026-11-24", Lamp.OVERDUE, "逾期1个工作日"),
    ],
)
def test_a_one_day_step_turns_only_on_its_due_day(today: str, lamp: Lamp, headline: str) -> None:
    seen = reading(read([ONE], CALENDARS), at(today))

    assert (seen.lamp, seen.headline) == (lamp, headline)


def test_due_on_friday_and_read_on_saturday_is_late_though_no_working_day_has_passed() -> None:
    seen = reading(read([started("2026-11-17", 3)], CALENDARS), at("2026-11-21"))

    assert (seen.lamp, seen.headline) == (Lamp.OVERDUE, "逾期不到1个工作日")


def test_a_paused_clock_says_for_whom_it_waits() -> None:
    marks = [SEVEN, Paused(at("2026-11-23"), Wait.SUPPLEMENT)]

    seen = reading(read(marks, CALENDARS), at("2026-12-30"))

    assert (seen.lamp, seen.headline, seen.why) == (
        Lamp.PAUSED,
        "暂停，剩3个工作日",
        "11-23起等企业补充材料",
    )


def test_a_clock_paused_when_it_was_late_still_says_so() -> None:
    marks = [SEVEN, Paused(at("2026-11-30"), Wait.ESCALATED)]

    seen = reading(read(marks, CALENDARS), at("2026-12-30"))

    assert (seen.lamp, seen.headline) == (Lamp.PAUSED, "暂停，已逾期2个工作日")
    assert seen.why == "11-30起等上级单位答复"


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ([Extended(at("2026-11-19"), 3)], "已延期3个工作日，12-01（周二）24:00到期"),
        (
            [Paused(at("2026-11-20"), Wait.SUPPLEMENT), Resumed(at("2026-11-24"))],
            "7个工作日，扣除暂停2个，11-30（周一）24:00到期",
        ),
        (
            [Stopped(at("2026-11-20")), Reworked(at("2026-11-24"), 2)],
            "重办4个工作日，11-25起算，11-30（周一）24:00到期",
        ),
        ([Recomputed(at("2026-11-20"), 1, 2)], "7个工作日，11-20重算，11-26（周四）24:00到期"),
    ],
)
def test_what_moved_the_due_day_takes_the_place_of_the_first_day(
    marks: list[Mark], why: str
) -> None:
    assert reading(read([SEVEN, *marks], CALENDARS), at("2026-11-25")).why == why


def test_a_year_without_a_notice_is_said_loudly() -> None:
    seen = reading(read([started("2026-11-24", 30)], CALENDARS), at("2026-11-24"))

    assert seen.why == "该年度节假日安排未公布，暂算到2027-01-06（周三）24:00"


@pytest.mark.parametrize(
    ("stopped", "headline", "why"),
    [
        ("2026-11-17", "按时完成", "当天完成，限7个工作日"),
        ("2026-11-20", "按时完成", "用了3个工作日，限7个"),
        ("2026-11-26", "按时完成", "用了7个工作日，限7个"),
        ("2026-11-30", "逾期2个工作日完成", "用了9个工作日，限7个"),
    ],
)
def test_a_finished_step_says_whether_it_was_in_time(stopped: str, headline: str, why: str) -> None:
    seen = reading(read([SEVEN, Stopped(at(stopped))], CALENDARS), at("2027-03-01"))

    assert (seen.lamp, seen.headline, seen.why) == (Lamp.DONE, headline, why)
    assert seen.left is None


def test_a_rework_in_time_does_not_wash_off_that_the_first_round_was_late() -> None:
    marks = [SEVEN, Stopped(at("2026-11-27")), Reworked(at("2026-11-30"), 2)]

    done = read([*marks, Stopped(at("2026-12-01"))], CALENDARS)

    assert reading(done, at("2026-12-02")).headline == "逾期1个工作日完成"


def test_no_clock_is_said_and_not_shown_as_nothing() -> None:
    assert reading(None, at("2026-11-24")) is NO_CLOCK
    assert (NO_CLOCK.lamp, NO_CLOCK.headline) == (Lamp.NONE, "没有时限")


def test_when_a_lamp_turns_is_a_setting() -> None:
    early = Rule(version=2, soon=3, half=20)
    deadline = read([SEVEN], CALENDARS)

    assert reading(deadline, at("2026-11-23"), early).lamp == Lamp.SOON
    assert reading(deadline, at("2026-11-19"), early).lamp == Lamp.HALF


def test_each_kind_of_page_says_a_day_in_its_own_way() -> None:
    def portal(day: date) -> str:
        return f"{day.month}月{day.day}日"

    deadline = read([started("2026-11-24", 30)], CALENDARS)

    seen = reading(deadline, at("2026-11-24"), say_day=portal)
    assert seen.why == "该年度节假日安排未公布，暂算到2027年1月6日24:00"
    assert reading(read([SEVEN], CALENDARS), at("2026-11-24"), say_day=portal).why == (
        "7个工作日，11月18日起算，11月26日24:00到期"
    )


def test_every_lamp_has_a_word() -> None:
    assert [lamp.word for lamp in Lamp] == [
        "逾期",
        "将到期",
        "过半",
        "正常",
        "暂停",
        "完成",
        "不适用",
    ]
