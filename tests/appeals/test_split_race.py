"""拆分 from a page that was true, and is true again, but not of the same day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qifu.appeals.actions.returning import rule_return, send_back_to_office
from qifu.appeals.actions.splitting import split
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, ReturnReason
from qifu.appeals.reconciling import drifts
from qifu.kernel.errors import StaleState
from tests.appeals.test_split import SAID
from tests.story import Story


def test_from_a_page_of_before_it_came_back_to_the_office_nothing_is_split(story: Story) -> None:
    """The second case would have the day on which the first one was due before."""
    cast = story.submitted().accepted().cast
    category = story.appeal.category
    old = Appeal.objects.in_county(cast.county).get(pk=story.appeal.pk)
    story.dispatched().wait(days=2)
    part, reason = story.part(cast.finance), ReturnReason.OTHER_LEAD
    row = send_back_to_office(part, reason, "不归我们", by=cast.zhu, at=story.at)
    rule_return(row, upheld=True, words="确不属职权", by=cast.zhou, at=story.at)
    assert story.fresh().state == old.state == State.TO_DISPATCH
    assert story.appeal.due_on != old.due_on

    with pytest.raises(StaleState):
        split(old, replace(SAID, category=category), by=cast.zhou, at=story.at)

    assert list(drifts(cast.county)) == []
