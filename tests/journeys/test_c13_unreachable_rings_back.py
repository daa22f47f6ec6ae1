"""C13: 联系不上 takes two calls on two days, each told; then the enterprise rings back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qifu.appeals.actions.noting import contact
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Answer, Means
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import Outcome
from qifu.kernel.clock import now
from tests.cast import COUNTY, Cast
from tests.journeys import road
from tests.journeys.screen import Screen
from tests.story import Story


@pytest.fixture
def handling(cast: Cast) -> Story:
    """A case that the unit signed for two days ago."""
    return Story(cast, at=now() - timedelta(days=2)).submitted().accepted().dispatched().signed()


def test_two_calls_on_two_days_and_then_it_rings_back(handling: Story, cast: Cast) -> None:
    appeal = handling.appeal
    part = handling.part(cast.finance)
    contact(part, handling.at, Means.PHONE, reached=False, by=cast.zhu, at=handling.at)
    assert "县金融办" in road.letters("E6")[0].body

    # Once is not enough, whatever is written.
    zhu = road.case(cast.zhu, appeal)
    _unreachable(zhu, status=422).sees("至少要有两天、两次没联系上的记录")
    road.case(cast.zhu, appeal).presses("记一次联系").picks("没有联系上").picks("电话").presses(
        "记下来"
    )
    assert len(road.letters("E6")) == 2
    _unreachable(road.case(cast.zhu, appeal)).sees("等县金融办审签")
    answer = Answer.objects.in_county(COUNTY).get()
    assert (answer.outcome, len(answer.attempts)) == (Outcome.UNREACHABLE, 2)

    road.approve(cast.chen, "打过两次电话没有人接")
    _publish(cast, handling)
    boss = Screen(cast.boss).opens(f"/appeals/{appeal.number}/")
    boss.sees("打过两次电话没有人接", "没联系上您", "请回个电话")

    # The enterprise comes back: nothing is done, so the office rings and the unit goes on.
    boss.presses("评一评").picks("没有人联系").picks("没有办成", of="事情办成了吗")
    boss.picks("不满意", of="您满意吗").presses("提交评价")
    xu = Screen(cast.xu).opens("/desk/").presses("待回访").presses(appeal.title)
    xu.presses("记回访结果").picks("没有", of="有没有人联系过企业").picks("没有办成")
    xu.picks("有理由，二次办理").writes("企业怎么说", "换了手机号，新号可以打通")
    xu.presses("记下回访结果")

    assert (handling.fresh().state, handling.appeal.cycle) == (State.HANDLING, 2)
    assert "没有联系上" in road.case(cast.zhu, appeal).words
    handling.at = now()
    handling.replied().approved().published()
    road.rate(boss.opens(f"/appeals/{appeal.number}/").presses("评一评"))
    assert handling.fresh().state == State.CLOSED
    assert list(drifts(COUNTY)) == []


def _unreachable(screen: Screen, status: int = 200) -> Screen:
    screen.presses("写答复").picks("联系不上")
    screen.writes("答复企业的话", "打过两次电话没有人接，请您回电0564-7350003。")
    return screen.presses("报送答复", status=status)


def _publish(cast: Cast, story: Story) -> None:
    wu = Screen(cast.wu).opens("/desk/").presses("待审核").presses(story.appeal.title)
    wu.presses("审核通过，发给企业").sees("等企业评价")
