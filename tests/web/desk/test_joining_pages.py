"""What the desk shows where cases may say the same and go together, and what it costs."""

from __future__ import annotations

import pytest
from django.test import Client

from qifu.appeals.actions.following import follow_parents
from qifu.appeals.actions.merging import merge
from qifu.appeals.lifecycle import State
from qifu.kernel.clock import now
from tests.cast import Cast
from tests.story import Story, lay_rules
from tests.web.desk.test_bend_steps import case_page, desk, seen


@pytest.fixture
def story(cast: Cast) -> Story:
    lay_rules(cast.county)
    return Story(cast, at=now())


@pytest.fixture
def other(story: Story) -> Story:
    """Another enterprise that says the same; both are accepted."""
    story.submitted().accepted()
    said = {"enterprise_name": "皖西灯饰", "contact_phone": story.cast.clerk.phone}
    return Story(story.cast, at=story.at).submitted(story.cast.clerk, **said).accepted()


def joined(other: Story, story: Story) -> None:
    merge(other.fresh(), story.fresh(), "同一条线路", by=story.cast.zhou, at=story.at)
    other.fresh(), story.fresh()


def test_the_clerk_sees_why_two_may_be_one(story: Story, other: Story) -> None:
    zhou = story.cast.zhou

    page = seen(zhou, f"{case_page(other)}duplicates/")

    assert story.appeal.number in page
    assert "用词重合100%" in page
    assert "同一类别" in page
    assert "同一企业" not in page
    assert "<mark>" in page
    assert f"mergers/?into={story.appeal.number}" in page
    assert "可能重复…" in seen(zhou, case_page(other))
    assert story.appeal.number in seen(zhou, f"{case_page(other)}dispatches/")
    third = Story(story.cast, at=story.at).submitted()
    assert story.appeal.number in seen(zhou, f"{case_page(third)}acceptances/")


def test_where_nothing_is_alike_it_says_so(story: Story) -> None:
    story.submitted()

    assert "没有发现重复的" in seen(story.cast.zhou, f"{case_page(story)}duplicates/")


def test_a_merged_case_says_so_and_leads_to_its_parent(story: Story, other: Story) -> None:
    cast, path = story.cast, f"{case_page(other)}mergers/"

    form = seen(cast.zhou, f"{path}?into={story.appeal.number}")
    refused = desk(cast.zhou).post(path, {"into": "2026-9999", "words": "同一件"})
    done = desk(cast.zhou).post(path, {"into": story.appeal.number, "words": "同一件"})

    assert "合并到别件" in form
    assert (refused.status_code, done.status_code) == (422, 303)
    assert "没有这个编号的诉求" in refused.content.decode()
    page = seen(cast.zhou, case_page(other))
    assert f"随主件{story.appeal.number}办理" in page
    assert case_page(story) in page
    assert "撤销合并…" in page
    assert "合并1件" in seen(cast.zhou, case_page(story))
    assert other.appeal.number in seen(cast.zhou, f"{case_page(story)}duplicates/")
    assert other.appeal.number in seen(cast.zhou, "/desk/queues/merged/")
    assert other.appeal.number not in seen(cast.zhou, "/desk/queues/ended/")


def test_an_undone_merger_is_back_in_the_queue(story: Story, other: Story) -> None:
    joined(other, story)
    path = f"{case_page(other)}unmergers/"

    assert "回到待受理" in seen(story.cast.zhou, path)
    assert desk(story.cast.zhou).post(path, {"words": "不是"}).status_code == 303

    assert other.fresh().state == State.SUBMITTED
    assert other.appeal.number in seen(story.cast.zhou, "/desk/queues/to-accept/")


def test_the_answer_of_a_merged_case_says_whose_it_is(story: Story, other: Story) -> None:
    story.dispatched().signed()
    joined(other, story)
    story.replied().approved().published().wait(minutes=2)
    follow_parents(story.cast.county, at=story.at)

    page = seen(story.cast.zhou, case_page(other))

    assert "随主件答复" in page
    assert "撤回发布" not in page


def test_the_reviewer_sees_who_else_gets_the_answer(story: Story, other: Story) -> None:
    story.dispatched().signed()
    joined(other, story)
    story.replied().approved()

    page = seen(story.cast.wu, case_page(story))

    assert "还会发给合并来的1家" in page
    assert other.appeal.enterprise_name in page


def test_the_enterprise_of_a_merged_case_may_ask_and_take_it_back(
    story: Story, other: Story
) -> None:
    story.dispatched().signed()
    joined(other, story)
    client, path = Client(), f"/appeals/{other.appeal.number}/"
    client.force_login(story.cast.clerk)

    page = client.get(path).content.decode()
    assert "催一催" in page
    assert "撤回…" in page
    assert client.post(f"{path}urges/", {"words": "急"}).status_code == 303
    assert client.post(f"{path}withdrawals/", {"reason": "SETTLED"}).status_code == 303

    assert (story.fresh().urged, story.appeal.followers) == (1, 0)
    assert "您撤回了" in client.get(path).content.decode()
    assert "您撤回了" in client.get(f"{path}next/").content.decode()
