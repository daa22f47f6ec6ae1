"""What each mark does to a clock, told by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from qifu.kernel.calendars import Calendar, Special
from qifu.kernel.clock import SHANGHAI
from qifu.kernel.deadlines import read, rework
from qifu.kernel.lives import State
from qifu.kernel.marks import (
    CameBack,
    Extended,
    Mark,
    Marks,
    Paused,
    Promised,
    Recomputed,
    Resumed,
    Reworked,
    Stopped,
    Wait,
    dump,
    load,
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


def test_counting_starts_on_the_next_working_day_and_ends_at_the_last_second() -> None:
    deadline = read([started("2026-11-17", 7)], CALENDARS)

    assert deadline.counts_from == day("2026-11-18")
    assert deadline.due_on == day("2026-11-26")
    assert deadline.due_at is not None
    assert str(deadline.due_at.astimezone(SHANGHAI)) == "2026-11-26 23:59:59+08:00"
    assert deadline.used_on(day("2026-11-24")) == 5
    assert deadline.left_on(day("2026-11-24")) == 2


def test_what_arrives_late_in_the_evening_belongs_to_the_day_in_the_county() -> None:
    late = replace(started("2026-11-17", 1), at=at("2026-11-17", 23))

    assert read([late], CALENDARS).due_on == day("2026-11-18")


def test_the_due_day_itself_is_not_late_and_today_counts_afterwards() -> None:
    deadline = read([started("2026-11-17", 3)], CALENDARS)  # due on Friday the 20th

    assert not deadline.is_late_on(day("2026-11-20"))
    assert deadline.is_late_on(day("2026-11-21"))
    assert deadline.late_days_on(day("2026-11-22")) == 0
    assert deadline.late_days_on(day("2026-11-23")) == 1


def test_a_pause_leaves_the_due_day_open_and_gives_the_working_time_back() -> None:
    marks: list[Mark] = [started("2026-11-17", 7), paused("2026-11-20")]
    waiting = read(marks, CALENDARS)

    resumed = read([*marks, Resumed(at("2026-11-24"))], CALENDARS)

    assert (waiting.due_on, waiting.state, waiting.why) == (None, State.PAUSED, Wait.SUPPLEMENT)
    assert waiting.left_on(day("2026-12-24")) == 4
    assert resumed.due_on == day("2026-11-30")
    assert resumed.given_back == 2


def test_a_pause_over_a_holiday_gives_back_working_days_and_not_calendar_days() -> None:
    marks = [started("2026-09-28", 5), paused("2026-09-30"), Resumed(at("2026-10-08"))]

    deadline = read(marks, CALENDARS)

    # Of 1 to 8 October only the 8th is a working day.
    assert deadline.given_back == 1
    assert deadline.due_on == REAL.add(day("2026-10-08"), 3) == day("2026-10-12")


def test_a_pause_on_the_last_day_gives_that_day_back() -> None:
    marks: list[Mark] = [started("2026-11-17", 3), paused("2026-11-20")]

    assert read(marks, CALENDARS).left_on(day("2026-11-20")) == 1
    for resumed, due in (("2026-11-20", "2026-11-20"), ("2026-11-28", "2026-11-30")):
        assert read([*marks, Resumed(at(resumed))], CALENDARS).due_on == day(due)


def test_a_pause_does_not_excuse_whoever_is_late_already() -> None:
    marks = [started("2026-11-17", 3), paused("2026-11-23"), Resumed(at("2026-11-26"))]

    deadline = read(marks, CALENDARS)

    assert deadline.due_on == day("2026-11-20")
    assert deadline.late_days_on(day("2026-11-26")) == 1
    assert deadline.late_days_on(day("2026-11-27")) == 2


def test_a_pause_on_the_weekend_after_the_due_day_is_a_pause_of_a_late_clock() -> None:
    marks: list[Mark] = [started("2026-11-17", 3), paused("2026-11-21")]

    waiting = read(marks, CALENDARS)
    done = read([*marks, Stopped(at("2026-11-25"))], CALENDARS)

    assert waiting.is_late_on(day("2026-12-01"))
    assert waiting.due_on == day("2026-11-20")
    assert (done.rounds[0].late, done.rounds[0].late_days) == (True, 0)
    assert read([*marks, Resumed(at("2026-11-30"))], CALENDARS).due_on == day("2026-11-20")


def test_an_upper_reply_leaves_what_was_left_and_two_days_at_least() -> None:
    marks: list[Mark] = [started("2026-11-17", 7), paused("2026-11-20")]
    last_day: list[Mark] = [started("2026-11-17", 3), paused("2026-11-20")]
    late: list[Mark] = [started("2026-11-17", 3), paused("2026-11-23")]
    back = CameBack(at("2026-11-24"), 2)

    assert read([*marks, back], CALENDARS).due_on == day("2026-11-30")
    assert read([*last_day, back], CALENDARS).due_on == day("2026-11-26")
    assert read([*last_day, back], CALENDARS).topped_up == 1
    # Waiting for somebody else excuses nobody who was late before.
    assert read([*late, back], CALENDARS).due_on == day("2026-11-20")


def test_nothing_is_used_before_the_clock_started() -> None:
    assert read([started("2026-11-17", 3)], CALENDARS).used_on(day("2026-11-10")) == 0


def test_an_extension_adds_to_the_due_day_and_not_to_today() -> None:
    deadline = read([started("2026-11-17", 7), Extended(at("2026-11-19"), 3)], CALENDARS)

    assert (deadline.limit, deadline.extended) == (7, 3)
    assert deadline.due_on == day("2026-12-01")


def test_the_clock_stops_when_the_reply_arrives_and_keeps_what_was_used() -> None:
    deadline = read([started("2026-11-17", 7), Stopped(at("2026-11-20"))], CALENDARS)

    assert deadline.stopped_on == day("2026-11-20")
    assert deadline.used_on(day("2026-12-20")) == 3
    assert not deadline.is_late_on(day("2026-12-20"))


def test_a_rework_goes_on_with_what_was_left() -> None:
    marks = [started("2026-11-17", 7), Stopped(at("2026-11-20")), Reworked(at("2026-11-24"), 2)]

    assert read(marks, CALENDARS).due_on == day("2026-11-30")


def test_a_rework_leaves_two_working_days_at_least_and_the_first_round_as_it_was() -> None:
    marks = [started("2026-11-17", 3), Stopped(at("2026-11-24")), Reworked(at("2026-11-25"), 2)]

    deadline = read(marks, CALENDARS)

    assert deadline.due_on == day("2026-11-27")
    assert [(one.late, one.late_days) for one in deadline.rounds] == [(True, 2)]
    assert not deadline.is_late_on(day("2026-11-27"))


def test_a_clock_set_going_again_gets_its_last_day_back_but_no_more() -> None:
    marks = [started("2026-11-17", 3), Stopped(at("2026-11-20"))]
    early = [started("2026-11-17", 3), Stopped(at("2026-11-18"))]

    assert read([*marks, Reworked(at("2026-11-20"), 0)], CALENDARS).due_on == day("2026-11-20")
    assert read([*marks, Reworked(at("2026-11-24"), 0)], CALENDARS).due_on == day("2026-11-24")
    assert read([*early, Reworked(at("2026-11-24"), 0)], CALENDARS).due_on == day("2026-11-26")


def test_a_promise_is_moved_by_nothing_but_another_promise() -> None:
    marks = [
        started("2026-11-17", 7),
        Promised(at("2026-11-17"), day("2026-11-26")),
        Extended(at("2026-11-19"), 3),
    ]

    deadline = read(marks, CALENDARS)
    again = read([*marks, Promised(at("2026-11-20"), day("2026-12-01"))], CALENDARS)

    assert deadline.promised_on == day("2026-11-26")
    assert deadline.due_on == day("2026-12-01")
    assert again.promised_on == day("2026-12-01")


def test_a_rework_counts_by_the_calendar_in_force_when_it_is_sent_back() -> None:
    calendars = {1: REAL, 2: second(d2026_11_30=(False, "停工"))}
    marks: Marks = (started("2026-11-17", 3), Stopped(at("2026-11-20")))

    sent_back = rework(marks, at=at("2026-11-27"), at_least=2, calendar=2, rule=1)

    assert read(sent_back, calendars).due_on == day("2026-12-02")
    assert rework(marks, at=at("2026-11-27"), at_least=2, calendar=1, rule=1)[:-1] == marks


def test_a_limit_that_reaches_into_a_year_without_a_notice_is_counted_and_says_so() -> None:
    deadline = read([started("2026-11-24", 30)], CALENDARS)

    assert deadline.due_on == day("2027-01-06")
    assert deadline.unpublished == (2027,)


def test_marks_that_cannot_follow_each_other_are_refused() -> None:
    start = started("2026-11-17", 7)
    for marks in (
        [],
        [paused("2026-11-17")],
        [start, Resumed(at("2026-11-18"))],
        [start, Stopped(at("2026-11-18")), paused("2026-11-19")],
        [start, Reworked(at("2026-11-18"), 2)],
        [start, start],
    ):
        with pytest.raises(ValueError, match="clock"):
            read(marks, CALENDARS)


def test_a_machine_that_runs_behind_does_not_turn_a_day_back() -> None:
    behind = replace(Stopped(at("2026-11-18")), at=at("2026-11-17") - timedelta(days=1))

    deadline = read([started("2026-11-17", 7), behind], CALENDARS)

    assert deadline.stopped_on == day("2026-11-17")
    assert deadline.used_on(day("2026-11-17")) == 0


def test_marks_go_into_the_journal_and_come_back_as_they_were() -> None:
    marks: Marks = (
        started("2026-11-17", 7),
        Promised(at("2026-11-17"), day("2026-11-26")),
        paused("2026-11-18"),
        Recomputed(at("2026-11-19"), 2, 1, None),
        Resumed(at("2026-11-20")),
        Extended(at("2026-11-20"), 3),
        Stopped(at("2026-11-24")),
        Reworked(at("2026-11-25"), 2),
    )

    rows = dump(marks)

    assert rows[2] == ["paused", "2026-11-18T02:00:00+00:00", "supplement"]
    assert load(rows) == marks
