"""办结: an ASSIST that never answered is called off with its case, and its clocks stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qifu.appeals.actions.calling import Call, conclude_call
from qifu.appeals.actions.rating import close, close_unrated
from qifu.appeals.actions.returning import rule_return, send_back_to_office
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import (
    Callback,
    CallbackOutcome,
    Clock,
    Grade,
    Return,
    ReturnReason,
    Solved,
)
from qifu.appeals.reconciling import drifts
from qifu.kernel.errors import StaleState
from tests.cast import COUNTY
from tests.copies import like
from tests.story import GOOD, Story

BAD = replace(GOOD, grade=Grade.POOR, solved=Solved.NO)
FINE = Call(CallbackOutcome.SATISFIED, contacted=True, solved=Solved.YES, grade=Grade.GOOD)


@pytest.fixture
def answered(story: Story) -> Story:
    """The LEAD has answered; 县人社局, which helps, has not even signed."""
    return story.walked(story.cast.labour)


def running(story: Story) -> list[str]:
    rows = Clock.objects.in_county(COUNTY).filter(appeal=story.appeal, stopped_at=None)
    return list(rows.values_list("kind", flat=True))


def rated(story: Story) -> None:
    story.rated()


def closed_unrated(story: Story) -> None:
    close(story.fresh(), by=None, at=story.wait(days=10).at)


def closed_by_the_round(story: Story) -> None:
    close_unrated(COUNTY, at=story.wait(days=10).at)


def called(story: Story) -> None:
    story.rated(BAD)
    row = Callback.objects.in_county(COUNTY).select_related("appeal__contact").latest("pk")
    assert story.part(story.cast.labour).state == Work.DISPATCHED
    conclude_call(row, FINE, by=story.cast.xu, at=story.at)


@pytest.mark.parametrize("ends", [rated, closed_unrated, closed_by_the_round, called])
def test_its_clocks_stop_when_the_case_ends(answered: Story, ends: Callable[[Story], None]) -> None:
    assert sorted(running(answered)) == ["HANDLE", "SIGN"]

    ends(answered)

    assert answered.fresh().state == State.CLOSED
    part = answered.part(answered.cast.labour)
    assert (part.state, part.due_on) == (Work.CALLED_OFF, None)
    assert running(answered) == []
    assert list(drifts(COUNTY)) == []


def test_until_then_it_still_owes_its_answer(answered: Story) -> None:
    answered.rated(BAD)

    assert answered.appeal.state == State.CALLBACK
    assert answered.part(answered.cast.labour).state == Work.DISPATCHED
    assert list(drifts(COUNTY)) == []


def test_its_return_needs_no_ruling_any_more(answered: Story) -> None:
    cast = answered.cast
    part = answered.part(cast.labour)
    send_back_to_office(part, ReturnReason.OTHER_LEAD, "三定", by=cast.li, at=answered.at)

    answered.rated()

    row = Return.objects.in_county(COUNTY).select_related("appeal", "assignment__appeal").get()
    with pytest.raises(StaleState):
        rule_return(row, upheld=True, words="成立", by=cast.zhou, at=answered.at)
    assert running(answered) == []


def test_the_nightly_question_finds_a_clock_that_runs_on_an_ended_case(answered: Story) -> None:
    answered.rated()
    stopped = Clock.objects.in_county(COUNTY).filter(appeal=answered.appeal).earliest("pk")
    like(stopped, stopped_at=None).save()

    assert any("还在走" in str(drift) for drift in drifts(COUNTY))
