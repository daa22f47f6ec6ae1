"""A02: one message holds a request and a report; the one is handled, the other leaves nothing."""

from __future__ import annotations

from qifu.appeals.actions.turning_away import erase_handed_over
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal
from qifu.appeals.reconciling import drifts
from qifu.journal.models import Text
from qifu.journal.verify import Tally, verify
from qifu.kernel.clock import now
from tests.cast import COUNTY, Cast
from tests.journeys.road import a_minute_passes, letters, newest
from tests.journeys.screen import Screen
from tests.story import Story

LOAN = "收茶旺季要付茶农现款，流动资金缺300万元左右。"
BRIBE = "另外验收的人要好处，不给就不签字。"


def test_the_request_is_answered_and_of_the_report_only_the_hand_over_is_left(cast: Cast) -> None:
    story = Story(cast, at=now()).submitted(problem=f"{LOAN}{BRIBE}")
    case = f"/desk/appeals/{story.appeal.number}/"

    zhou = Screen(cast.zhou).opens(case).presses("拆分")
    zhou.writes("拆出的一件", BRIBE).writes("原来这件", LOAN)
    zhou.writes("为什么是两个问题", "第二段是反映验收人员").presses("拆成两件")
    report = newest()
    zhou.sees("拆成了两件", report.number)
    zhou.opens(f"/desk/appeals/{report.number}/").presses("转出")
    zhou.picks("属于举报").writes("转到哪里", "县监委").writes("找谁", "信访室，电话12388")
    zhou.presses("转出，告知企业", status=422).sees("要先书面移交")
    zhou.picks("县办已经书面转去").writes("移送文号", "县服移〔2026〕1号").presses("转出，告知企业")
    zhou.sees("已转出", "还没有转出的诉求").sees_nothing_of(BRIBE)

    report = Appeal.objects.in_county(COUNTY).get(pk=report.pk)
    zhou.opens(f"/desk/appeals/{report.number}/", 404)
    a_minute_passes()
    story.wait(minutes=2)
    assert erase_handed_over(COUNTY, at=story.at) == 1

    boss = Screen(cast.boss).opens(f"/appeals/{report.number}/")
    boss.sees("已转到县监委", "信访室，电话12388", "内容已删除").sees_nothing_of("好处", LOAN)
    wang = Screen(cast.wang).opens("/desk/turned-away/").sees(report.number, "县服移〔2026〕1号")
    wang.opens(f"/desk/appeals/{report.number}/").sees("内容已依法删除").sees_nothing_of("好处")
    assert not Text.objects.in_county(COUNTY).filter(body__contains="好处").exists()
    assert "监委" not in "".join(letter.body for letter in letters("E1T"))

    story.fresh()
    story.accepted().dispatched().signed().replied().approved().published().rated()
    assert story.fresh().state == State.CLOSED
    assert list(drifts(COUNTY)) == []
    assert list(verify(COUNTY, Tally())) == []
