"""What a merged case does while it waits: withdrawn, urged, confided (合并之后)."""

from __future__ import annotations

import pytest

from qifu.appeals.actions.confiding import keep_confidential
from qifu.appeals.actions.merging import merge
from qifu.appeals.actions.withdrawing import urge, withdraw
from qifu.appeals.duplicates import duplicates
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Merger, WithdrawalReason
from qifu.appeals.reconciling import drifts
from qifu.kernel.errors import InvalidInput, StaleState
from qifu.notices.models import Notice
from tests.appeals.test_merge import WHY, another, merged, minutes_pass
from tests.story import Story


def test_a_merged_case_is_taken_back_by_its_enterprise(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    child = merged(another(story), story)

    withdraw(child.appeal, WithdrawalReason.SETTLED, by=story.cast.clerk, at=story.at)

    assert (child.fresh().state, child.appeal.merged_into) == (State.WITHDRAWN, None)
    assert story.fresh().followers == 0
    row = Merger.objects.in_county(story.cast.county).get()
    assert row.undone_by == story.cast.clerk
    story.replied().approved().published()
    minutes_pass(story)
    assert child.fresh().state == State.WITHDRAWN
    assert list(drifts(story.cast.county)) == []


def test_whoever_asks_of_a_merged_case_presses_on_its_parent(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    child = merged(another(story), story)

    urge(child.appeal, by=story.cast.clerk, at=story.at)

    assert (child.fresh().urged, story.fresh().urged) == (1, 1)
    notice = Notice.objects.in_county(story.cast.county).filter(kind="U10").latest("pk")
    assert story.appeal.number in notice.body
    assert "企业再次询问" in notice.body
    with pytest.raises(StaleState, match="今天已经催过"):
        urge(child.appeal, by=story.cast.clerk, at=story.at)


def test_a_confidential_case_is_merged_with_nothing(story: Story) -> None:
    story.submitted().accepted()
    child = another(story).accepted()
    keep_confidential(child.fresh(), by=story.cast.clerk, at=story.at)

    assert duplicates(story.appeal, story.cast.zhou, story.at) == []
    assert [each.appeal for each in duplicates(story.appeal, story.cast.wang, story.at)] == [
        child.appeal
    ]
    for one, other in ((child, story), (story, child)):
        with pytest.raises(InvalidInput, match="保密的诉求单独办"):
            merge(one.fresh(), other.fresh(), WHY, by=story.cast.wang, at=story.at)


@pytest.mark.parametrize("which", ["child", "parent"])
def test_what_becomes_confidential_goes_alone(story: Story, which: str) -> None:
    story.submitted().accepted().dispatched().signed()
    child = merged(another(story), story)
    one, by = {"child": (child, story.cast.clerk), "parent": (story, story.cast.boss)}[which]
    keep_confidential(one.fresh(), by=by, at=story.at)

    minutes_pass(story)

    assert (child.fresh().state, child.appeal.merged_into) == (State.SUBMITTED, None)
    assert story.fresh().followers == 0
