"""What a township settles by itself, and what it hands up."""

from __future__ import annotations

from qifu.appeals.lifecycle import State
from tests.browser import road
from tests.browser.people import House, Screen
from tests.browser.walker import Walker
from tests.cast import PERSONS

DONE = "已修好厂门口的路，11月24日验收。联系人钱专干，0564-7350005。"
TRIED = "乡里没有这笔专项资金，已向县交通局报过。"


def _register(house: House) -> Walker:
    """A township's liaison writes down what a firm told him on the spot."""
    qian = house.staff(house.cast.qian)
    qian.presses("登记诉求").sees("由油坊店乡先行办理")
    qian.writes("联系电话", PERSONS["boss"]).writes("联系人", "夏经理")
    qian.writes("企业", "立夏")
    if not qian.scripts:
        qian.presses("在名录里找")
    qian.picks("安徽立夏茶业有限公司")
    qian.writes("企业说了什么", "厂门口的路坏了，收茶的车进不来。")
    return qian.presses("登记，开始办理").sees("请联系企业、着手办理")


def test_a_township_settles_a_case_its_leader_signs_and_the_enterprise_rates(live: House) -> None:
    live.screen = Screen(390)
    qian = _register(live)
    appeal = road.newest()
    qian.presses("写答复").picks("已解决").chooses("凭证种类", "现场完工")
    qian.writes("凭证内容", "现场照片，企业签字").writes("答复企业的话", DONE)
    qian.writes("采取了什么措施", "组织村里出工修路").presses("报送答复")
    sun = live.staff(live.cast.sun).presses("开始审签").sees(DONE)
    sun.presses("同意，发给企业").sees("没有待您审签的", "已答复企业", "撤回")
    boss = road.come_in(live)
    boss.sees("等您处理").presses(appeal.title).sees("油坊店乡", DONE).presses("评一评")
    road.rate(boss)

    boss.sees("评价已收到")
    assert road.state_of(appeal) == State.CLOSED


def test_what_a_township_cannot_settle_it_hands_up_and_the_office_takes_on(live: House) -> None:
    live.screen = Screen(1280, scripts=False)
    qian = _register(live)
    appeal = road.newest()
    qian.unfolds("更多操作").presses("上交县办")
    qian.presses("上交县办").sees("还差2处没填好")
    qian.picks("需要县直部门办理").writes("已经做了哪些工作", TRIED).presses("上交县办")
    qian.sees(f"{appeal.number}已上交县办")

    zhou = road.open_case(live.staff(live.cast.zhou), appeal)
    zhou.sees(TRIED, "选定承办单位")
    assert road.state_of(appeal) == State.TO_DISPATCH
