"""签收: the unit takes its part; the limit has been running all the while."""

from datetime import date

import pytest

from qifu.appeals.actions.working import sign
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Clock
from qifu.appeals.rules import ClockKind
from qifu.kernel.errors import NotAllowed, StaleState
from tests.story import Story


def test_the_lead_signs_and_the_case_is_being_handled(story: Story) -> None:
    story.submitted().accepted().dispatched().wait(hours=3).signed()

    part, appeal = story.part(story.cast.finance), story.fresh()
    assert (part.state, part.handler, part.signed_at) == (
        Work.HANDLING,
        story.cast.zhu,
        story.at,
    )
    assert (appeal.state, appeal.due_on) == (State.HANDLING, date(2026, 12, 1))


def test_an_assist_signs_and_the_case_still_waits_for_its_lead(story: Story) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)

    story.signed(story.cast.labour, by=story.cast.li)

    assert story.fresh().state == State.DISPATCHED
    assert story.part(story.cast.labour).state == Work.HANDLING


def test_signing_late_is_seen_but_does_not_move_the_limit(story: Story) -> None:
    story.submitted().accepted().dispatched().wait(days=3).signed()

    clocks = Clock.objects.in_county(story.cast.county)
    assert clocks.get(kind=ClockKind.SIGN).late_days == 2
    assert clocks.get(kind=ClockKind.HANDLE).due_on == date(2026, 12, 1)


def test_another_unit_does_not_sign(story: Story) -> None:
    story.submitted().accepted().dispatched()

    with pytest.raises(NotAllowed, match="承办单位"):
        sign(story.part(story.cast.finance), by=story.cast.li, at=story.at)


def test_a_part_is_signed_once(story: Story) -> None:
    story.submitted().accepted().dispatched()
    stale = story.part(story.cast.finance)
    story.signed()

    with pytest.raises(StaleState):
        sign(stale, by=story.cast.zhu, at=story.at)
