"""补充材料: the clock stands still only with the office's consent, and never for ever."""

from datetime import date

import pytest

from qifu.appeals.actions.calling import Call, conclude_call
from qifu.appeals.actions.supplementing import (
    ask_supplement,
    lapse_due,
    request_supplement,
    rule_supplement,
    supply,
)
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Callback, CallbackOutcome, Clock, Supplement
from qifu.appeals.reconciling import drifts
from qifu.kernel.errors import NotAllowed, StaleState
from tests.story import Story


def asked(story: Story) -> Supplement:
    return ask_supplement(story.appeal, "还差贷款用途", by=story.cast.zhou, at=story.at)


def requested(story: Story) -> Supplement:
    part = story.part(story.cast.finance)
    return request_supplement(part, "还差近三年报表", by=story.cast.zhu, at=story.at)


def test_before_acceptance_the_office_waits_and_its_clock_stands_still(story: Story) -> None:
    story.submitted()
    row = asked(story)

    assert (story.fresh().state, story.appeal.due_on) == (State.SUPPLEMENT, date(2026, 12, 1))
    clock = Clock.objects.in_county(story.cast.county).get()
    assert clock.due_on is None

    supply(row, "用于收茶", by=story.cast.boss, at=story.wait(days=2).at)
    assert (story.fresh().state, story.appeal.due_on) == (State.SUBMITTED, date(2026, 11, 27))
    assert list(drifts(story.cast.county)) == []


def test_before_acceptance_it_is_asked_once(story: Story) -> None:
    story.submitted()
    supply(asked(story), "用于收茶", by=story.cast.boss, at=story.at)
    story.fresh()

    with pytest.raises(StaleState, match="只能请企业补充一次"):
        asked(story)


def test_nothing_supplied_is_called_and_never_withdrawn_by_silence(story: Story) -> None:
    story.submitted()
    asked(story)
    assert lapse_due(story.cast.county, at=story.at) == 0

    assert lapse_due(story.cast.county, at=story.wait(days=8).at) == 1

    assert story.fresh().state == State.CALLBACK
    row = Callback.objects.in_county(story.cast.county).select_related("appeal").get()
    conclude_call(row, Call(CallbackOutcome.RESUMED), by=story.cast.xu, at=story.at)
    assert story.fresh().state == State.SUBMITTED
    assert list(drifts(story.cast.county)) == []


def test_a_units_clock_runs_until_the_office_agrees(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    row = requested(story)
    assert story.fresh().state == State.HANDLING

    rule_supplement(row, agreed=True, by=story.cast.zhou, at=story.at)

    assert story.fresh().state == State.SUPPLEMENT
    part = story.part(story.cast.finance)
    assert (part.state, part.due_on) == (Work.SUPPLEMENT, None)
    assert list(drifts(story.cast.county)) == []


def test_supplied_the_unit_goes_on_with_the_time_that_was_left(story: Story) -> None:
    story.submitted().accepted().dispatched().signed().wait(days=1)
    row = requested(story)
    rule_supplement(row, agreed=True, by=story.cast.zhou, at=story.at)

    supply(row, "报表已补", by=story.cast.boss, at=story.wait(days=5).at)

    # Paused on the 25th with one of five days used; four more after Monday the 30th.
    assert story.part(story.cast.finance).due_on == date(2026, 12, 4)
    assert story.fresh().state == State.HANDLING
    assert list(drifts(story.cast.county)) == []


def test_refused_the_unit_goes_on_and_may_ask_better(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()

    rule_supplement(requested(story), agreed=False, by=story.cast.zhou, at=story.at)

    assert story.fresh().state == State.HANDLING
    requested(story)
    with pytest.raises(StaleState, match="只能请企业补充一次"):
        requested(story)


def test_lapsed_the_unit_goes_on_with_what_it_has(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    rule_supplement(requested(story), agreed=True, by=story.cast.zhou, at=story.at)

    lapse_due(story.cast.county, at=story.wait(days=10).at)

    assert story.fresh().state == State.HANDLING
    assert list(drifts(story.cast.county)) == []


def test_only_the_enterprise_supplies_and_only_the_office_agrees(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    row = requested(story)

    with pytest.raises(NotAllowed):
        rule_supplement(row, agreed=True, by=story.cast.chen, at=story.at)
    rule_supplement(row, agreed=True, by=story.cast.zhou, at=story.at)
    with pytest.raises(NotAllowed):
        supply(row, "我来", by=story.cast.outsider, at=story.at)


def test_supplied_from_two_windows_the_second_is_told(story: Story) -> None:
    story.submitted()
    first = asked(story)
    rows = Supplement.objects.in_county(story.cast.county).select_related("appeal")
    second = rows.get(pk=first.pk)
    supply(first, "用于收茶", by=story.cast.boss, at=story.at)

    with pytest.raises(StaleState):
        supply(second, "用于收茶", by=story.cast.boss, at=story.at)
