"""C14: 线下收集的问题，视同平台交办的问题. Same states, same clocks, same words."""

from __future__ import annotations

from typing import Any

import pytest

from qifu.appeals.models import Appeal, Clock
from qifu.appeals.rules import Channel
from qifu.appeals.timeline import entries
from tests.cast import COUNTY, Cast
from tests.firms import Firms
from tests.journeys import road
from tests.journeys.screen import Screen
from tests.story import PROBLEM


@pytest.mark.parametrize("channel", ["电话", "座谈会", "12345"])
def test_what_was_said_offline_goes_the_same_way(cast: Cast, firms: Firms, channel: str) -> None:
    online = _on_the_platform(cast)
    offline = _offline(cast, channel)
    assert Channel(offline.channel).label == channel
    assert (online.channel, online.proxy, offline.proxy) == (Channel.PLATFORM, False, True)

    for walk in (_dispatched, _signed, _answered):
        for appeal in (online, offline):
            walk(cast, appeal)
        assert _standing(offline) == _standing(online)

    assert _told(offline) == _told(online)
    # The enterprise follows both, and rates both.
    boss = Screen(cast.boss).opens("/appeals/").sees(online.number, offline.number)
    for appeal in (online, offline):
        boss.opens(f"/appeals/{appeal.number}/").sees(road.ANSWER)
        road.rate(boss.presses("评一评"))
    assert _standing(offline) == _standing(online)
    assert _fresh(offline).state == "CLOSED"


def _on_the_platform(cast: Cast) -> Appeal:
    road.say_it(cast)
    return road.newest()


def _offline(cast: Cast, channel: str) -> Appeal:
    zhou = Screen(cast.zhou).opens("/desk/").presses("登记诉求")
    zhou.writes("企业", "安徽立夏茶业有限公司").writes("企业说了什么", PROBLEM)
    zhou.writes("联系人", "夏经理").writes("联系电话", cast.boss.phone)
    zhou.chooses("怎么来的", channel).chooses("类别", "贷款")
    zhou.presses("登记，等受理").sees("待受理", "代登记", channel)
    return road.newest()


def _dispatched(cast: Cast, appeal: Appeal) -> None:
    zhou = road.case(cast.zhou, appeal).chooses("类别", "贷款")
    zhou.presses("受理，接着交办").presses("交办，开始计时")


def _signed(cast: Cast, appeal: Appeal) -> None:
    for liaison in (cast.zhu, cast.li):
        road.case(liaison, appeal).presses("签收")


def _answered(cast: Cast, appeal: Appeal) -> None:
    road.reply(road.case(cast.zhu, appeal))
    road.approve(cast.chen, road.ANSWER)
    road.case(cast.wu, appeal).presses("审核通过，发给企业")


def _fresh(appeal: Appeal) -> Appeal:
    return Appeal.objects.in_county(COUNTY).get(pk=appeal.pk)


def _standing(appeal: Appeal) -> list[Any]:
    """Everything that is counted: state, units, outcomes, and every clock with its limit."""
    now = _fresh(appeal)
    parts = now.assignments.order_by("pk").values_list("unit", "role", "state", "due_on", "outcome")
    clocks = Clock.objects.in_county(COUNTY).filter(appeal=now).order_by("pk")
    columns = ("kind", "unit", "limit", "due_on", "stopped_at__date", "rule_version")
    return [now.state, now.nature, now.outcome, now.due_on, *parts, *clocks.values_list(*columns)]


def _told(appeal: Appeal) -> list[str]:
    """What the enterprise reads of its way, from the acceptance on."""
    lines = entries(_fresh(appeal), internal=False)
    return [line.sentence for line in lines][:-1]
