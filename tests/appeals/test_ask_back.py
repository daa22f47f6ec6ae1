"""回问: some weeks after it was solved the enterprise is asked once whether the trouble is back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qifu.appeals.actions import asking_back
from qifu.appeals.actions.again import reopen
from qifu.appeals.actions.asking_back import ask_if_back
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal
from qifu.kernel.clock import local_date
from qifu.notices import outbox
from qifu.notices.models import Notice
from tests.appeals.rounds import PORT, bodies, on
from tests.cast import COUNTY, Cast
from tests.story import Story, lay_rules


@pytest.fixture
def story(cast: Cast) -> Story:
    """Solved and closed on Tuesday the 24th of November."""
    lay_rules(cast.county)
    return Story(cast).walked().rated()


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking_back, "is_drawn", lambda *_: True)


def test_after_25_days_it_is_asked_once_and_says_by_when_to_answer(story: Story) -> None:
    # The 25th day after is a Saturday: Monday the 21st of December.
    early, weekend = ask_if_back(COUNTY, at=on(18, 9, month=12)), on(19, 9, month=12)
    assert (early, ask_if_back(COUNTY, at=weekend)) == (0, 0)

    first, second = (ask_if_back(COUNTY, at=on(21, hour, month=12)) for hour in (9, 10))

    assert (first, second) == (1, 0)
    (said,) = bodies("E12")
    assert story.appeal.number in said
    assert "12月24日前登录告诉我们" in said
    assert story.appeal.title not in said


def test_who_is_not_drawn_is_left_alone(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking_back, "is_drawn", lambda *_: False)

    assert ask_if_back(COUNTY, at=on(21, 9, month=12)) == 0


def test_what_cannot_be_handled_again_any_more_is_not_asked_after(story: Story) -> None:
    assert ask_if_back(COUNTY, at=on(24, 9, month=12)) == 0


def test_handled_again_before_the_message_left_it_is_not_sent(story: Story) -> None:
    at = on(21, 9, month=12)
    ask_if_back(COUNTY, at=at)
    reopen(story.fresh(), "又停了", by=story.cast.boss, at=at)

    while outbox.sweep(at=at + timedelta(minutes=2), port=PORT):
        pass

    assert Notice.objects.in_county(COUNTY).get(kind="E12").state == "CANCELLED"
    assert ask_if_back(COUNTY, at=at) == 0


def test_what_was_not_solved_is_not_asked_after(story: Story) -> None:
    Appeal.objects.in_county(COUNTY).update(outcome="EXPLAINED")

    assert story.fresh().state == State.CLOSED
    assert ask_if_back(COUNTY, at=on(21, 9, month=12)) == 0


def test_the_other_county_is_not_asked(story: Story, other_cast: Cast) -> None:
    lay_rules(other_cast.county)

    assert ask_if_back(other_cast.county, at=on(21, 9, month=12)) == 0
    assert local_date(story.at) == on(24, 9).date()
