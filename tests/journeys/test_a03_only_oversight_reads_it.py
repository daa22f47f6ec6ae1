"""A03: what an enterprise says of an officer's conduct is read by oversight and nobody else."""

from __future__ import annotations

from qifu.notices.models import Notice
from tests.cast import COUNTY, Cast
from tests.journeys.screen import Screen
from tests.story import Story

WORDS = "去了三次都说系统坏了，要我们找人“沟通”"
ANSWER = "已核实，批评教育，请您再去一次窗口"


def test_only_oversight_reads_it(cast: Cast) -> None:
    story = Story(cast).submitted().accepted().dispatched()
    number = story.appeal.number
    boss = Screen(cast.boss).opens(f"/appeals/{number}/").presses("反映工作作风")
    boss.presses("交给监督单位", status=422).sees("还没写")
    boss.writes("哪位干部", "朱科长").writes("怎么回事", WORDS).presses("交给监督单位")
    boss.sees("已交监督单位", "县金融办", "等监督单位受理")

    for other in (cast.wang, cast.zhou, cast.zheng, cast.chen, cast.zhu, cast.sys, cast.auditor):
        screen = Screen(other).opens("/desk/").sees_nothing_of("作风反映", WORDS)
        screen.opens("/desk/conduct/", 404)
    Screen(cast.zhou).opens(f"/desk/appeals/{number}/").sees_nothing_of("作风", WORDS)

    feng = Screen(cast.feng).opens("/desk/").presses("作风反映").presses("县金融办")
    feng.sees(WORDS, "朱科长", number, cast.boss.phone).presses("受理").sees("已受理")
    boss.opens("/me/").presses("反映工作作风").sees("监督单位正在核实")
    feng.presses("答复并办结", status=422).sees("还没写答复")
    feng.writes("答复", ANSWER).presses("答复并办结").sees("没有待受理的作风反映")

    boss.opens("/me/complaints/").sees("监督单位已答复").presses("县金融办").sees(ANSWER, WORDS)
    journal = Screen(cast.auditor).opens("/desk/journal/?family=conduct")
    journal.sees("企业反映干部作风", "监督单位查看作风反映", "办结作风反映")
    journal.sees_nothing_of("ZF20", "金融办", cast.boss.phone[-4:])
    told = Notice.objects.in_county(COUNTY).filter(kind__startswith="CONDUCT")
    assert told.count() == 3
    assert not told.filter(body__contains="作风").exists()
