"""属地化解、逐级上交: a township settles what it can and hands up what it cannot."""

from dataclasses import replace

import pytest

from qifu.appeals.actions.working import hand_up, take_over
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Answer, Clock
from qifu.appeals.rules import ClockKind
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from tests.story import SOLVED, Story


@pytest.fixture
def local(story: Story) -> Story:
    return story.lodged_locally()


def replied(local: Story) -> Story:
    return local.replied(SOLVED, unit=local.cast.township, by=local.cast.qian)


def test_the_leaders_signature_publishes_a_local_answer(local: Story) -> None:
    replied(local).approved(by=local.cast.sun)

    assert local.fresh().state == State.TO_EVALUATE
    assert local.part(local.cast.township).state == Work.DONE
    assert local.reread().state == Answer.State.PUBLISHED


def test_the_enterprise_rates_a_local_answer_like_any_other(local: Story) -> None:
    replied(local).approved(by=local.cast.sun).rated()

    assert local.fresh().state == State.CLOSED


def test_settling_it_oneself_says_what_was_done(local: Story) -> None:
    with pytest.raises(InvalidInput, match="什么措施"):
        local.replied(replace(SOLVED, measures=""), unit=local.cast.township, by=local.cast.qian)


def test_what_is_handed_up_waits_for_the_office_to_dispatch(local: Story) -> None:
    part = local.part(local.cast.township)

    hand_up(part, "FUND", "已协调两家银行，额度不够", by=local.cast.qian, at=local.at)

    appeal = local.fresh()
    assert (appeal.state, appeal.local, appeal.lead_unit) == (State.TO_DISPATCH, False, None)
    running = Clock.objects.in_county(local.cast.county).get(stopped_at=None)
    assert (running.kind, running.unit) == (ClockKind.DISPATCH, local.cast.office)


def test_the_office_can_hand_it_back_to_the_same_township_as_lead(local: Story) -> None:
    part = local.part(local.cast.township)
    hand_up(part, "JOINT", "需要县里协调", by=local.cast.qian, at=local.at)
    local.fresh()

    local.dispatched(lead=local.cast.township)

    assert local.part(local.cast.township).state == Work.DISPATCHED


def test_handing_up_says_why_and_what_was_tried(local: Story) -> None:
    part = local.part(local.cast.township)

    with pytest.raises(InvalidInput, match="哪些工作"):
        hand_up(part, "FUND", "", by=local.cast.qian, at=local.at)
    with pytest.raises(InvalidInput, match="原因"):
        hand_up(part, "LAZY", "试过", by=local.cast.qian, at=local.at)


def test_another_unit_does_not_hand_it_up(local: Story) -> None:
    part = local.part(local.cast.township)

    with pytest.raises(NotAllowed):
        hand_up(part, "FUND", "试过", by=local.cast.fan, at=local.at)


def test_the_office_takes_a_local_case_over(local: Story) -> None:
    part = local.part(local.cast.township)

    take_over(part, "涉及三个乡镇", by=local.cast.zhou, at=local.at)

    assert local.fresh().state == State.TO_DISPATCH
    assert local.part(local.cast.township).state == Work.TAKEN_OVER


def test_it_does_not_take_over_what_it_has_dispatched_itself(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()

    with pytest.raises(StaleState, match="不在属地办理"):
        take_over(story.part(story.cast.finance), "快", by=story.cast.zhou, at=story.at)
