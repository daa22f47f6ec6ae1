"""C02: two enterprises of one street report one power cut; a third was merged wrongly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qifu.appeals.actions.following import follow_parents
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Grade, Rating
from qifu.appeals.reconciling import drifts
from qifu.kernel.clock import now
from qifu.organisations.models import User
from tests.cast import COUNTY, Cast
from tests.journeys.road import letters
from tests.journeys.screen import Screen
from tests.story import GOOD, SOLVED, Story

CUT = "街道十千伏线路昨晚又跳闸三次，烘房停电，茶叶坏了两百斤。希望尽快检修线路。"
ANSWER = "立夏茶业有限公司：供电所11月28日更换线路开关，期间用发电车保电。"


def said(cast: Cast, by: User, firm: str, problem: str = CUT) -> Story:
    told: dict[str, Any] = {
        "enterprise_name": firm,
        "contact_phone": by.phone,
        "place": cast.township,
    }
    return Story(cast, at=now()).submitted(by, problem=problem, **told)


def merges(cast: Cast, child: Story, parent: Story) -> None:
    """The clerk looks why the two may be one, and lets the one go with the other."""
    zhou = Screen(cast.zhou).opens(f"/desk/appeals/{child.appeal.number}/duplicates/")
    zhou.sees("同一类别", "用词重合", parent.appeal.number).presses("合并到这一件")
    zhou.writes("为什么说是同一个问题", "同一条线路").presses("合并")
    zhou.sees(f"随主件{parent.appeal.number}办理")


def test_both_are_told_and_both_rate_and_the_third_goes_alone(cast: Cast) -> None:
    parent = said(cast, cast.boss, "立夏茶业有限公司").accepted()
    child = said(cast, cast.clerk, "皖西灯饰厂").accepted()
    wrong = said(cast, cast.outsider, "山货铺", CUT.replace("烘房", "店里")).accepted()
    number = child.appeal.number
    merges(cast, child, parent)
    merges(cast, wrong, parent)
    parent.fresh()
    parent.dispatched().signed()

    # The third is on another line, and goes alone again before there is an answer.
    zhou = Screen(cast.zhou).opens(f"/desk/appeals/{wrong.appeal.number}/").presses("撤销合并")
    zhou.writes("为什么不是同一个问题", "不是一条线路").presses("撤销合并")
    assert wrong.fresh().state == State.SUBMITTED

    clerk = Screen(cast.clerk).opens(f"/appeals/{number}/")
    clerk.sees("和同样的问题一起办", "县金融办已签收", "县金融办在办")
    clerk.sees_nothing_of("立夏", parent.appeal.number, cast.boss.phone)
    clerk.opens(f"/appeals/{number}/next/").sees("和同样的问题一起办", "编号不变")
    clerk.opens(f"/appeals/{number}/deadline/").sees("一天一天数")
    clerk.opens("/appeals/").sees("和同样的问题一起办")
    Screen(cast.boss).opens(f"/appeals/{number}/", 404)

    parent.replied(replace(SOLVED, body=ANSWER)).approved().published().wait(minutes=2)
    assert follow_parents(COUNTY, at=parent.at) == 1

    assert {letter.address for letter in letters("E9")} == {cast.boss.phone, cast.clerk.phone}
    clerk.opens(f"/appeals/{number}/").sees("有关企业：供电所11月28日更换线路开关")
    clerk.sees_nothing_of("立夏", "放款凭证", parent.appeal.number)
    clerk.presses("评一评").picks("有人联系").picks("办成了", of="事情办成了吗")
    clerk.picks("满意", of="您满意吗").presses("提交评价")
    assert child.fresh().state == State.CLOSED
    parent.rated(replace(GOOD, grade=Grade.VERY_GOOD))

    assert parent.fresh().state == State.CLOSED
    grades = Rating.objects.in_county(COUNTY).order_by("pk").values_list("grade", flat=True)
    assert list(grades) == [Grade.GOOD, Grade.VERY_GOOD]
    assert list(drifts(COUNTY)) == []
