"""登记: staff write a case down; a township begins at once (属地化解)."""

from datetime import date

import pytest

from qifu.appeals.actions.lodging import register
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Clock
from qifu.appeals.rules import Channel, ClockKind
from qifu.kernel.errors import NotAllowed
from tests.story import Story


def test_at_a_township_the_same_clock_runs_there_from_the_first_second(story: Story) -> None:
    story.lodged_locally(category=story.category)

    appeal, part = story.fresh(), story.part(story.cast.township)
    clock = Clock.objects.in_county(story.cast.county).get()
    assert (appeal.state, appeal.local, appeal.proxy) == (State.LOCAL, True, True)
    assert (part.state, part.handler) == (Work.HANDLING, story.cast.qian)
    assert (clock.kind, clock.unit, clock.due_on) == (
        ClockKind.HANDLE,
        story.cast.township,
        date(2026, 12, 1),
    )


def test_at_the_office_it_waits_to_be_accepted_whatever_the_channel(story: Story) -> None:
    appeal = register(
        story.said(channel=Channel.PHONE), unit=story.cast.office, by=story.cast.zhou, at=story.at
    )

    assert (appeal.state, appeal.local, appeal.proxy) == (State.SUBMITTED, False, True)


def test_nobody_registers_for_a_unit_that_is_not_his(story: Story) -> None:
    with pytest.raises(NotAllowed):
        register(story.said(), unit=story.cast.park, by=story.cast.qian, at=story.at)


def test_a_leader_does_not_register(story: Story) -> None:
    with pytest.raises(NotAllowed):
        register(story.said(), unit=story.cast.township, by=story.cast.sun, at=story.at)
