"""The road of a case, each stretch walked by whoever has it, on the real pages."""

from __future__ import annotations

from qifu.appeals.models import Appeal
from qifu.organisations.models import User
from tests.browser.people import House
from tests.browser.walker import Walker
from tests.cast import COUNTY, PERSONS
from tests.story import PROBLEM

ANSWER = "已与县农商行对接，茶叶贷300万元12月1日前放款。联系人李文静，0564-7350018。"
HELP = "已联系合作社介绍12名采茶工，11月30日到岗。"


def say_it(house: House) -> Walker:
    """The enterprise says it in three steps, signs in on the way and sends it."""
    boss = house.visitor("boss")
    boss.opens("/").presses("说一说难处")
    boss.writes("遇到了什么难处", PROBLEM)
    boss.unfolds("属于哪一类").picks("融资金融").presses("下一步")
    boss.writes("企业名称", "立夏茶业")
    if not boss.scripts:
        boss.presses("下一步").sees("名录里有名称相近的企业")
    boss.picks("安徽立夏茶业有限公司").presses("下一步")
    boss.writes("怎么称呼您", "夏经理").writes("手机号", PERSONS["boss"])
    boss.presses("下一步").sees("验证码已发到")
    boss.writes("6位验证码", house.code()).presses("下一步")
    boss.sees("看一遍，没问题就提交", PROBLEM, "安徽立夏茶业有限公司", "夏经理")
    return boss


def submit(boss: Walker) -> Appeal:
    """He sends it, and reads what happens next."""
    boss.presses("提交，交给县办")
    appeal = newest()
    boss.sees("已经收到您说的难处", appeal.number, "县办看过，告诉您交给谁办", "找谁")
    return appeal


def accept_and_dispatch(house: House, appeal: Appeal) -> Walker:
    """The office takes it on and hands it out as the catalogue proposes: two presses."""
    zhou = house.staff(house.cast.zhou)
    open_case(zhou, appeal)
    zhou.sees("看看归哪一类，受理这件诉求", PROBLEM).chooses("类别", "贷款")
    zhou.presses("受理，接着交办").sees("建议交县金融办", "协办：县人社局")
    zhou.presses("交办，开始计时")
    return zhou.sees(f"{appeal.number}已交县金融办主办，县人社局协办。", "撤回", "等县金融办签收")


def sign(house: House, appeal: Appeal, liaison: User) -> Walker:
    """A unit's liaison signs for its part."""
    walker = house.staff(liaison)
    open_case(walker, appeal)
    return walker.presses("签收").sees(f"已签收{appeal.number}")


def reply(walker: Walker) -> None:
    """The LEAD's liaison writes what the enterprise will read, with proof."""
    walker.presses("写答复").picks("已解决")
    walker.chooses("凭证种类", "到账凭证").writes("凭证内容", "12月1日放款凭证300万元")
    walker.writes("答复企业的话", ANSWER).writes("采取了什么措施", "召集银行到企业核实订单")
    walker.presses("报送答复").sees("的答复已报送，等分管负责同志审签")


def help_out(walker: Walker) -> None:
    """An ASSIST's liaison writes to the LEAD."""
    walker.presses("写协办意见").picks("已解决").writes("协办意见", HELP)
    walker.presses("报送协办意见").sees("等分管负责同志审签")


def approve(house: House, leader: User, words: str) -> Walker:
    """A unit's leader signs, from the first page he sees."""
    walker = house.staff(leader)
    walker.sees("1件答复等您审签").presses("开始审签").sees(words)
    walker.presses("同意，")
    return walker.sees("没有待您审签的")


def publish(house: House, appeal: Appeal) -> Walker:
    """The office reads it once more and sends it to the enterprise."""
    wu = house.staff(house.cast.wu)
    open_case(wu, appeal)
    wu.sees("审核县金融办的答复，通过后发给企业", ANSWER)
    return wu.presses("审核通过，发给企业").sees("的答复已发给企业", "撤回", "等企业评价")


def rate(walker: Walker) -> None:
    """The enterprise says whether anybody rang, whether it is done, how it was."""
    walker.sees("有没有人联系您？").picks("有人联系").picks("办成了", of="事情办成了吗")
    walker.picks("满意", of="您满意吗").picks("时间偏长")
    walker.writes("还想说的", "电话里讲得明白。").presses("提交评价")


def open_case(walker: Walker, appeal: Appeal) -> Walker:
    """Open a case from the day's first rows, as one does in the morning."""
    return walker.presses(appeal.title).sees(appeal.number)


def newest() -> Appeal:
    """Return the case that came in last."""
    return Appeal.objects.in_county(COUNTY).latest("pk")


def state_of(appeal: Appeal) -> str:
    """Return how the case stands in the database."""
    return Appeal.objects.in_county(COUNTY).get(pk=appeal.pk).state


def come_in(house: House) -> Walker:
    """The enterprise signs in with a code to see how things stand."""
    boss = house.visitor("boss").opens("/sign-in/")
    boss.writes("手机号", PERSONS["boss"]).presses("发验证码")
    return boss.writes("6位验证码", house.code()).presses("下一步")
