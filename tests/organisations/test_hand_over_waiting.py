"""Leaving: what waits for another's word is open, too, and holds up whoever has it in hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qifu.appeals.actions import escalating
from qifu.appeals.actions.returning import send_back_to_office
from qifu.appeals.actions.supplementing import request_supplement, rule_supplement
from qifu.appeals.models import Level, ReturnReason, StuckBy
from qifu.kernel.errors import InvalidInput
from qifu.organisations.actions import handing_over as actions
from qifu.organisations.actions.accounts import deactivate
from qifu.organisations.actions.posts import relieve
from tests.cast import COUNTY, NOW, Cast
from tests.story import Story, lay_rules


@pytest.fixture
def story(cast: Cast) -> Story:
    """朱 has a case in hand."""
    lay_rules(COUNTY)
    return Story(cast).submitted().accepted().dispatched().signed()


def escalated(story: Story) -> None:
    part = story.part(story.cast.finance)
    plea = escalating.Plea(Level.CITY, "市局", StuckBy.POWER, "跑了两次", "请批指标")
    escalating.escalate(part.appeal, plea, part=part, by=story.cast.zhou, at=NOW)


def supplement(story: Story) -> None:
    row = request_supplement(story.part(story.cast.finance), "缺执照", by=story.cast.zhu, at=NOW)
    rule_supplement(row, agreed=True, by=story.cast.zhou, at=NOW)


@pytest.mark.parametrize("waits", [escalated, supplement])
def test_what_waits_for_another_holds_up_the_leaver(
    cast: Cast, story: Story, waits: Callable[[Story], None]
) -> None:
    waits(story)

    with pytest.raises(InvalidInput, match="朱科长还有在办诉求1件"):
        deactivate(cast.zhu, by=cast.sys, at=NOW)


def test_what_the_office_has_still_to_rule_on_holds_up_the_leaver(cast: Cast) -> None:
    lay_rules(COUNTY)
    story = Story(cast).submitted().accepted().dispatched()
    part = story.part(cast.finance)
    send_back_to_office(part, ReturnReason.OTHER_LEAD, "三定", by=cast.zhu, at=NOW)

    with pytest.raises(InvalidInput, match="在办诉求1件"):
        relieve(cast.post(cast.zhu), by=cast.sec, at=NOW)


def test_it_moves_to_the_receiver_while_it_waits(cast: Cast, story: Story) -> None:
    supplement(story)
    paper = actions.start(cast.zhu, "TRANSFER", NOW.date(), by=cast.zhou, at=NOW)
    receivers = {"CASES": cast.he, "POSTS": cast.he}
    actions.name_receivers(paper, receivers, by=cast.zhou, at=NOW)
    actions.give(paper, by=cast.zhou, at=NOW)
    paper.refresh_from_db()
    actions.take(paper, by=cast.he, at=NOW)

    assert story.part(cast.finance).handler == cast.he
