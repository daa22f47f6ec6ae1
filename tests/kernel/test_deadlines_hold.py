"""What must hold for every clock, whatever happens to it; with the coverage insisted on."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qifu.kernel.calendars import Calendar
from qifu.kernel.deadlines import Deadline, read, recompute
from qifu.kernel.lives import State
from qifu.kernel.marks import Marks, Paused, Resumed, Wait, dump, load
from qifu.kernel.readings import reading
from tests.kernel.cases import (
    CALENDARS,
    REAL,
    Tally,
    at,
    changed_calendars,
    limits,
    lives,
    started,
    starts,
    steady,
)
from tests.kernel.cases import walked as _walked
from tests.kernel.test_calendars import WRONG

ONE_DAY = timedelta(days=1)


def test_a_longer_limit_and_a_later_start_never_bring_a_deadline_forward() -> None:
    tally = Tally()

    @steady
    @given(starts, st.integers(0, 9), limits)
    def check(start: date, later: int, limit: int) -> None:
        due = _due(read([started(start, limit)], CALENDARS))
        tally.see(start, due)
        assert _due(read([started(start, limit + 1)], CALENDARS)) > due
        assert _due(read([started(start + later * ONE_DAY, limit)], CALENDARS)) >= due

    check()
    tally.check()


def test_a_pause_never_counts() -> None:
    """A pause moves the due day by the working days it lasted, and by nothing else."""
    tally = Tally()

    @steady
    @given(starts, limits, st.floats(0, 1), st.integers(0, 20))
    def check(start: date, limit: int, share: float, length: int) -> None:
        clock = started(start, limit)
        due = _due(read([clock], CALENDARS))
        pause = start + int((due - start).days * share) * ONE_DAY
        resume = pause + length * ONE_DAY
        marks = (clock, Paused(at(pause), Wait.ESCALATED), Resumed(at(resume)))
        deadline = read(marks, CALENDARS)
        tally.see(start, _due(deadline))
        if pause == due:
            assert deadline.due_on == REAL.on_or_after(resume)
        else:
            assert deadline.due_on == REAL.add(due, REAL.between(pause, resume))
        assert deadline.used_on(_due(deadline)) == limit

    check()
    tally.check()


def test_a_walk_day_by_day_gives_the_same_deadline() -> None:
    tally = Tally()

    @steady
    @given(lives(ends=("running",)))
    def check(marks: Marks) -> None:
        assume(not read(marks, CALENDARS).is_late_on(marks[-1].on))
        deadline = read(marks, CALENDARS)
        tally.see(marks[0].on, _due(deadline))
        assert deadline.due_on == _walked(marks, REAL)

    check()
    tally.check()


def test_a_recomputation_makes_nobody_late_and_excuses_nobody() -> None:
    tally = Tally()
    late = {True: 0, False: 0}

    @steady
    @given(st.data())
    def check(data: st.DataObject) -> None:
        marks = data.draw(lives(ends=("running", "paused")))
        on = marks[-1].on + data.draw(st.integers(0, 15)) * ONE_DAY
        calendars = {1: REAL, 2: data.draw(changed_calendars(marks[0].on))}
        limit = data.draw(st.none() | limits)
        again = recompute(marks, calendars, at=at(on), calendar=2, rule=2, limit=limit)
        before, after = again.before, again.after
        tally.see(marks[0].on, before.due_on or on)
        late[before.is_late_on(on)] += 1
        assert after.is_late_on(on) == before.is_late_on(on)
        assert after.late_days_on(on) == before.late_days_on(on)
        if before.state == State.RUNNING and not before.is_late_on(on):
            assert _due(after) >= min(_due(before), calendars[2].add(on, 1))

    check()
    tally.check()
    assert min(late.values()) >= 15


@steady
@given(lives())
def test_a_recomputation_under_an_equal_calendar_changes_nothing(marks: Marks) -> None:
    same = {**CALENDARS, 2: Calendar(2, REAL.specials, REAL.years)}

    again = recompute(marks, same, at=at(marks[-1].on), calendar=2, rule=1)

    assert not again.moved


@steady
@given(lives())
def test_marks_survive_the_journal_and_are_read_the_same(marks: Marks) -> None:
    again = load(json.loads(json.dumps(dump(marks))))

    assert again == marks
    assert read(again, CALENDARS) == read(marks, CALENDARS)


@steady
@given(lives(), st.integers(0, 400))
def test_years_without_a_notice_never_stop_a_reading(marks: Marks, later: int) -> None:
    nothing_known = {1: Calendar(1, {}, frozenset())}

    assert reading(read(marks, nothing_known), at(marks[-1].on + later * ONE_DAY)).headline


@steady
@given(lives(ends=("stopped",)))
def test_what_was_used_and_how_late_it_was_is_settled_for_ever(marks: Marks) -> None:
    deadline = read(marks, CALENDARS)
    later = marks[-1].on + 100 * ONE_DAY

    assert deadline.used_on(later) == deadline.used_on(marks[-1].on)
    assert deadline.late_days_on(later) == deadline.rounds[-1].late_days


def test_calendar_days_in_place_of_working_days_are_noticed_at_once() -> None:
    @steady
    @given(lives(ends=("running",)))
    def check(marks: Marks) -> None:
        wrong = read(marks, {1: WRONG})
        assume(not wrong.is_late_on(marks[-1].on))
        assert wrong.due_on == _walked(marks, REAL)

    with pytest.raises(AssertionError):
        check()


def _due(deadline: Deadline) -> date:
    assert deadline.due_on is not None
    return deadline.due_on
