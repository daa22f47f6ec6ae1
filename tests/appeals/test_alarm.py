"""即时提醒县办: what cannot wait is told at once, at night too, and once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qifu.appeals.actions.alarming import alarm
from qifu.appeals.actions.confiding import keep_confidential
from qifu.notices.models import Notice, State
from tests.appeals.rounds import bodies
from tests.cast import COUNTY, Cast
from tests.story import Story, lay_rules

SEWER = "厂门口污水外溢三天了，堵点不知道在哪里，味道很大，货车司机都有意见。"


@pytest.fixture
def story(cast: Cast) -> Story:
    lay_rules(cast.county)
    return Story(cast)


def said(story: Story, problem: str, firm: str, phone: str) -> Story:
    cast = story.cast
    other = Story(cast, at=story.at)
    return other.submitted(
        cast.clerk, problem=problem, enterprise_name=firm, contact_phone=phone
    ).accepted()


def test_what_is_said_in_urgent_words_is_told_to_the_office_at_once_and_once(story: Story) -> None:
    story.wait(hours=13).submitted(problem="隔壁仓库气罐泄漏，我们不敢开工，请马上来人。")

    first, second = (alarm(COUNTY, at=story.at + timedelta(minutes=m)) for m in (1, 11))

    assert (first, second) == (1, 0)
    assert bodies("O2") == [f"编号{story.appeal.number}：企业说得很急，请马上看。"] * 2


def test_who_has_looked_at_it_is_not_told_again(story: Story) -> None:
    story.submitted(problem="隔壁仓库气罐泄漏，我们不敢开工。").accepted()

    assert alarm(COUNTY, at=story.at) == 0


def test_three_enterprises_that_say_the_same_in_three_days_are_one_matter(story: Story) -> None:
    first = said(story, SEWER, "清泉饮品", "13900000011")
    said(story, SEWER, "长岭山味", "13900000012")
    assert alarm(COUNTY, at=story.at) == 0
    said(story, SEWER, "皖西灯饰", "13900000013")

    assert alarm(COUNTY, at=story.at) == 1
    assert alarm(COUNTY, at=story.at + timedelta(hours=1)) == 0
    (words, _) = bodies("O2")
    assert f"3天内3家企业反映了同样的事，最早的是编号{first.appeal.number}" in words


def test_one_enterprise_that_says_it_thrice_is_no_matter_of_many(story: Story) -> None:
    for _ in range(3):
        said(story, SEWER, "清泉饮品", "13900000011")

    assert alarm(COUNTY, at=story.at) == 0


def test_a_confidential_case_raises_no_alarm(story: Story) -> None:
    story.submitted(problem="有人围堵厂门，不要让别人知道是我们说的。")
    keep_confidential(story.fresh(), by=story.cast.boss, at=story.at)

    assert alarm(COUNTY, at=story.at) == 0


def test_more_than_five_in_a_hundred_messages_lost_are_told_once_a_day(story: Story) -> None:
    story.submitted()
    (one, *_) = Notice.objects.in_county(COUNTY)
    for place in range(20):
        state = State.FAILED if place < 2 else State.SENT
        Notice.objects.bulk_create(
            [
                Notice(
                    county=COUNTY,
                    kind="U1",
                    dedup=f"U1:{place}",
                    address_kind=one.address_kind,
                    address="13900000009",
                    body="新交办1件",
                    why="",
                    state=state,
                    made_at=story.at,
                    hold_until=story.at,
                    due_at=story.at,
                )
            ]
        )

    assert alarm(COUNTY, at=story.at + timedelta(hours=1)) == 1
    assert alarm(COUNTY, at=story.at + timedelta(hours=2)) == 0
    assert "20条通知有2条没有送达" in bodies("O2")[0]


def test_the_other_county_is_not_told(story: Story, other_cast: Cast) -> None:
    lay_rules(other_cast.county)
    story.submitted(problem="隔壁仓库气罐泄漏。我们不敢开工。")

    assert alarm(other_cast.county, at=story.at) == 0
