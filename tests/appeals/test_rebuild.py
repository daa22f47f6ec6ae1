"""The journal suffices: every table of the room comes back from it, equal row by row."""

import psycopg
import pytest

from qifu.appeals.actions.publishing import recall, rework
from qifu.appeals.actions.working import hand_up
from qifu.appeals.models import (
    Answer,
    Appeal,
    Assignment,
    Clock,
    Dispatch,
    HandUp,
    Rating,
    Recall,
    Review,
    Signature,
)
from qifu.journal.rebuild import differences, rebuild
from tests.journal import empty_tables
from tests.story import Story

ROOM = (Appeal, Assignment, Clock, Rating, Answer, Dispatch, Signature, Review, Recall, HandUp)


@pytest.fixture
def told(story: Story, other_story: Story) -> Story:
    """Cases on every way that there is."""
    story.walked(story.cast.labour).rated()
    local = Story(story.cast).lodged_locally()
    hand_up(local.part(local.cast.township), "FUND", "试过", by=local.cast.qian, at=local.at)
    local.fresh()
    local.dispatched().signed().replied().approved()
    rework(local.reread(), "写明日期", by=local.cast.wu, at=local.at)
    local.fresh()
    local.replied().approved().published()
    recall(local.reread(), by=local.cast.wu, at=local.at)
    other_story.walked()
    return story


@pytest.mark.django_db(transaction=True)
def test_the_whole_room_is_rebuilt_into_empty_tables(
    told: Story, as_superuser: psycopg.Connection
) -> None:
    county = told.cast.county
    empty_tables.make_empty(as_superuser, *ROOM)

    for model, rows in rebuild(county, ROOM).items():
        empty_tables.fill(as_superuser, model, rows)

        assert len(rows) == model._base_manager.filter(county=county).count() > 0
        assert empty_tables.differing(as_superuser, model, county) == 0


def test_a_rating_made_better_by_hand_is_found(told: Story) -> None:
    county = told.cast.county
    rows = rebuild(county, [Rating])[Rating]
    assert list(differences(county, Rating, rows)) == []

    Rating._base_manager.update(grade=5)

    (found,) = differences(county, Rating, rows)
    assert found.column == "grade"
