"""期限重算: a new calendar or limit moves a deadline openly, or not at all."""

from __future__ import annotations

from qifu.kernel.calendars import Calendar, Special
from qifu.kernel.deadlines import read, recompute
from qifu.kernel.marks import (
    Extended,
    Marks,
    Paused,
    Resumed,
    Wait,
)
from tests.kernel.cases import CALENDARS, REAL, at, day, started


def paused(on: str) -> Paused:
    return Paused(at(on), Wait.SUPPLEMENT)


def second(**specials: tuple[bool, str]) -> Calendar:
    """Return a second version in which the days given (as d2026_11_25) are different."""
    changed = {
        day(name[1:].replace("_", "-")): Special(*special) for name, special in specials.items()
    }
    return Calendar(2, {**REAL.specials, **changed}, REAL.years)


def test_a_new_holiday_moves_an_open_deadline_only_by_a_recomputation() -> None:
    calendars = {1: REAL, 2: second(d2026_11_25=(False, "停工"))}
    marks: Marks = (started("2026-11-17", 7),)

    again = recompute(marks, calendars, at=at("2026-11-20"), calendar=2, rule=1)

    assert read(marks, calendars).due_on == day("2026-11-26")
    assert (again.before.due_on, again.after.due_on) == (day("2026-11-26"), day("2026-11-27"))
    assert again.moved
    assert again.after.calendar_version == 2
    assert read((*marks, again.mark), calendars) == again.after


def test_a_shorter_calendar_makes_nobody_late_in_retrospect() -> None:
    calendars = {1: REAL, 2: second(d2026_11_21=(True, "补"), d2026_11_22=(True, "补"))}
    marks: Marks = (started("2026-11-17", 5),)  # due on the 24th; by version 2 on the 22nd

    again = recompute(marks, calendars, at=at("2026-11-23"), calendar=2, rule=1)

    assert again.after.due_on == day("2026-11-24")
    assert not again.after.is_late_on(day("2026-11-24"))


def test_a_kinder_calendar_excuses_nobody_without_a_ruling() -> None:
    calendars = {1: REAL, 2: second(d2026_11_19=(False, "停"), d2026_11_20=(False, "停"))}
    marks: Marks = (started("2026-11-17", 3),)  # due on the 20th

    again = recompute(marks, calendars, at=at("2026-11-24"), calendar=2, rule=1)
    ruled = read((*marks, again.mark, Extended(at("2026-11-25"), 4)), calendars)

    assert again.after.due_on == day("2026-11-20")
    assert again.after.late_days_on(day("2026-11-24")) == 2
    assert not ruled.is_late_on(day("2026-11-25"))


def test_a_new_rule_with_a_shorter_limit_leaves_the_next_working_day_at_least() -> None:
    marks: Marks = (started("2026-11-17", 7),)

    again = recompute(marks, CALENDARS, at=at("2026-11-24"), calendar=1, rule=2, limit=3)

    assert (again.after.limit, again.after.rule_version) == (3, 2)
    assert again.after.due_on == day("2026-11-25")


def test_a_paused_clock_is_recomputed_too_and_keeps_its_working_time() -> None:
    calendars = {1: REAL, 2: second(d2026_11_30=(False, "停工"))}
    marks: Marks = (started("2026-11-17", 7), paused("2026-11-20"))

    again = recompute(marks, calendars, at=at("2026-11-23"), calendar=2, rule=1)
    resumed = read((*marks, again.mark, Resumed(at("2026-11-24"))), calendars)

    assert not again.moved
    assert resumed.due_on == day("2026-12-01")


def test_a_paused_clock_whose_limit_is_cut_has_a_working_day_left() -> None:
    marks: Marks = (started("2026-11-17", 7), paused("2026-11-23"))

    again = recompute(marks, CALENDARS, at=at("2026-11-24"), calendar=1, rule=2, limit=3)
    resumed = read((*marks, again.mark, Resumed(at("2026-11-25"))), CALENDARS)

    assert not again.after.is_late_on(day("2026-11-24"))
    assert resumed.due_on == day("2026-11-26")
