"""C13: 认真办理，并在规定时间内反馈. A no says why and what else, and is counted."""

from __future__ import annotations

from tests.cast import Cast
from tests.firms import Firms
from tests.journeys import road
from tests.journeys.screen import Screen

BASIS = "《县中小企业贷款贴息办法》第六条：须有上一年度纳税记录。"
INSTEAD = "可先申请创业担保贷款，找县人社局，0564-7350019。"


def test_a_no_is_honest_counted_and_later_overtaken(cast: Cast, firms: Firms) -> None:
    boss = road.say_it(cast)
    appeal = road.newest()
    road.accept_and_dispatch(cast, appeal)
    zhu = road.sign(cast.zhu, appeal)

    # A no without its basis does not leave the unit.
    zhu.presses("写答复").picks("条件不具备").writes("答复企业的话", "今年贴息办不了。")
    zhu.writes("采取了什么措施", "与财政会商").presses("报送答复", status=422)
    zhu.sees("办不成要告诉企业依据")
    zhu.picks("条件不具备").chooses("依据种类", "缺必备条件").writes("具体依据", BASIS)
    zhu.writes("为企业试过什么办法", "问过市里，没有同意用季度记录代替。")
    zhu.writes("企业还可以怎么办", INSTEAD).presses("报送答复")

    road.approve(cast.chen, BASIS)
    wu = Screen(cast.wu).opens("/desk/").presses("待审核").presses(appeal.title).sees(INSTEAD)
    wu.presses("审核通过，发给企业").sees("等企业评价")
    road.a_minute_passes()

    # The enterprise reads on what it rests, what else there is and how to disagree.
    boss.opens(f"/appeals/{appeal.number}/").sees("条件还不具备", BASIS, INSTEAD)
    boss.presses("办不成告知书").sees("对这个结果有不同意见", "30天内可以要求重办", "审签：")

    wang = Screen(cast.wang).opens("/desk/").presses("办不成登记簿")
    wang.sees("办不成1条", "答复1条", "100%", appeal.number).presses("办不成1条")
    wang.sees(appeal.number, "缺必备条件")

    # It asks once more, and a way is found: the register says so and keeps the row.
    road.rate(boss.opens(f"/appeals/{appeal.number}/").presses("评一评"), "基本满意")
    boss.opens(f"/appeals/{appeal.number}/").presses("没办好，要求重办")
    boss.writes("还有什么没办好", "季度记录已经有了，请再看一次。").presses("要求重办")
    road.reply(road.case(cast.zhu, appeal))
    road.approve(cast.chen, road.ANSWER)
    road.publish(cast, appeal)

    wang.opens("/desk/refusals/").sees("办成了", "后来办成的 1条")
    wang.opens("/desk/refusals/?later=yes").sees(appeal.number, "办不成登记簿1条")
