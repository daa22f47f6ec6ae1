"""A04: a rating that a unit calls mistaken is left out by a panel, and the enterprise objects."""

from __future__ import annotations

from datetime import timedelta

from qifu.kernel.clock import now
from tests.cast import Cast
from tests.journeys.screen import Screen
from tests.story import Story


def test_it_goes_round_from_the_leader_to_the_enterprise(cast: Cast) -> None:
    rated = Story(cast, at=now() - timedelta(days=40)).walked(cast.labour).rated()
    number = rated.appeal.number
    chen = Screen(cast.chen).opens(f"/desk/appeals/{number}/").presses("申请剔除评价")
    chen.presses("交县办评议", status=422).sees("还没选理由", "没有写依据")
    chen.picks("点错了").writes("依据", "通话录音").presses("交县办评议").sees("待评议")

    wang = Screen(cast.wang).opens("/desk/").presses("评价剔除").sees("剔除0条", "待评议")
    wang.opens(f"/desk/appeals/{number}/").presses("登记评议结果")
    wang.picks("吴审").writes("同意剔除的人数", "1").writes("理由", "企业自己说点错了")
    wang.presses("登记结果", status=422).sees("至少3人")
    wang.picks("冯监察").writes("没有账号的代表", "江代表、方委员")
    wang.writes("同意剔除的人数", "3").presses("登记结果").sees("没有待评议的申请", "剔除1条")
    wang.opens("/desk/exclusions/?show=out").sees("已剔除", "点错了")
    wang.opens(f"/desk/appeals/{number}/").sees("已剔除", "4人评议，3人同意剔除")

    boss = Screen(cast.boss).opens(f"/appeals/{number}/").sees("经评议不计入统计")
    boss.presses("不同意剔除").writes("您的意见", "没有点错").presses("提意见")
    boss.sees("您不同意剔除评价").sees_nothing_of("通话录音")
    wang.opens("/desk/exclusions/").sees("企业有异议")
