"""合并, once: who was not content with an answer for two is not given one for two again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qifu.appeals import access
from qifu.appeals.actions.calling import Call, conclude_call
from qifu.appeals.actions.merging import merge
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Answer, CallbackOutcome, Grade, Solved
from qifu.kernel.errors import StaleState
from tests.appeals.test_merge import another, merged, minutes_pass
from tests.story import GOOD, Story


def test_what_was_answered_with_its_parent_is_handled_by_itself_from_then_on(
    story: Story,
) -> None:
    story.submitted().accepted().dispatched().signed()
    child = merged(another(story), story)
    story.replied().approved().published()
    minutes_pass(story)
    child.fresh()
    child.at = story.wait(minutes=5).at
    child.answer = Answer.objects.in_county(story.cast.county).get(follows=story.reread())
    child.rated(replace(GOOD, solved=Solved.NO, grade=Grade.POOR))
    said = Call(CallbackOutcome.AGAIN, "还是没电", contacted=True, solved=Solved.NO)
    conclude_call(child.appeal.callbacks.get(), said, by=story.cast.xu, at=child.at)
    assert child.fresh().state == State.TO_DISPATCH
    third = another(story)

    assert not access.can_merge(story.cast.zhou, child.appeal)
    with pytest.raises(StaleState, match="单独交办"):
        merge(child.appeal, third.appeal, "还是同一条线路", by=story.cast.zhou, at=child.at)
