"""合并: two say the same; one of them goes with the other and is answered with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from qifu.appeals.actions.accepting import decline
from qifu.appeals.actions.escalating import Plea, UpperFacts, escalate
from qifu.appeals.actions.following import follow_parents
from qifu.appeals.actions.merging import merge, unmerge
from qifu.appeals.actions.publishing import recall
from qifu.appeals.actions.returning import rule_return, send_back_to_office
from qifu.appeals.actions.withdrawing import withdraw
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import (
    Answer,
    Appeal,
    Clock,
    Grade,
    Level,
    Merger,
    ReturnReason,
    Solved,
    StuckBy,
    WithdrawalReason,
)
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import DeclineReason
from qifu.appeals.timeline import entries
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from tests.story import GOOD, PROBLEM, SOLVED, Story

WHY = "同一条线路停电"


def another(story: Story, **more: Any) -> Story:
    """Another enterprise, which says the same."""
    other = Story(story.cast, at=story.at)
    said: dict[str, Any] = {"enterprise_name": "皖西灯饰", "contact_phone": story.cast.clerk.phone}
    return other.submitted(story.cast.clerk, **{**said, **more})


def merged(child: Story, parent: Story) -> Story:
    merge(child.fresh(), parent.fresh(), WHY, by=child.cast.zhou, at=parent.at)
    child.fresh(), parent.fresh()
    return child


def minutes_pass(story: Story) -> None:
    story.wait(minutes=2)
    follow_parents(story.cast.county, at=story.at)


def test_a_merged_case_waits_with_its_parent_and_stops_the_offices_clock(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()

    child = merged(another(story), story)

    assert (child.appeal.state, child.appeal.due_on) == (State.MERGED, None)
    assert (child.appeal.merged_into_id, story.appeal.followers) == (story.appeal.pk, 1)
    clocks = Clock.objects.in_county(story.cast.county).filter(appeal=child.appeal)
    assert not clocks.filter(stopped_at=None).exists()
    kinds = Notice.objects.in_county(story.cast.county).values_list("kind", "address", "body")
    assert [(kind, to) for kind, to, _ in kinds if kind == "E1M"] == [
        ("E1M", story.cast.clerk.phone)
    ]
    told = next(body for kind, _, body in kinds if kind == "U10")
    assert story.appeal.number in told
    assert "灯饰" not in told
    assert list(drifts(story.cast.county)) == []


def test_it_is_answered_with_its_parent_and_rates_for_itself(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    child = merged(another(story), story)
    said = replace(SOLVED, body="立夏茶业有限公司的款12月1日放，吴经理已知。")
    story.replied(said).approved().published()

    assert follow_parents(story.cast.county, at=story.at) == 0  # it may still be recalled
    minutes_pass(story)

    appeal = child.fresh()
    assert (appeal.state, appeal.outcome) == (State.TO_EVALUATE, "SOLVED")
    assert appeal.lead_unit == story.cast.finance
    child.answer = Answer.objects.in_county(story.cast.county).get(follows=story.reread())
    body = child.reread().body.body
    assert "立夏" not in body
    assert "吴经理" not in body
    assert "12月1日放" in body
    assert child.answer.evidence is None  # another's paper
    child.at = story.at
    child.rated()
    assert (child.appeal.state, story.fresh().state) == (State.CLOSED, State.TO_EVALUATE)
    letters = Notice.objects.in_county(story.cast.county).filter(kind="E9")
    assert {each.address for each in letters} == {story.cast.boss.phone, story.cast.clerk.phone}
    assert list(drifts(story.cast.county)) == []


def test_the_same_enterprise_reads_the_answer_as_it_is(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    again = Story(story.cast, at=story.at).submitted()
    child = merged(again, story)
    story.replied(replace(SOLVED, body="吴经理，款12月1日放。")).approved().published()

    minutes_pass(story)

    copy = Answer.objects.in_county(story.cast.county).select_related("body", "evidence")
    row = copy.get(appeal=child.appeal)
    assert row.body.body == "吴经理，款12月1日放。"
    assert row.evidence is not None


def test_a_recalled_answer_is_not_passed_on(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    child = merged(another(story), story)
    story.replied().approved().published()

    recall(story.reread(), by=story.cast.wu, at=story.wait(seconds=30).at)
    minutes_pass(story)

    assert child.fresh().state == State.MERGED


def test_an_unhappy_one_is_called_and_handled_by_itself(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    child = merged(another(story), story)
    story.replied().approved().published()
    minutes_pass(story)
    child.answer = Answer.objects.in_county(story.cast.county).get(appeal=child.appeal)
    child.appeal = child.fresh()

    child.at = story.at
    child.rated(replace(GOOD, grade=Grade.POOR, solved=Solved.NO))

    assert (child.appeal.state, story.fresh().state) == (State.CALLBACK, State.TO_EVALUATE)


def test_withdrawn_or_declined_the_parent_lets_it_go(story: Story) -> None:
    story.submitted()
    child = merged(another(story), story)
    withdraw(story.appeal, WithdrawalReason.SETTLED, by=story.cast.boss, at=story.at)

    minutes_pass(story)

    appeal = child.fresh()
    assert (appeal.state, appeal.merged_into) == (State.SUBMITTED, None)
    assert appeal.due_on == date(2026, 11, 25)
    second = Story(story.cast, at=story.at).submitted()
    merged(child, second)
    decline(second.fresh(), DeclineReason.OUTSIDE, by=story.cast.zhou, at=story.at)
    minutes_pass(story)
    assert child.fresh().state == State.SUBMITTED
    assert list(drifts(story.cast.county)) == []


def test_a_wrong_merger_is_undone_while_there_is_no_answer(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    child = merged(another(story), story)

    unmerge(child.appeal, "不是一条线路", by=story.cast.zhou, at=story.at)

    assert (child.fresh().state, story.fresh().followers) == (State.SUBMITTED, 0)
    row = Merger.objects.in_county(story.cast.county).get()
    assert row.undone_by == story.cast.zhou
    merged(child, story)
    story.replied().approved().published()
    minutes_pass(story)
    with pytest.raises(StaleState):
        unmerge(child.fresh(), "不是", by=story.cast.zhou, at=story.at)


def test_no_chain_and_no_ring(story: Story) -> None:
    story.submitted()
    child, third = merged(another(story), story), another(story)

    with pytest.raises(StaleState, match="已有1件合并到这一件"):
        merged(story, third)
    with pytest.raises(InvalidInput, match="只能合并到还没答复的"):
        merged(third, child)
    with pytest.raises(InvalidInput, match="不能合并到自己"):
        merged(third, third)
    third.accepted()
    story.walked()
    with pytest.raises(InvalidInput, match="只能合并到还没答复的"):
        merged(third, story)


def test_only_a_clerk_merges_and_only_within_the_county(story: Story, other_story: Story) -> None:
    story.submitted()
    child = another(story)
    other_story.submitted()

    with pytest.raises(NotAllowed, match="受理员"):
        merge(child.appeal, story.appeal, WHY, by=story.cast.wu, at=story.at)
    with pytest.raises(InvalidInput, match="本县"):
        merge(child.appeal, other_story.appeal, WHY, by=story.cast.zhou, at=story.at)
    with pytest.raises(InvalidInput, match="为什么"):
        merge(child.appeal, story.appeal, " ", by=story.cast.zhou, at=story.at)
    with pytest.raises(NotAllowed):
        merge(child.appeal, story.appeal, WHY, by=other_story.cast.zhou, at=story.at)


def test_the_same_form_twice_merges_once(story: Story) -> None:
    story.submitted()
    child = another(story)
    seen = Appeal.objects.in_county(story.cast.county).get(pk=child.appeal.pk)
    merge(child.appeal, story.appeal, WHY, by=story.cast.zhou, at=story.at, key="m")

    with pytest.raises(AlreadyDone):
        merge(seen, story.fresh(), WHY, by=story.cast.zhou, at=story.at, key="m")

    assert story.fresh().followers == 1


def test_who_helps_a_merged_case_is_called_off(story: Story) -> None:
    story.submitted()
    child = another(story)
    child.accepted().dispatched(story.cast.labour)
    part = child.part(story.cast.finance)
    # The LEAD's part comes back, the helper's stays.
    row = send_back_to_office(part, ReturnReason.OTHER_LEAD, "三定", by=story.cast.zhu, at=story.at)
    rule_return(row, upheld=True, words="成立", by=story.cast.zhou, at=story.at)

    merged(child, story)

    assert child.part(story.cast.labour).state == Work.CALLED_OFF
    assert list(drifts(story.cast.county)) == []


def test_the_enterprise_hears_of_the_parents_progress_and_none_of_its_words(story: Story) -> None:
    story.submitted().accepted().dispatched()
    child = merged(another(story), story)
    story.signed()
    minutes_pass(story)

    told = entries(child.fresh(), internal=False)

    said = "".join(f"{each.title}{each.sentence}" for each in told)
    assert "县金融办已签收" in said
    assert "交给县金融办办" in said
    assert story.appeal.number not in said
    assert PROBLEM[:10] not in said
    assert "立夏" not in said
    inside = "".join(each.sentence for each in entries(child.appeal, internal=True))
    assert story.appeal.number in inside


def test_days_later_it_is_still_passed_on(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    child = merged(another(story), story)
    story.replied().approved().published().rated()

    follow_parents(story.cast.county, at=story.at + timedelta(days=3))

    assert child.fresh().state == State.TO_EVALUATE


def test_what_lies_with_the_city_takes_in_another_that_says_the_same(story: Story) -> None:
    story.submitted().accepted()
    plea = Plea(Level.CITY, "市自然资源和规划局", StuckBy.POWER, "跑了两次市局", "请批临时指标")
    told = UpperFacts("CITY", "皖N-2026-118", date(2026, 12, 8), "市局利用科")
    escalate(story.fresh(), plea, told, by=story.cast.zhou, at=story.at)

    child = merged(another(story), story)

    assert child.appeal.state == State.MERGED
    assert story.fresh().followers == 1
