"""撤回、催一催、要求重办: what the enterprise may do with its own case."""

from datetime import date

import pytest

from qifu.appeals.actions.accepting import answer_on_the_spot
from qifu.appeals.actions.again import reopen
from qifu.appeals.actions.calling import Call, conclude_call
from qifu.appeals.actions.withdrawing import urge, withdraw
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import (
    Callback,
    CallbackOutcome,
    Clock,
    LimitRules,
    Withdrawal,
    WithdrawalReason,
)
from qifu.appeals.reconciling import drifts
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.notices.models import Notice
from tests.story import Story


def withdrawn(story: Story) -> Story:
    withdraw(story.appeal, WithdrawalReason.SETTLED, by=story.cast.boss, at=story.at)
    story.fresh()
    return story


def draw_all(county: str) -> None:
    row = LimitRules.objects.in_county(county).get()
    row.table["LOCAL_SAMPLE"]["percent"] = 100
    row.save()


def test_a_withdrawn_case_ends_with_its_parts_and_its_clocks(story: Story) -> None:
    story.submitted().accepted().dispatched(story.cast.labour).signed()

    withdrawn(story)

    assert (story.appeal.state, story.appeal.due_on) == (State.WITHDRAWN, None)
    assert story.part(story.cast.finance).state == Work.CALLED_OFF
    assert story.part(story.cast.labour).state == Work.CALLED_OFF
    assert not Clock.objects.in_county(story.cast.county).filter(stopped_at=None).exists()
    assert Withdrawal.objects.in_county(story.cast.county).get().state == State.HANDLING
    assert list(drifts(story.cast.county)) == []


def test_a_withdrawal_that_is_drawn_is_called_and_may_go_on(story: Story) -> None:
    draw_all(story.cast.county)
    story.submitted().accepted().dispatched()
    withdrawn(story)
    assert story.appeal.state == State.CALLBACK

    row = Callback.objects.in_county(story.cast.county).select_related("appeal").get()
    said = Call(CallbackOutcome.RESUMED, "乡里让撤的")
    conclude_call(row, said, by=story.cast.xu, at=story.at)

    appeal = story.fresh()
    assert (appeal.state, appeal.lead_unit, appeal.due_on) == (
        State.SUBMITTED,
        None,
        date(2026, 11, 25),
    )
    assert list(drifts(story.cast.county)) == []


def test_once_answered_it_is_rated_and_not_withdrawn(story: Story) -> None:
    story.walked()

    with pytest.raises(StaleState, match="不能撤回诉求"):
        withdrawn(story)


def test_a_stranger_neither_withdraws_nor_urges_nor_reopens(story: Story) -> None:
    story.submitted()
    outsider = story.cast.outsider

    with pytest.raises(NotAllowed):
        withdraw(story.appeal, WithdrawalReason.MISTAKE, by=outsider, at=story.at)
    with pytest.raises(NotAllowed):
        urge(story.appeal, by=outsider, at=story.at)
    with pytest.raises(NotAllowed):
        reopen(story.appeal, "再办", by=outsider, at=story.at)


def test_asking_again_presses_on_the_same_case_once_a_day(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()

    urge(story.appeal, by=story.cast.boss, at=story.at)
    with pytest.raises(StaleState, match="今天已经催过"):
        urge(story.fresh(), by=story.cast.boss, at=story.at)
    urge(story.fresh(), by=story.cast.boss, at=story.wait(days=1).at)

    assert story.fresh().urged == 2
    told = Notice.objects.in_county(story.cast.county).filter(kind="U10")
    assert told.count() == 2


def test_an_ended_case_is_handled_again_once_within_thirty_days(story: Story) -> None:
    story.walked().rated().wait(days=20)

    reopen(story.fresh(), "款还没有放", by=story.cast.boss, at=story.at)

    appeal = story.fresh()
    assert (appeal.state, appeal.cycle) == (State.HANDLING, 2)
    story.replied().approved().published().rated().wait(days=1)
    with pytest.raises(StaleState, match="只能要求一次"):
        reopen(story.fresh(), "还是没有", by=story.cast.boss, at=story.at)


def test_after_thirty_days_it_is_a_new_case(story: Story) -> None:
    story.walked().rated().wait(days=31)

    with pytest.raises(StaleState, match="超过30天"):
        reopen(story.fresh(), "又来了", by=story.cast.boss, at=story.at)


def test_what_the_office_answered_itself_goes_back_to_the_office(story: Story) -> None:
    story.submitted()
    story.answer = answer_on_the_spot(
        story.appeal, story.category, "可以申请。", by=story.cast.zhou, at=story.at
    )
    story.rated().wait(days=2)

    reopen(story.fresh(), "窗口说不行", by=story.cast.boss, at=story.at)

    assert story.fresh().state == State.TO_DISPATCH
