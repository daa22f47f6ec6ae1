"""One case from the first word to the rating, on every kind of screen."""

from __future__ import annotations

import pytest

from qifu.appeals.lifecycle import State
from tests.browser import road
from tests.browser.people import House, Screen
from tests.browser.walker import Hands, Keys


@pytest.mark.parametrize(
    ("screen", "hands", "by_link"),
    [
        pytest.param(Screen(1280), Keys, False, id="desktop, keys only"),
        pytest.param(Screen(1280, scripts=False), Hands, True, id="desktop, no scripts"),
        pytest.param(Screen(390), Hands, False, id="phone"),
        pytest.param(Screen(390, scripts=False), Hands, True, id="phone, no scripts"),
    ],
)
def test_a_case_goes_round_from_the_enterprise_to_its_rating(
    live: House, screen: Screen, hands: type[Hands], by_link: bool
) -> None:
    live.screen, live.hands = screen, hands
    cast = live.cast

    boss = road.say_it(live)
    appeal = road.submit(boss)
    boss.presses("看办到哪一步").sees("谁在办", "县“四送一服”办公室")
    road.accept_and_dispatch(live, appeal)
    zhu = road.sign(live, appeal, cast.zhu)
    boss.opens(boss.path).sees("县金融办，朱科长", "协助：县人社局", "还没签收")
    road.reply(zhu)
    road.approve(live, cast.chen, road.ANSWER)
    road.help_out(road.sign(live, appeal, cast.li))
    road.approve(live, cast.zhao, road.HELP)
    wu = road.publish(live, appeal)
    boss.opens(boss.path).sees("评一评，办成了没有", road.ANSWER)
    if by_link:
        guest = live.visitor("guest").opens(live.rating_link())
        road.rate(guest)
        guest.sees("已经评过了，谢谢您")
    else:
        boss.presses("评一评，办成了没有")
        road.rate(boss)
        boss.sees("评价已收到，谢谢您")

    boss.opens(boss.path).sees("您评价了", "办成了")
    wu.opens(wu.path).sees("已办结，企业评价过", "电话里讲得明白。")
    assert road.state_of(appeal) == State.CLOSED
