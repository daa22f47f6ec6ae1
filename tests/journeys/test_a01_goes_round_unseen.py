"""A01: a case that the enterprise wants kept from others goes round unseen by everybody else."""

from __future__ import annotations

from qifu.appeals.lifecycle import State
from qifu.appeals.reconciling import drifts
from qifu.notices.models import Notice
from tests.cast import COUNTY, Cast
from tests.firms import make_firms
from tests.journeys import road
from tests.journeys.screen import Screen
from tests.story import PROBLEM, lay_rules

SECRET = "请为我保密"


def test_it_goes_round_unseen_by_everybody_else(cast: Cast) -> None:
    lay_rules(COUNTY)
    make_firms(cast)
    boss = Screen().opens("/").presses("说一说难处")
    boss.writes("遇到了什么难处", PROBLEM).picks("融资金融").presses("下一步")
    boss.writes("企业名称", "立夏茶业").presses("下一步", status=422)
    boss.picks("安徽立夏茶业有限公司").presses("下一步")
    boss.writes("怎么称呼您", "夏经理").writes("手机号", cast.boss.phone).presses("下一步")
    boss.writes("6位验证码", road.code()).presses("下一步")
    boss.picks(SECRET).presses("提交，交给县办")
    appeal = road.newest()
    assert appeal.confidential

    for other in (cast.zhou, cast.wu, cast.zheng, cast.he, cast.zhu):
        Screen(other).opens("/desk/appeals/").sees_nothing_of(appeal.number, appeal.title)
        road.case(other, appeal, 404)

    wang = Screen(cast.wang).opens("/desk/").presses("待受理").presses(appeal.title)
    wang.chooses("类别", "贷款").presses("受理，接着交办")
    wang.presses("交办，开始计时").sees("等县金融办签收", "定经办人")

    road.case(cast.zhu, appeal, 404)
    chen = road.case(cast.chen, appeal).sees("定一位经办人").presses("定经办人")
    chen.chooses("分派给", "朱科长").presses("分派")
    road.case(cast.li, appeal, 404)

    zhu = road.sign(cast.zhu, appeal)
    road.reply(zhu)
    road.approve(cast.chen, road.ANSWER)
    road.case(cast.wu, appeal, 404)
    wang.opens(f"/desk/appeals/{appeal.number}/").presses("审核通过，发给企业")

    boss.opens(f"/appeals/{appeal.number}/").sees("已为您保密").presses("评一评")
    road.rate(boss)
    appeal.refresh_from_db()
    assert appeal.state == State.CLOSED
    # Oversight reads it, and the director reads that it did.
    road.case(cast.feng, appeal).sees(PROBLEM)
    road.case(cast.wang, appeal).sees("监督单位查看")
    told = Notice.objects.in_county(COUNTY).exclude(kind="CODE")
    assert not told.filter(body__contains=appeal.number).exists()
    assert list(drifts(COUNTY)) == []
