"""回访、二次办理: nobody is called satisfied who was not asked."""

from dataclasses import replace
from datetime import date

import pytest

from qifu.appeals.actions.calling import Call, attempt_call, conclude_call
from qifu.appeals.actions.dispatching import dispatch
from qifu.appeals.actions.rating import close_unrated
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import (
    Callback,
    CallbackOutcome,
    CallbackReason,
    Clock,
    Grade,
    LimitRules,
    Rating,
    Solved,
)
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import ClockKind, Nature
from qifu.appeals.sampling import is_drawn
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from tests.story import GOOD, Story

BAD = replace(GOOD, grade=Grade.POOR, solved=Solved.NO)
FINE = Call(CallbackOutcome.SATISFIED, contacted=True, solved=Solved.YES, grade=Grade.GOOD)
AGAIN = Call(
    CallbackOutcome.AGAIN, "放款日期又推后了", contacted=True, solved=Solved.NO, grade=Grade.POOR
)


@pytest.fixture
def unhappy(story: Story) -> Story:
    return story.walked().rated(BAD)


def callback(story: Story) -> Callback:
    found = Callback.objects.in_county(story.cast.county).select_related("appeal__contact")
    return found.latest("pk")


def call(story: Story, said: Call = FINE) -> Callback:
    return conclude_call(callback(story), said, by=story.cast.xu, at=story.at)


def drawing(county: str, step: str, percent: int) -> None:
    row = LimitRules.objects.in_county(county).get()
    row.table[step]["percent"] = percent
    row.save()


def test_an_unhappy_rating_is_called_and_the_offices_clock_runs(unhappy: Story) -> None:
    appeal = unhappy.fresh()

    assert (appeal.state, appeal.due_on, appeal.closed_at) == (
        State.CALLBACK,
        date(2026, 11, 26),
        None,
    )
    assert callback(unhappy).reason == CallbackReason.UNHAPPY
    clock = Clock.objects.in_county(unhappy.cast.county).get(kind=ClockKind.CALLBACK)
    assert clock.unit == unhappy.cast.office


def test_good_words_with_nothing_done_are_called_too(story: Story) -> None:
    story.walked().rated(replace(GOOD, solved=Solved.NO))

    assert story.fresh().state == State.CALLBACK


def test_satisfied_on_the_telephone_the_case_ends_and_both_grades_stay(unhappy: Story) -> None:
    call(unhappy)

    assert unhappy.fresh().state == State.CLOSED
    assert callback(unhappy).grade == Grade.GOOD
    assert Rating.objects.in_county(unhappy.cast.county).get().grade == Grade.POOR


def test_with_reason_the_unit_has_it_once_more_with_a_limit_of_its_own(unhappy: Story) -> None:
    call(unhappy, AGAIN)

    appeal, part = unhappy.fresh(), unhappy.part(unhappy.cast.finance)
    assert (appeal.state, appeal.cycle, part.state) == (State.HANDLING, 2, Work.HANDLING)
    assert part.due_on == date(2026, 12, 1)
    running = Clock.objects.in_county(unhappy.cast.county).get(stopped_at=None)
    assert (running.kind, running.limit) == (ClockKind.HANDLE, 5)
    assert list(drifts(unhappy.cast.county)) == []


def test_unhappy_then_handled_again_then_satisfied(unhappy: Story) -> None:
    call(unhappy, AGAIN)
    unhappy.fresh()

    unhappy.replied().approved().published().rated()

    assert unhappy.fresh().state == State.CLOSED
    grades = Rating.objects.in_county(unhappy.cast.county).order_by("cycle")
    assert [row.grade for row in grades] == [Grade.POOR, Grade.GOOD]
    assert list(drifts(unhappy.cast.county)) == []


def test_not_reached_counts_only_after_two_days(unhappy: Story) -> None:
    gone = Call(CallbackOutcome.UNREACHABLE)
    with pytest.raises(InvalidInput, match="两天各打过一次"):
        call(unhappy, gone)

    attempt_call(callback(unhappy), by=unhappy.cast.xu, at=unhappy.at)
    unhappy.wait(days=1)
    call(unhappy, gone)

    assert unhappy.fresh().state == State.CLOSED


def test_unreasonable_takes_a_second_person(unhappy: Story) -> None:
    said = replace(FINE, outcome=CallbackOutcome.EXPLAINED, words="政策没有这一条，已解释")
    with pytest.raises(InvalidInput, match="另一位"):
        call(unhappy, replace(said, reviewer=unhappy.cast.xu))

    call(unhappy, replace(said, reviewer=unhappy.cast.wang))

    assert callback(unhappy).reviewer == unhappy.cast.wang


def test_who_dispatched_it_calls_only_where_it_shows(story: Story) -> None:
    story.submitted().accepted()
    dispatch(
        story.appeal, story.cast.finance, nature=Nature.GENERAL, by=story.cast.wang, at=story.at
    )
    story.fresh()
    story.signed().replied().approved().published().rated(BAD)

    conclude_call(callback(story), FINE, by=story.cast.wang, at=story.at)

    assert callback(story).same_clerk is True


def test_a_clerk_does_not_call_and_nobody_calls_twice(unhappy: Story) -> None:
    with pytest.raises(NotAllowed):
        conclude_call(callback(unhappy), FINE, by=unhappy.cast.zhou, at=unhappy.at)

    call(unhappy)
    with pytest.raises(StaleState):
        call(unhappy)


def test_of_the_silent_some_are_called_and_the_rest_end_unrated(story: Story) -> None:
    drawing(story.cast.county, "SILENT_SAMPLE", 100)
    story.walked().wait(days=8)

    close_unrated(story.cast.county, at=story.at)

    assert story.fresh().state == State.CALLBACK
    assert callback(story).reason == CallbackReason.SILENT


def test_of_what_a_township_settles_itself_some_is_called(story: Story) -> None:
    drawing(story.cast.county, "LOCAL_SAMPLE", 100)
    cast = story.cast
    story.lodged_locally().replied(unit=cast.township, by=cast.qian).approved(by=cast.sun)

    story.rated()

    assert callback(story).reason == CallbackReason.LOCAL


def test_lots_are_even_and_the_same_for_whoever_draws_again() -> None:
    drawn = [is_drawn("341524", f"2026-{n:04d}", "silent", 30) for n in range(2000)]

    assert 500 < sum(drawn) < 700
    assert drawn == [is_drawn("341524", f"2026-{n:04d}", "silent", 30) for n in range(2000)]
