"""C13: signed, contacted and answered by links only; the leader approves with a code."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from qifu.appeals.actions.digesting import send_digests
from qifu.appeals.clocks import timing
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Contact, StepLink
from qifu.appeals.reconciling import drifts
from qifu.kernel.clock import SHANGHAI, local_date, now
from tests.cast import COUNTY, Cast
from tests.firms import Firms
from tests.journeys import road
from tests.journeys.screen import Screen
from tests.links import newest_path
from tests.story import Story

SOON = timedelta(minutes=5)


def test_nobody_of_the_unit_signs_in(cast: Cast, firms: Firms) -> None:
    story = Story(cast, at=now(), enterprise=firms.tea).submitted().accepted().dispatched()
    appeal = story.fresh()

    # 签收: the message of the dispatch carries the link; it leads nowhere else.
    phone = Screen().opens(newest_path(COUNTY, "U1", now() + SOON))
    phone.sees(appeal.title, "安徽立夏茶业有限公司").sees_nothing_of("待签收", "全部诉求", "退出")
    phone.presses("签收").sees("已办好：签收")

    # 首次联系: the next link comes to the same phone, when he asks for it.
    phone.presses("记一次联系").sees("链接已发到您的手机")
    phone.opens(newest_path(COUNTY, "LINK", now() + SOON))
    phone.sees_nothing_of(cast.boss.phone).presses("查看完整号码").sees(cast.boss.phone)
    phone.picks("联系上了", of="联系上了吗").picks("电话", of="怎么联系的").presses("记下来")
    assert Contact.objects.in_county(COUNTY).get().reached

    # 报送答复, with its proof.
    phone.presses("写答复").opens(newest_path(COUNTY, "LINK", now() + SOON))
    phone.picks("已解决").chooses("凭证种类", "到账凭证").writes("凭证内容", "12月1日300万元")
    phone.writes("答复企业的话", road.ANSWER).presses("报送答复").sees("已办好：写答复")

    # 审签: the round of the day brings the leader's link, and that alone is not enough.
    at = next_round()
    send_digests(COUNTY, at=at)
    leader = Screen().opens(newest_path(COUNTY, "U8", at + SOON)).sees(road.ANSWER)
    leader.presses("同意，报县办审核", status=422).sees("还没填验证码")
    leader.presses("发验证码").writes("手机验证码", road.code())
    leader.presses("同意，报县办审核").sees("已办好：审签")

    assert story.fresh().state == State.REVIEW
    road.publish(cast, appeal)
    road.case(cast.zhou, appeal).sees("已签收。（经链接）", "（经链接）")
    rater = Screen().opens(newest_path(COUNTY, "E9", now() + SOON)).sees(road.ANSWER)
    road.rate(rater).sees("已经评过了，谢谢您")

    assert story.fresh().state == State.CLOSED
    links = StepLink.objects.in_county(COUNTY)
    assert [link.step for link in links.filter(used_at=None)] == []
    assert list(drifts(COUNTY)) == []


def next_round() -> datetime:
    """Return a time of the next working day at which a round of reminders goes out."""
    day = timing(COUNTY, now()).calendar.add(local_date(now()), 1)
    return datetime.combine(day, time(15), SHANGHAI)
