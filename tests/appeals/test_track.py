"""列入计划: a day is given, qifu asks again, and what was broken stays broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from qifu.appeals.actions import milestones as planning
from qifu.appeals.actions import publishing
from qifu.appeals.actions.noting import tell_meanwhile
from qifu.appeals.actions.promising import break_due, break_promise, keep
from qifu.appeals.actions.recomputing import recompute_open
from qifu.appeals.actions.withdrawing import withdraw
from qifu.appeals.ledger import reach, sums
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import (
    Answer,
    Clock,
    Milestone,
    Promise,
    PromiseState,
    WithdrawalReason,
)
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import ClockKind, Outcome
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.organisations.open_things import open_for
from tests.appeals.put_off import DAY, PLANNED, owed, put_off, running, told
from tests.appeals.rounds import bodies, on
from tests.cast import COUNTY
from tests.story import Story


def test_the_answer_goes_out_and_the_matter_is_not_over(story: Story) -> None:
    put_off(story)

    appeal, part, row = story.fresh(), story.part(story.cast.finance), owed(story)
    assert (appeal.state, part.state, appeal.outcome) == (
        State.TRACKING,
        Work.TRACKING,
        Outcome.PLANNED,
    )
    assert (row.state, row.due_on, row.what.body, row.turn) == (
        PromiseState.OPEN,
        DAY,
        "进园道路拓宽到6米",
        1,
    )
    # A stage reply is asked for 15 working days on, which is before the day.
    clock = running(story)
    assert (clock.kind, clock.due_on, clock.promised_on) == (
        ClockKind.TRACKING,
        date(2026, 12, 15),
        DAY,
    )
    assert appeal.due_on == part.due_on == clock.due_on
    assert bodies("E9") == []
    (letter,) = bodies("E7T")
    assert "县金融办列入计划，承诺12月18日前办成" in letter
    assert told(story)[0] == "县金融办列入计划"
    assert list(drifts(COUNTY)) == []


def test_locally_the_leaders_signature_gives_the_day(story: Story) -> None:
    cast = story.cast
    story.lodged_locally().replied(PLANNED, unit=cast.township, by=cast.qian).approved(cast.sun)

    assert (story.appeal.state, story.part(cast.township).state) == (
        State.TRACKING,
        Work.TRACKING,
    )
    publishing.recall(story.reread(), by=cast.sun, at=story.at + timedelta(seconds=59))
    assert (story.fresh().state, story.part(cast.township).state) == (
        State.APPROVAL,
        Work.APPROVAL,
    )
    assert running(story).kind == ClockKind.HANDLE
    assert list(drifts(COUNTY)) == []


def test_undone_within_the_minute_nothing_was_promised(story: Story) -> None:
    put_off(story)

    publishing.recall(story.reread(), by=story.cast.wu, at=story.at + timedelta(seconds=59))

    assert (story.fresh().state, story.appeal.outcome) == (State.REVIEW, "")
    (row,) = Promise.objects.in_county(COUNTY)
    assert row.state == PromiseState.CALLED_OFF
    assert running(story).kind == ClockKind.REVIEW
    assert list(drifts(COUNTY)) == []
    story.published()
    assert (owed(story).turn, story.appeal.state) == (2, State.TRACKING)


def test_the_minute_over_the_word_is_given(story: Story) -> None:
    put_off(story).wait(seconds=61)

    with pytest.raises(StaleState, match="不能撤回"):
        publishing.recall(story.reread(), by=story.cast.wu, at=story.at)


def test_a_day_that_has_come_before_anybody_read_of_it_is_not_sent(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    story.replied(replace(PLANNED, promised_on=date(2026, 11, 25))).approved().wait(days=1)

    with pytest.raises(StaleState, match="退回，改写承诺日期"):
        story.published()


def test_it_says_what_and_by_when_and_the_leader_signs_even_a_question(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    with pytest.raises(InvalidInput, match="承诺办成什么"):
        story.replied(replace(PLANNED, promise=" "))
    with pytest.raises(InvalidInput, match="最多60个字"):
        story.replied(replace(PLANNED, promise="长" * 61))

    story.replied(PLANNED)

    assert story.appeal.state == State.APPROVAL


def test_a_stage_reply_begins_the_fifteen_days_anew_but_never_past_the_day(story: Story) -> None:
    put_off(story)

    def tell(at: datetime) -> None:
        tell_meanwhile(story.part(story.cast.finance), "路基已压实。", by=story.cast.zhu, at=at)

    tell(on(2, 9, month=12))
    assert running(story).due_on == DAY
    tell(on(17, 9, month=12))
    assert running(story).due_on == DAY
    before = running(story).pk
    tell(on(18, 9, month=12))
    break_due(COUNTY, at=on(19, 0, 25, month=12))
    tell(on(21, 9, month=12))

    # Nobody stops his own clock by talking.
    assert running(story).pk == before
    assert story.fresh().due_on == DAY
    assert list(drifts(COUNTY)) == []


def test_the_way_is_planned_in_steps_that_the_enterprise_sees(story: Story) -> None:
    put_off(story)
    cast, part = story.cast, story.part(story.cast.finance)

    row = planning.add_milestone(part, "征地协议签完", date(2026, 12, 4), by=cast.zhu, at=story.at)
    planning.finish_milestone(row, by=cast.zhu, at=on(3, 9, month=12))

    (kept,) = Milestone.objects.in_county(COUNTY)
    assert (kept.turn, kept.done_on) == (1, date(2026, 12, 3))
    assert told(story)[:2] == ["县金融办办完一步", "县金融办定了一步"]
    with pytest.raises(StaleState):
        planning.finish_milestone(row, by=cast.zhu, at=story.at)
    with pytest.raises(InvalidInput, match="早于今天"):
        planning.add_milestone(part, "早该办的", date(2026, 11, 1), by=cast.zhu, at=story.at)
    with pytest.raises(NotAllowed):
        planning.add_milestone(part, "别人的", DAY, by=cast.li, at=story.at)


def test_withdrawn_the_promise_is_called_off_and_counted_nowhere(story: Story) -> None:
    put_off(story)

    withdraw(story.appeal, WithdrawalReason.SETTLED, by=story.cast.boss, at=story.at)

    assert story.fresh().state == State.WITHDRAWN
    (row,) = Promise.objects.in_county(COUNTY)
    assert row.state == PromiseState.CALLED_OFF
    assert story.part(story.cast.finance).state == Work.CALLED_OFF
    assert Clock.objects.in_county(COUNTY).filter(stopped_at=None).count() == 0


def test_who_leaves_leaves_the_promise_to_somebody(story: Story) -> None:
    put_off(story)

    found = {each.family.code: each for each in open_for(story.cast.zhu, story.at.date())}

    assert "承诺12月18日前办成" in found["CASES"].things[0].title


def test_the_ratio_counts_what_is_known_and_nothing_else(story: Story) -> None:
    rows = Promise.objects.visible_to(story.cast.wang, DAY).standing()
    put_off(story)
    unknown = sums(rows, reach(COUNTY, story.at)).ratio
    break_promise(
        owed(story), "推迟", date(2026, 12, 28), by=story.cast.zhu, at=on(18, 9, month=12)
    )
    broken = sums(rows, reach(COUNTY, on(18, 9, month=12)))
    keep(owed(story), "路通了", by=story.cast.zhu, at=on(25, 9, month=12))

    ratio = sums(rows, reach(COUNTY, on(25, 9, month=12))).ratio

    assert (unknown.kept, unknown.due, unknown.percent) == (0, 0, "")
    assert (broken.ratio.percent, broken.by_stretch["open"]) == ("0%", 1)
    assert (ratio.kept, ratio.due, ratio.percent) == (1, 2, "50%")


def test_no_new_calendar_moves_a_promise(story: Story) -> None:
    put_off(story)

    recompute_open(COUNTY, by=None, at=story.at)

    assert owed(story).due_on == DAY
    assert running(story).promised_on == DAY


def test_nothing_of_the_other_county_is_promised_here(story: Story, other_story: Story) -> None:
    put_off(story)
    put_off(other_story)

    for each in (story, other_story):
        rows = Promise.objects.visible_to(each.cast.wang, DAY)
        assert {row.county for row in rows} == {each.cast.county}
    assert break_due(COUNTY, at=on(19, 1, month=12)) == 1
    assert owed(other_story).state == PromiseState.OPEN
    assert Answer.objects.in_county(COUNTY).get().promise is not None
