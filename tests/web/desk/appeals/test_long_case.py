"""A case with 200 events and nine units: twelve queries, and a reader who still finds his way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from qifu.appeals.reconciling import drifts
from tests.long_story import EVENTS, long_story
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf, case, partly
from tests.web.portal.reading import queries_at_most

ENTRY = re.compile(r'<li class="is-(?:public|internal)')
WHOLE = re.compile(r"显示全部(\d+)条")


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def long(story: Story) -> Story:
    return long_story(story)


def test_it_asks_twelve_times_at_most_whoever_looks(long: Story, seat: SeatOf) -> None:
    cast = long.cast
    # What every page of the process reads once.
    seat(cast.wang).get(case(long))
    for user in (cast.wang, cast.zhou, cast.wu, cast.zhu, cast.chen, cast.li, cast.sun):
        client = seat(user)
        client.get("/desk/")
        for more in ("", "?all=1"):
            with queries_at_most(12):
                assert client.get(f"{case(long)}{more}").status_code == 200
    assert list(drifts(cast.county)) == []


def test_the_newest_come_first_and_the_older_are_a_link_away(long: Story, seat: SeatOf) -> None:
    zhou = seat(long.cast.zhou)

    short = zhou.get(case(long)).content.decode()
    whole = zhou.get(f"{case(long)}?show=&all=1").content.decode()

    assert len(ENTRY.findall(short)) == 30
    assert 'href="?show=&amp;all=1#history"' in short
    (count,) = WHOLE.findall(short)
    assert int(count) == len(ENTRY.findall(whole)) >= EVENTS - 5
    assert "显示全部" not in whole
    assert "提出诉求" not in short.partition('id="history"')[2]
    assert "提出诉求" in whole
    assert short.count("<tr><td>") >= 9


def test_one_side_of_a_long_history_is_folded_too(long: Story, seat: SeatOf) -> None:
    zhou = seat(long.cast.zhou)

    public = partly(zhou, f"{case(long)}?show=public").content.decode()

    assert 'href="?show=public&amp;all=1#history"' in public
    assert "is-internal" not in public


def test_a_short_history_is_not_folded(story: Story, seat: SeatOf) -> None:
    story.walked()

    assert "显示全部" not in seat(story.cast.zhou).get(case(story)).content.decode()
