"""撤回交办: within ten minutes, while nobody has signed."""

import pytest

from qifu.appeals.actions.dispatching import take_back
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Appeal, Clock
from qifu.kernel.clock import local_date
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.notices import outbox
from qifu.notices.models import Notice
from qifu.notices.models import State as Delivery
from tests.story import Story


def test_the_case_is_to_be_dispatched_again_and_its_clock_goes_on(story: Story) -> None:
    story.submitted().accepted()
    due_on = story.fresh().due_on
    story.dispatched(story.cast.labour).wait(minutes=9)

    take_back(story.dispatch, by=story.cast.zhou, at=story.at)

    appeal = story.fresh()
    assert (appeal.state, appeal.due_on, appeal.lead_unit) == (State.TO_DISPATCH, due_on, None)
    assert story.part(story.cast.labour).state == Work.TAKEN_BACK
    assert Clock.objects.in_county(story.cast.county).filter(stopped_at=None).count() == 1


def test_whoever_was_to_be_told_is_not_told(story: Story) -> None:
    story.submitted().accepted().dispatched()
    take_back(story.dispatch, by=story.cast.zhou, at=story.at)

    outbox.sweep(at=story.wait(minutes=2).at)

    told = Notice.objects.in_county(story.cast.county).filter(kind__in=["E4", "U1"])
    assert set(told.values_list("state", flat=True)) == {Delivery.CANCELLED}


def test_the_unit_does_not_see_it_any_more(story: Story) -> None:
    story.submitted().accepted().dispatched()
    take_back(story.dispatch, by=story.cast.zhou, at=story.at)

    seen = Appeal.objects.visible_to(story.cast.zhu, local_date(story.at))
    assert not seen.exists()


def test_after_ten_minutes_it_stays(story: Story) -> None:
    story.submitted().accepted().dispatched().wait(minutes=11)

    with pytest.raises(StaleState, match="超过10分钟"):
        take_back(story.dispatch, by=story.cast.zhou, at=story.at)


def test_once_any_unit_has_signed_it_stays(story: Story) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)
    story.signed(story.cast.labour, by=story.cast.li)

    with pytest.raises(StaleState, match="已有单位签收"):
        take_back(story.dispatch, by=story.cast.zhou, at=story.at)


def test_a_unit_does_not_take_back(story: Story) -> None:
    story.submitted().accepted().dispatched()

    with pytest.raises(NotAllowed):
        take_back(story.dispatch, by=story.cast.zhu, at=story.at)
