"""C13: 第一时间接收、及时汇报、认真办理、规定时间反馈."""

from __future__ import annotations

from datetime import timedelta

from qifu.appeals.models import Clock
from qifu.appeals.rules import ClockKind
from qifu.kernel.clock import now
from tests.cast import COUNTY, Cast
from tests.firms import Firms
from tests.journeys import road
from tests.journeys.screen import Screen
from tests.story import Story

THIN = "正在协调，请耐心等待。"


def test_it_is_received_reported_to_the_leader_and_answered_in_time(
    cast: Cast, firms: Firms
) -> None:
    story = Story(cast, at=now(), enterprise=firms.tea).submitted().accepted().dispatched()
    appeal = story.fresh()

    # 第一时间接收: the message names the days; signing has a limit of its own.
    road.a_minute_passes()
    (told,) = road.letters("U1")
    assert told.person == cast.zhu.pk
    assert "前签收" in told.body
    assert appeal.title not in told.body
    zhu = road.case(cast.zhu, appeal).sees("签收，由县金融办主办", "限1个工作日")
    zhu.presses("签收").sees("限5个工作日")

    # 及时汇报: nothing leaves the unit before its leader has read and signed it.
    zhu.presses("写答复").picks("解释说明").writes("答复企业的话", THIN).presses("报送答复")
    boss = Screen(cast.boss).opens(f"/appeals/{appeal.number}/").sees_nothing_of(THIN)
    chen = Screen(cast.chen).opens("/desk/").presses("开始审签").sees(THIN, "按时完成")
    chen.presses("退给经办人改", status=422).sees("请写明要改什么")
    chen.writes("意见", "写清哪家银行、哪天放款").presses("退给经办人改")

    # 认真办理: the liaison reads what was missing, and writes it better.
    zhu.opens(f"/desk/appeals/{appeal.number}/").sees("写清哪家银行、哪天放款")
    road.reply(zhu)
    road.approve(cast.chen, road.ANSWER)
    boss.opens(boss.path).sees_nothing_of(road.ANSWER)

    # 规定时间反馈: the unit's clock has stopped with the signature, in time.
    road.publish(cast, appeal)
    boss.opens(boss.path).sees(road.ANSWER, "按时").sees_nothing_of(THIN, "写清哪家银行")
    road.case(cast.zhou, appeal).sees("按时完成")


def test_nobody_signs_for_another_unit_and_nobody_his_own_words(cast: Cast, firms: Firms) -> None:
    story = Story(cast, at=now(), enterprise=firms.tea).submitted().accepted()
    appeal = story.dispatched(cast.labour).signed().replied().fresh()

    assert not road.case(cast.zhao, appeal).offers("审签")
    assert not road.case(cast.zhu, appeal).offers("同意")
    Screen(cast.zhu).opens("/desk/approvals/").sees_nothing_of(appeal.title)
    refused = Screen(cast.zhao).client.post(
        f"/desk/appeals/{appeal.number}/approvals/",
        {"answer": str(story.reread().body_id), "agreed": "yes"},
    )
    assert refused.status_code == 403


def test_who_is_late_is_named_to_everybody_who_waits(cast: Cast, firms: Firms) -> None:
    long_ago = now() - timedelta(days=30)
    story = Story(cast, at=long_ago, enterprise=firms.tea).submitted().accepted()
    appeal = story.dispatched(cast.labour).signed().fresh()

    for who in (cast.zhu, cast.chen, cast.zhou, cast.zheng, cast.feng):
        Screen(who).opens("/desk/").presses("逾期").sees(appeal.title)
        road.case(who, appeal).sees("逾期")
    Screen(cast.boss).opens(f"/appeals/{appeal.number}/").sees("超期")
    # The helper who has not even signed is late by himself; the LEAD's clock is another.
    road.case(cast.zhou, appeal).sees("县人社局还没有经办人待签收")
    running = Clock.objects.in_county(COUNTY).filter(appeal=appeal, stopped_at=None)
    assert sorted(running.values_list("unit__short_name", "kind")) == [
        ("县人社局", ClockKind.HANDLE),
        ("县人社局", ClockKind.SIGN),
        ("县金融办", ClockKind.CONTACT),
        ("县金融办", ClockKind.HANDLE),
    ]
