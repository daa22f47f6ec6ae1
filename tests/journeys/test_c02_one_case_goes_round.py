"""C02, C08: 统一交办、分头落实. One case goes round, and everybody sees what is his of it."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from qifu.appeals.models import Appeal
from qifu.journal.verify import Tally, verify
from tests.cast import COUNTY, Cast
from tests.firms import Firms
from tests.journeys import road
from tests.journeys.screen import Screen


def test_one_case_goes_round(cast: Cast, firms: Firms, neighbours: Firms) -> None:
    boss = road.say_it(cast)
    appeal = road.newest()
    boss.sees("已经收到您说的难处", appeal.number, "县办看过，告诉您交给谁办")

    _the_office_has_it_and_no_unit_yet(cast, appeal)
    road.a_minute_passes()
    (received,) = road.letters("E1")
    assert received.address == cast.boss.phone
    assert appeal.number in received.body

    road.accept_and_dispatch(cast, appeal)
    road.a_minute_passes()
    _each_unit_hears_of_its_own_part(cast, appeal)
    boss.opens(f"/appeals/{appeal.number}/")
    boss.sees("交给县金融办办", "0564-7350003", "县人社局协助")

    zhu, li = road.sign(cast.zhu, appeal), road.sign(cast.li, appeal)
    li.presses("写协办意见").picks("已解决").writes("协办意见", road.HELP).presses("报送协办意见")
    road.approve(cast.zhao, road.HELP)
    zhu.opens(zhu.path).sees(road.HELP)

    road.reply(zhu).sees("等县金融办审签")
    boss.opens(boss.path).sees_nothing_of(road.ANSWER, road.HELP, road.MEASURES, "审签")
    road.approve(cast.chen, road.ANSWER)
    boss.opens(boss.path).sees_nothing_of(road.ANSWER)
    road.publish(cast, appeal)

    boss.opens(boss.path).sees(road.ANSWER, "到账凭证")
    boss.sees_nothing_of(road.HELP, road.MEASURES)
    road.rate(boss.presses("评一评")).sees("评价已收到")

    _it_is_closed_for_everybody(cast, appeal)
    _nobody_of_the_other_county_has_noticed(neighbours, appeal)
    assert list(verify(COUNTY, Tally())) == []


def _the_office_has_it_and_no_unit_yet(cast: Cast, appeal: Appeal) -> None:
    for who in (cast.zhou, cast.wu, cast.xu, cast.wang, cast.zheng, cast.feng):
        road.case(who, appeal).sees(appeal.title)
    for who in (cast.zhu, cast.chen, cast.li, cast.qian, cast.he, cast.sys, cast.auditor):
        road.case(who, appeal, status=404)
    Screen(cast.outsider).opens(f"/appeals/{appeal.number}/", status=404)
    assert not road.case(cast.wu, appeal).offers("受理")


def _each_unit_hears_of_its_own_part(cast: Cast, appeal: Appeal) -> None:
    lead, assist = road.letters("U1")
    assert (lead.person, assist.person) == (cast.zhu.pk, cast.li.pk)
    assert "主办" in lead.body
    assert "协办" in assist.body
    (handed_out,) = road.letters("E4")
    assert "已交县金融办办理" in handed_out.body
    for who in (cast.zhu, cast.chen, cast.li, cast.zhao):
        road.case(who, appeal).sees(appeal.title)
    for who in (cast.qian, cast.fan, cast.sys, cast.auditor):
        road.case(who, appeal, status=404)


def _it_is_closed_for_everybody(cast: Cast, appeal: Appeal) -> None:
    road.case(cast.wang, appeal).sees("办结", "满意", "有人联系")
    # One rating alone would tell the unit whose it is.
    road.case(cast.zhu, appeal).sees("办结", "满3件评价或30天后")
    for who in (cast.zhou, cast.wu, cast.zhu, cast.chen):
        Screen(who).opens("/desk/").sees_nothing_of(appeal.number)
    taken = Screen(cast.wang).client.post("/desk/appeals/export/")
    (sheet, *_) = load_workbook(BytesIO(b"".join(taken)))
    assert any(appeal.number in row for row in sheet.iter_rows(values_only=True))
    journal = Screen(cast.feng).opens("/desk/journal/?family=appeals")
    journal.sees("企业提交诉求", "受理", "交办", "签收", "审核通过，发布答复", "企业评价")
    journal.sees_nothing_of(appeal.title, road.ANSWER)


def _nobody_of_the_other_county_has_noticed(neighbours: Firms, appeal: Appeal) -> None:
    there = neighbours.cast
    for who in (there.zhou, there.wang, there.zhu, there.feng):
        road.case(who, appeal, status=404)
        Screen(who).opens("/desk/appeals/?q=茶农").sees_nothing_of(appeal.title)
    Screen(there.boss).opens("/appeals/").sees_nothing_of(appeal.number)
