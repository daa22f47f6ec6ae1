"""回填: what came from above keeps its number and day, and its answer goes back with proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qifu.appeals.actions import accepting, confiding, following, lodging, merging, publishing
from qifu.appeals.actions.from_above import Ordered, Posted, post_back
from qifu.appeals.clocks import timing
from qifu.appeals.forwarded import DONE, LATE, orders_seen
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, PostBack, UpperOrder
from qifu.appeals.posting import owing, post_back_reading
from qifu.appeals.queues import horizon, office_tally
from qifu.appeals.rules import Channel, DeclineReason, ReplyChannel
from qifu.appeals.timeline import entries
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import User
from tests.appeals.test_turn_away import left
from tests.cast import COUNTY
from tests.story import ORDERED, Story

SAID = Posted(date(2026, 11, 24), "回执12号，填在“办理结果”栏")


def order(story: Story) -> UpperOrder:
    row = UpperOrder.objects.in_county(story.cast.county).get(appeal=story.appeal)
    row.appeal = story.fresh()
    return row


def posted(story: Story, said: Posted = SAID, *, by: User | None = None, key: str = "") -> PostBack:
    return post_back(order(story), said, by=by or story.cast.zhou, at=story.at, key=key)


def seen(story: Story, show: str = "", user: User | None = None) -> list[str]:
    who = user or story.cast.zhou
    within = owing(timing(who.county, story.at), story.at)
    rows = orders_seen(who, local_date(story.at), within, show)
    return [row.appeal.number for row in rows.order_by("due_on", "pk")]


@pytest.fixture
def answered(story: Story) -> Story:
    """A case from the city whose answer has gone out, ten minutes ago."""
    story.forwarded().accepted().dispatched().signed().replied().approved().published()
    return story.wait(minutes=10)


def test_what_came_along_is_asked_once_and_kept(story: Story) -> None:
    story.forwarded()

    row = order(story)
    assert (row.number, row.due_on) == ("六企办2026-118", ORDERED.due_on)
    assert story.appeal.reply_channel == ReplyChannel.CITY
    registered = entries(story.appeal, internal=True)[-1]
    assert "上级编号六企办2026-118" in registered.sentence


@pytest.mark.parametrize(
    ("ordered", "field"),
    [
        (None, "reply_channel"),
        (replace(ORDERED, reply_channel=ReplyChannel.HERE), "reply_channel"),
        (replace(ORDERED, number=" "), "upper_number"),
        (replace(ORDERED, number="号" * 41), "upper_number"),
        (replace(ORDERED, due_on=None), "upper_due_on"),
        (replace(ORDERED, due_on=date(2026, 11, 23)), "upper_due_on"),
    ],
)
def test_from_above_nothing_may_be_missing(
    story: Story, ordered: Ordered | None, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        story.forwarded(ordered)  # type: ignore[arg-type]

    assert refused.value.field == field
    assert not Appeal.objects.in_county(COUNTY).exists()


def test_whoever_rings_is_asked_nothing_of_it(story: Story) -> None:
    story.submitted(channel=Channel.WECHAT, ordered=ORDERED)

    assert story.appeal.reply_channel == ReplyChannel.HERE
    assert not UpperOrder.objects.in_county(COUNTY).exists()


def test_what_comes_from_above_comes_to_the_office(story: Story) -> None:
    cast = story.cast
    said = story.said(channel=Channel.UPPER, ordered=ORDERED)

    with pytest.raises(InvalidInput, match="由县办登记"):
        lodging.register(said, unit=cast.township, by=cast.qian, at=story.at)


def test_it_is_owed_from_when_the_answer_cannot_be_recalled(story: Story) -> None:
    story.forwarded().accepted().dispatched().signed().replied().approved()
    assert seen(story) == []
    story.published()
    assert seen(story) == []
    with pytest.raises(StaleState, match="过一分钟"):
        posted(story)

    story.wait(minutes=1)

    assert seen(story) == [story.appeal.number]


def test_recalled_it_is_owed_no_more(answered: Story) -> None:
    answered.wait(minutes=-10)
    publishing.recall(answered.reread(), by=answered.cast.wu, at=answered.at)

    assert seen(answered.wait(minutes=10)) == []
    with pytest.raises(StaleState, match="还没答复"):
        posted(answered)


def test_posted_back_with_proof_it_leaves_the_list(answered: Story) -> None:
    row = posted(answered)

    assert row.proof is not None
    assert (row.number, row.proof.body) == ("六企办2026-118", SAID.proof)
    assert (seen(answered), seen(answered, DONE)) == ([], [answered.appeal.number])
    newest = entries(answered.appeal, internal=True)[0]
    assert newest.title == "回填上级平台"
    assert "11月24日已在市平台填上答复，上级编号六企办2026-118" in newest.sentence
    assert newest.title not in [e.title for e in entries(answered.appeal, internal=False)]


def test_without_proof_or_on_an_odd_day_it_is_not_taken(answered: Story) -> None:
    for wrong, field in (
        (replace(SAID, proof=" "), "proof"),
        (replace(SAID, posted_on=date(2026, 11, 25)), "posted_on"),
        (replace(SAID, posted_on=date(2026, 11, 23)), "posted_on"),
    ):
        with pytest.raises(InvalidInput) as refused:
            posted(answered, wrong)
        assert refused.value.field == field


def test_only_the_office_posts_back(answered: Story) -> None:
    for nobody in (answered.cast.zhu, answered.cast.wu, answered.cast.xu, answered.cast.boss):
        with pytest.raises(NotAllowed):
            posted(answered, by=nobody)


def test_two_clerks_at_once_the_second_is_told(answered: Story) -> None:
    first, second = order(answered), order(answered)
    post_back(first, SAID, by=answered.cast.zhou, at=answered.at, key="once")

    with pytest.raises(AlreadyDone):
        post_back(first, SAID, by=answered.cast.zhou, at=answered.at, key="once")
    with pytest.raises(StaleState):
        post_back(second, SAID, by=answered.cast.wang, at=answered.at)
    assert PostBack.objects.in_county(COUNTY).count() == 1


def test_past_its_working_day_it_is_late(answered: Story) -> None:
    # Tuesday's answer is posted back by Wednesday.
    assert post_back_reading(answered.fresh(), answered.at).headline == "明天24:00到期"
    answered.wait(days=1)
    assert (seen(answered, LATE), len(seen(answered))) == ([], 1)

    answered.wait(days=1)

    assert seen(answered, LATE) == [answered.appeal.number]
    tally = office_tally(answered.cast.zhou, horizon(COUNTY, answered.at))
    assert (tally.owed.all, tally.owed.overdue) == (1, 1)


def test_the_weekend_is_nobodys_time(answered: Story) -> None:
    rows = Appeal.objects.in_county(COUNTY).filter(pk=answered.appeal.pk)
    # Friday's answer is posted back by Monday.
    rows.update(published_at=answered.at + timedelta(days=3))

    assert seen(answered.wait(days=6, minutes=1), LATE) == []
    assert seen(answered.wait(days=1), LATE) == [answered.appeal.number]


def test_answered_anew_it_is_owed_once_more(answered: Story) -> None:
    posted(answered)
    rows = Appeal.objects.in_county(COUNTY).filter(pk=answered.appeal.pk)
    rows.update(published_at=answered.at + timedelta(days=1))

    answered.wait(days=2)

    assert seen(answered) == [answered.appeal.number]
    posted(answered, replace(SAID, posted_on=local_date(answered.at)))
    assert PostBack.objects.in_county(COUNTY).count() == 2


def test_declined_or_answered_on_the_spot_is_owed_too(story: Story) -> None:
    story.forwarded()
    accepting.decline(story.fresh(), DeclineReason.OUTSIDE, by=story.cast.zhou, at=story.at)
    declined = story.appeal.number
    story.forwarded()
    accepting.answer_on_the_spot(
        story.fresh(), story.category, "到窗口办，当天办结。", by=story.cast.zhou, at=story.at
    )

    assert seen(story.wait(minutes=10)) == [declined, story.appeal.number]


def test_what_left_for_where_it_belongs_is_owed_too(story: Story) -> None:
    left(story.forwarded())

    assert seen(story.wait(minutes=10)) == [story.appeal.number]


def test_on_paper_nothing_is_filled_in(story: Story) -> None:
    story.forwarded(replace(ORDERED, reply_channel=ReplyChannel.PAPER)).accepted()
    story.dispatched().signed().replied().approved().published().wait(minutes=10)

    assert seen(story) == []
    with pytest.raises(StaleState):
        posted(story)


def test_a_merged_case_is_owed_when_its_parents_answer_comes_to_it(story: Story) -> None:
    parent = Story(story.cast, at=story.at).submitted().accepted().dispatched().signed()
    story.forwarded()
    merging.merge(story.fresh(), parent.fresh(), "同一件事", by=story.cast.zhou, at=story.at)
    parent.replied().approved().published()
    assert seen(story.wait(minutes=10)) == []

    following.follow_parents(COUNTY, at=story.at)

    assert story.fresh().state == State.TO_EVALUATE
    assert seen(story.wait(minutes=10)) == [story.appeal.number]


def test_a_confidential_one_is_seen_by_few(answered: Story) -> None:
    cast = answered.cast
    confiding.keep_confidential(answered.fresh(), "老板来电", by=cast.zhou, at=answered.at)

    assert seen(answered) == []
    assert seen(answered, user=cast.wang) == [answered.fresh().number]
    assert office_tally(cast.zhou, horizon(COUNTY, answered.at)).owed.all == 0


def test_another_county_sees_nothing_of_it(answered: Story, other_story: Story) -> None:
    assert seen(answered, user=other_story.cast.zhou) == []
    with pytest.raises(NotAllowed):
        posted(answered, by=other_story.cast.zhou)
