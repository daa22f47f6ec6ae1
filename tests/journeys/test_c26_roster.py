"""C03, C26: the attachment's five groups, as printed in 2018 and by today's names."""

from __future__ import annotations

from pathlib import Path

import pytest

from qifu.kernel.clock import now
from qifu.organisations.actions.loading import load_county
from qifu.organisations.county_file import read
from tests.cast import Cast
from tests.firms import Firms
from tests.journeys import paper
from tests.journeys.screen import Screen

FILE = Path(__file__).resolve().parent.parent.parent / "counties" / "341524.toml"
# 附件: group, duty, name and unit, letter for letter.
PRINTED = """
第一小组 组长 汪光毅 县发改委
第一小组 成员 黄良才 县住建局
第一小组 成员 王成华 县国土局
第一小组 成员 邓正金 县规划局
第二小组 组长 冯克祥 县经信委
第二小组 成员 汪承中 县环保局
第二小组 成员 焦 作 县银监办
第二小组 成员 马 锐 县金融办
第三小组 组长 曾庆顺 县农发委
第三小组 成员 陈福俊 县林业局
第三小组 成员 闵春辉 县交运局
第三小组 成员 储 鹏 县旅游委
第四小组 组长 张英武 县商粮局
第四小组 成员 张万永 产业园区
第四小组 成员 陈海平 县市管局
第四小组 成员 蔡先武 县人行
第五小组 组长 朱 阳 县科技局
第五小组 成员 秦 毅 县国税局
第五小组 成员 程克常 县地税局
第五小组 成员 余 靖 县人社局
""".strip().splitlines()
SUCCESSORS = {
    "县国土局": "县自规局",
    "县规划局": "县自规局",
    "县经信委": "县科技经信局",
    "县科技局": "县科技经信局",
    "县环保局": "县生态环境分局",
    "县农发委": "县农业农村局",
    "县旅游委": "县文旅体局",
    "县商粮局": "县商务局",
    "县市管局": "县市场监管局",
    "县国税局": "县税务局",
    "县地税局": "县税务局",
}


@pytest.fixture
def jinzhai(cast: Cast) -> Cast:
    """The cast in the county as its data file has it."""
    load_county(read(FILE), at=now())
    return cast


def test_on_2018_10_01_it_reads_as_printed(jinzhai: Cast) -> None:
    screen = Screen(jinzhai.zhu).opens("/desk/roster/?on=2018-10-01").sees("2018年10月1日")

    lines = _lines(screen)

    assert [line[:-1] for line in lines] == [_printed(line) for line in PRINTED]
    assert [line[-1] for line in lines] == [line.rpartition(" ")[2] for line in PRINTED]


def test_today_each_name_stands_beside_the_units_successor(jinzhai: Cast) -> None:
    screen = Screen(jinzhai.zhu).opens("/desk/roster/?on=2018-10-01").presses("今天")

    lines = _lines(screen)

    assert [line[:-1] for line in lines] == [_printed(line) for line in PRINTED]
    today = {line[-2]: line[-1].removesuffix(" 继任") for line in lines}
    assert today == {unit: SUCCESSORS.get(unit, unit) for unit in today}
    assert len(today) == 20
    # From a successor back to what became of the one that was printed.
    screen.presses("县自规局").sees("前身", "县国土局", "县规划局")


def test_the_names_of_the_attachment_have_no_account_here(jinzhai: Cast) -> None:
    screen = Screen(jinzhai.sec)
    for line in PRINTED:
        name = line.split(" ", 2)[2].rpartition(" ")[0]
        screen.opens(f"/desk/accounts/?q={name}").sees("没有符合条件的账号")


def test_a_county_without_such_an_attachment_says_so(jinzhai: Cast, neighbours: Firms) -> None:
    Screen(neighbours.cast.zhu).opens("/desk/roster/").sees("没有工作小组名单")


def _printed(line: str) -> list[str]:
    group, duty, rest = line.split(" ", 2)
    name, _, unit = rest.rpartition(" ")
    return [group, duty, name, unit]


def _lines(screen: Screen) -> list[list[str]]:
    """Read the page as lines: group, duty, name, printed unit, unit of the day."""
    return [
        [_heading(card), *(cell.words for cell in row.all("td"))]
        for card in screen.page.all("section")
        for row in card.all("tr")
        if row.all("td")
    ]


def _heading(card: paper.Node) -> str:
    return card.all("h2")[0].words
