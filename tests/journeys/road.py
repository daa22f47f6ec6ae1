"""The stretches of a case's road, each taken by whoever has it, with what the page offers."""

from __future__ import annotations

import re
from datetime import timedelta

from qifu.appeals.models import Appeal
from qifu.kernel.clock import now
from qifu.notices import outbox
from qifu.notices.models import Notice
from qifu.organisations.models import User
from tests.cast import COUNTY, Cast
from tests.journeys.screen import Screen
from tests.links import path_in
from tests.story import PROBLEM

ANSWER = "已与县农商行对接，茶叶贷300万元12月1日前放款。联系人李文静，0564-7350018。"
MEASURES = "召集银行到企业核实订单"
HELP = "已联系合作社介绍12名采茶工，11月30日到岗。"


def letters(kind: str) -> list[Notice]:
    """Return the county's notices of a kind, the oldest first."""
    return list(Notice.objects.in_county(COUNTY).filter(kind=kind).order_by("pk"))


def a_minute_passes() -> None:
    """Let what waited for its minute leave."""
    outbox.sweep(at=now() + timedelta(seconds=61))


def code() -> str:
    """Return the code that somebody's phone received last."""
    found = re.search(r"验证码(\d{6})", Notice.objects.in_county(COUNTY).latest("pk").body)
    assert found is not None
    return found[1]


def newest() -> Appeal:
    """Return the case that came in last."""
    return Appeal.objects.in_county(COUNTY).select_related("problem").latest("pk")


def case(user: User, appeal: Appeal, status: int = 200) -> Screen:
    """Open a case at the desk."""
    return Screen(user).opens(f"/desk/appeals/{appeal.number}/", status)


def say_it(cast: Cast) -> Screen:
    """The enterprise says it in three steps and signs in on the way."""
    boss = Screen().opens("/").presses("说一说难处")
    boss.writes("遇到了什么难处", PROBLEM).picks("融资金融").presses("下一步")
    boss.writes("企业名称", "立夏茶业").presses("下一步", status=422)
    boss.picks("安徽立夏茶业有限公司").presses("下一步")
    boss.writes("怎么称呼您", "夏经理").writes("手机号", cast.boss.phone).presses("下一步")
    boss.writes("6位验证码", code()).presses("下一步")
    return boss.sees(PROBLEM, "安徽立夏茶业有限公司").presses("提交，交给县办")


def accept_and_dispatch(cast: Cast, appeal: Appeal) -> Screen:
    """The office takes it on and hands it out as the catalogue proposes."""
    zhou = Screen(cast.zhou).opens("/desk/").presses("待受理").presses(appeal.title)
    zhou.chooses("类别", "贷款").presses("受理，接着交办")
    zhou.sees("建议交县金融办", "贷款难由县金融办牵头对接银行", "协办：县人社局")
    return zhou.presses("交办，开始计时").sees("等县金融办签收")


def sign(liaison: User, appeal: Appeal) -> Screen:
    """A unit's liaison signs for its part, from the queue."""
    screen = Screen(liaison).opens("/desk/").presses("待签收").presses(appeal.title)
    return screen.presses("签收").sees("办理中")


def reply(screen: Screen) -> Screen:
    """The LEAD's liaison writes what the enterprise will read, with proof."""
    screen.presses("写答复").picks("已解决").chooses("凭证种类", "到账凭证")
    screen.writes("凭证内容", "12月1日放款凭证300万元").writes("答复企业的话", ANSWER)
    return screen.writes("采取了什么措施", MEASURES).presses("报送答复")


def approve(leader: User, words: str) -> Screen:
    """A unit's leader reads and signs."""
    screen = Screen(leader).opens("/desk/approvals/").sees(words)
    return screen.presses("同意").sees("没有待您审签的")


def publish(cast: Cast, appeal: Appeal) -> Screen:
    """The office reads it once more and sends it to the enterprise."""
    wu = Screen(cast.wu).opens("/desk/").presses("待审核").presses(appeal.title).sees(ANSWER)
    return wu.presses("审核通过，发给企业").sees("等企业评价")


def rate(screen: Screen, grade: str = "满意") -> Screen:
    """The enterprise says whether anybody rang, whether it is done, how it was."""
    screen.picks("有人联系").picks("办成了", of="事情办成了吗").picks(grade, of="您满意吗")
    return screen.presses("提交评价")


def rating_link() -> str:
    """Return the address in the newest message that asks for a rating."""
    return path_in(letters("E9")[-1])
