"""提不同意见: once, in time, with a reason."""

from __future__ import annotations

import pytest
from django.test import Client

from qifu.appeals.actions.accepting import decline
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Objection
from qifu.appeals.rules import DeclineReason
from tests.cast import COUNTY
from tests.story import Story
from tests.web.portal.reading import read, words

REASON = "厂在本县，有执照，2019年就在这里。"


@pytest.fixture
def refused(story: Story) -> Story:
    story.submitted()
    decline(story.fresh(), DeclineReason.OUTSIDE, by=story.cast.zhou, at=story.at)
    story.fresh()
    return story


def path_of(story: Story) -> str:
    return f"/appeals/{story.appeal.number}/objections/"


def test_a_reason_brings_the_case_back_to_the_office(refused: Story, boss: Client) -> None:
    assert "不在本县管辖范围" in read(boss, path_of(refused))

    answer = boss.post(path_of(refused), {"words": REASON})

    assert answer.headers["Location"] == f"/appeals/{refused.appeal.number}/"
    assert refused.fresh().state == State.SUBMITTED
    assert "县办会重新看" in read(boss, answer.headers["Location"])


def test_sent_twice_it_is_one(refused: Story, boss: Client) -> None:
    given = {"words": REASON, "once_key": "k"}

    answers = [boss.post(path_of(refused), given).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert Objection.objects.in_county(COUNTY).count() == 1


def test_without_a_reason_nothing_is_sent(refused: Story, boss: Client) -> None:
    answer = boss.post(path_of(refused), {"words": " "})

    assert answer.status_code == 422
    assert "还没写理由" in words(answer)


def test_a_second_refusal_is_final_and_the_words_are_not_lost(refused: Story, boss: Client) -> None:
    boss.post(path_of(refused), {"words": REASON})
    decline(refused.fresh(), DeclineReason.OUTSIDE, by=refused.cast.zhou, at=refused.at)
    assert "这是最终答复" in read(boss, f"/appeals/{refused.appeal.number}/")

    answer = boss.post(path_of(refused), {"words": "还是不同意，请再看看。"})

    assert answer.status_code == 409
    assert "最终答复" in words(answer)
    assert "还是不同意，请再看看。" in words(answer)
    assert "0564-7350000" in words(answer)


def test_too_late_is_said(story: Story, boss: Client) -> None:
    story.wait(days=-30).submitted()
    decline(story.fresh(), DeclineReason.OUTSIDE, by=story.cast.zhou, at=story.at)

    assert "期限已过" in read(boss, path_of(story))
    assert boss.post(path_of(story), {"words": REASON}).status_code == 409


def test_a_case_that_was_not_refused_has_nothing_to_disagree_with(
    story: Story, boss: Client
) -> None:
    story.submitted()

    assert "不用提" in read(boss, path_of(story))
    assert boss.post(path_of(story), {"words": REASON}).status_code == 409
