"""时限怎么算的: the sentences and the count, day by day."""

from __future__ import annotations

from hypothesis import given

from qifu.kernel.calendars import Calendar, Special
from qifu.kernel.deadlines import read, recompute
from qifu.kernel.explanations import day_by_day, explain, explain_recomputation
from qifu.kernel.lives import State
from qifu.kernel.marks import (
    Extended,
    Marks,
    Paused,
    Promised,
    Resumed,
    Reworked,
    Stopped,
    Wait,
)
from tests.kernel.cases import CALENDARS, REAL, at, day, lives, started, steady

SEVEN = started("2026-11-17", 7)


def test_the_limit_explains_itself_in_one_sentence() -> None:
    said = explain(read([SEVEN], CALENDARS), at("2026-11-24"))

    assert said.due == (
        "11-17（周二）开始，从下一个工作日11-18（周三）起算，限7个工作日，到11-26（周四）24:00为止。"
    )
    assert said.used == "到今天用了5个工作日，还剩2个。"
    assert said.promise == "没有向企业承诺过日期。"


def test_everything_that_moved_it_is_in_the_sentence() -> None:
    marks = [
        SEVEN,
        Promised(at("2026-11-17"), day("2026-11-26")),
        Paused(at("2026-11-20"), Wait.SUPPLEMENT),
        Resumed(at("2026-11-24")),
        Extended(at("2026-11-25"), 2),
        Stopped(at("2026-12-01")),
        Reworked(at("2026-12-02"), 2),
    ]

    said = explain(read(marks, CALENDARS), at("2026-12-07"))

    assert said.due == (
        "11-17（周二）开始，从下一个工作日11-18（周三）起算，限7个工作日，延期2个工作日，"
        "暂停的2个工作日不计，12-02（周三）退回重办，还有2个工作日，到12-04（周五）24:00为止。"
    )
    assert said.used == "到今天用了11个工作日，已逾期1个工作日。"
    assert said.promise == ("向企业承诺11-26（周四）前答复，时限晚于承诺，承诺不随时限变动。")


def test_a_paused_and_a_finished_clock_explain_themselves() -> None:
    paused = [SEVEN, Paused(at("2026-11-20"), Wait.SUPPLEMENT)]
    done = [SEVEN, Stopped(at("2026-11-27"))]

    assert explain(read(paused, CALENDARS), at("2026-12-01")).due.endswith(
        "现在暂停，恢复后的下一个工作日起还有4个工作日。"
    )
    assert explain(read(done, CALENDARS), at("2026-12-01")).used == (
        "11-27（周五）完成，用了8个工作日，逾期。"
    )


def test_a_year_without_a_notice_is_named() -> None:
    said = explain(read([started("2026-11-24", 30)], CALENDARS), at("2026-11-24"))

    assert "2027年节假日安排未公布，暂按周一至周五减去固定节日计算" in said.due
    assert said.due.endswith("到2027-01-06（周三）24:00为止。")


def test_a_recomputation_says_old_and_new() -> None:
    freed = {**REAL.specials, day("2026-11-25"): Special(False, "停工")}
    calendars = {1: REAL, 2: Calendar(2, freed, REAL.years)}
    paused: Marks = (SEVEN, Paused(at("2026-11-20"), Wait.SUPPLEMENT))

    def said(marks: Marks, version: int) -> str:
        again = recompute(marks, calendars, at=at("2026-11-23"), calendar=version, rule=1)
        return explain_recomputation(again)

    assert said((SEVEN,), 2) == "按日历第2版重算，到期日由11-26（周四）改为11-27（周五）。"
    assert said((SEVEN,), 1) == "按日历第1版重算，到期日仍是11-26（周四）。"
    assert said(paused, 2) == "按日历第2版重算，暂停中，恢复后还有4个工作日。"


def test_the_count_names_every_day_over_a_holiday() -> None:
    days = day_by_day(read([started("2026-09-18", 10)], CALENDARS), at("2026-09-29"))

    said = {str(one.on): one.label for one in days}
    assert said["2026-09-18"] == "开始计时，当天不计"
    assert said["2026-09-19"] == "周末，不计"
    assert said["2026-09-20"] == "调休上班，第1个工作日"
    assert said["2026-09-25"] == "中秋节，不计"
    assert said["2026-10-01"] == "国庆节，不计"
    assert said["2026-10-09"] == "第10个工作日，24:00到期"
    assert [one.on for one in days if one.is_due] == [day("2026-10-09")]
    assert sum(one.counted for one in days) == 10


def test_the_count_shows_pause_reply_rework_and_lateness() -> None:
    marks = [
        started("2026-11-17", 3),
        Paused(at("2026-11-20"), Wait.SUPPLEMENT),
        Resumed(at("2026-11-24")),
        Stopped(at("2026-11-25")),
        Reworked(at("2026-11-27"), 2),
    ]

    days = day_by_day(read(marks, CALENDARS), at("2026-12-02"))

    assert [(f"{one.on:%m-%d}", one.label) for one in days] == [
        ("11-17", "开始计时，当天不计"),
        ("11-18", "第1个工作日"),
        ("11-19", "第2个工作日"),
        ("11-20", "暂停，不计"),
        ("11-21", "暂停，不计"),
        ("11-22", "暂停，不计"),
        ("11-23", "暂停，不计"),
        ("11-24", "第3个工作日，24:00到期"),
        ("11-25", "逾期第1个工作日"),
        ("11-26", "已交办公室，不计"),
        ("11-27", "已交办公室，不计"),
        ("11-28", "周末，不计"),
        ("11-29", "周末，不计"),
        ("11-30", "第5个工作日"),
        ("12-01", "第6个工作日，24:00到期"),
        ("12-02", "逾期第1个工作日"),
    ]


def test_days_of_a_year_without_a_notice_are_marked() -> None:
    days = day_by_day(read([started("2026-12-30", 3)], CALENDARS), at("2026-12-30"))

    assert [one.label for one in days] == [
        "开始计时，当天不计",
        "第1个工作日",
        "元旦，不计",
        "周末，不计",
        "周末，不计",
        "第2个工作日，节假日安排未公布，暂按工作日计",
        "第3个工作日，24:00到期，节假日安排未公布，暂按工作日计",
    ]


@steady
@given(lives())
def test_the_count_has_every_day_once_and_adds_up(marks: Marks) -> None:
    deadline = read(marks, CALENDARS)
    now = at(marks[-1].on)

    days = day_by_day(deadline, now)

    on = [one.on for one in days]
    assert on == sorted(set(on))
    assert (on[-1] - on[0]).days == len(on) - 1
    counted = [one for one in days if one.counted and one.on <= marks[-1].on]
    assert len(counted) == deadline.used_on(marks[-1].on)
    if deadline.state == State.RUNNING:
        assert [one.on for one in days if one.is_due][-1] == deadline.due_on
