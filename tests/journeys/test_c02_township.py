"""C02: 属地化解、逐级上交. A township settles what it can, and hands up what it cannot."""

from __future__ import annotations

from qifu.appeals.models import Clock
from qifu.appeals.rules import ClockKind
from tests.cast import COUNTY, Cast
from tests.firms import Firms
from tests.journeys import road
from tests.journeys.screen import Screen

BRIDGE = "村口的桥限重，茶叶运不出去，盼望先修便道。"
BUILT = "便道已通，运茶的车可走。联系人钱专干，0564-7350005。"
LABOUR = "采茶季缺30名工人，请帮忙组织招工。"


def test_a_township_settles_it_itself(cast: Cast, firms: Firms) -> None:
    qian = _write_down(cast, BRIDGE)
    bridge = road.newest()
    qian.sees("属地办理", "走访", "5个工作日")

    # The office sees it from the first second, and need not move.
    zhou = Screen(cast.zhou).opens("/desk/").presses("属地办理").presses(bridge.title)
    zhou.sees("等油坊店乡办理")
    road.case(cast.fan, bridge, status=404)
    road.a_minute_passes()
    assert "油坊店乡正在办理" in road.letters("E1")[0].body
    assert road.letters("E1")[0].address == cast.boss.phone

    qian.presses("写答复").picks("已解决").chooses("凭证种类", "现场完工")
    qian.writes("凭证内容", "便道11月20日通车").writes("答复企业的话", BUILT)
    qian.presses("报送答复", status=422).sees("自行办结要写明采取了什么措施")
    qian.writes("采取了什么措施", "组织村民投工").presses("报送答复").sees("等油坊店乡审签")
    road.approve(cast.sun, BUILT)

    road.a_minute_passes()
    visitor = Screen().opens(road.rating_link()).sees(BUILT, "油坊店乡的答复")
    road.rate(visitor).sees("已经评过了，谢谢您")
    zhou.opens(zhou.path).sees("办结", "已解决", "满意", "属地办理")
    assert not Clock.objects.in_county(COUNTY).filter(kind=ClockKind.REVIEW).exists()


def test_what_it_cannot_settle_is_handed_up_and_dispatched(cast: Cast, firms: Firms) -> None:
    qian = _write_down(cast, LABOUR, category="招工")
    labour = road.newest()

    qian.presses("上交").presses("上交县办", status=422).sees("还没写做了哪些工作")
    qian.picks("需要县直部门办理").writes("已经做了哪些工作", "跑了三个村，只招到4人。")
    qian.presses("上交县办").sees("等县办交办")

    zhou = Screen(cast.zhou).opens("/desk/").presses("待交办").presses(labour.title)
    zhou.sees("跑了三个村，只招到4人", "招工由县人社局组织招聘")
    zhou.presses("交给县人社局").sees("等县人社局签收")
    road.a_minute_passes()
    assert [letter.person for letter in road.letters("U1")] == [cast.li.pk]

    # It goes on seeing what becomes of it, and has nothing to do with it any more.
    qian.opens(qian.path).sees("县人社局", "待签收", "已上交")
    assert not qian.offers("写答复")
    road.sign(cast.li, labour)
    qian.opens(qian.path).sees("李干事")


def _write_down(cast: Cast, words: str, category: str = "") -> Screen:
    """The liaison writes down what he heard on a visit."""
    qian = Screen(cast.qian).opens("/desk/").presses("登记诉求")
    qian.writes("企业", "立夏茶业").writes("企业说了什么", words)
    qian.writes("联系人", "夏经理").writes("联系电话", cast.boss.phone)
    qian.presses("在名录里找").picks("安徽立夏茶业有限公司")
    if category:
        qian.chooses("类别", category)
    return qian.presses("登记，开始办理")
