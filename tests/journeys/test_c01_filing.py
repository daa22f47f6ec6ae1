"""C01: 1名负责同志分管、1名专职人员，报县办备案."""

from __future__ import annotations

from qifu.appeals.models import Assignment
from qifu.kernel.clock import now
from tests.cast import COUNTY, Cast
from tests.firms import Firms
from tests.journeys import road
from tests.journeys.screen import Screen
from tests.story import Story


def test_the_list_of_who_has_not_filed_empties_as_units_file(cast: Cast, firms: Firms) -> None:
    zhou = Screen(cast.zhou).opens("/desk/units/").presses("未备案")
    owing = ("县金融办", "县人社局", "油坊店乡", "产业园区")
    zhou.sees(*owing)

    # Each by itself: leader and liaison as they are.
    for who, code in ((cast.zhu, "jinrongban"), (cast.sun, "341524202"), (cast.fan, "341524400")):
        unit = Screen(who).opens(f"/desk/units/{code}/").sees("未备案").presses("备案")
        unit.presses("备案").sees("已备案").sees_nothing_of("还没有备案")
    _left(zhou, "县人社局")

    # The office for whoever does not, and then nobody is left.
    zhou.presses("县人社局").presses("备案").presses("备案").sees("周敏", "李干事", "赵局")
    _left(zhou)
    Screen(cast.zhu).opens("/desk/unfiled-units/", status=404)


def test_a_new_leader_is_filed_and_the_old_filing_stays(cast: Cast, firms: Firms) -> None:
    unit = Screen(cast.zhu).opens("/desk/units/jinrongban/").presses("备案").presses("备案")
    unit.sees("陈局")

    # The liaison confirms who is there; the leader himself or the office names another.
    screen = Screen(cast.zhou).opens("/desk/units/jinrongban/filings/")
    screen.chooses("分管负责同志", "何干部（he）").presses("备案")

    unit.opens("/desk/units/jinrongban/").sees("何干部", "陈局", "历史")
    answer = Story(cast, at=now(), enterprise=firms.tea).submitted().accepted().dispatched()
    answer.signed().replied()
    road.approve(cast.he, answer.fresh().title)
    road.case(cast.chen, answer.fresh(), status=404)


def test_a_renamed_unit_keeps_its_history_and_its_work(cast: Cast, firms: Firms) -> None:
    Screen(cast.zhu).opens("/desk/units/jinrongban/").presses("备案").presses("备案")
    story = Story(cast, at=now(), enterprise=firms.tea).submitted().accepted().dispatched()
    appeal = story.fresh()

    zhou = Screen(cast.zhou).opens("/desk/units/jinrongban/").presses("更名")
    zhou.writes("新简称", "县地方金融局").writes("新全称", "金寨县地方金融管理局")
    zhou.writes("代码", "difangjinrong").presses("更名").sees("现由", "县地方金融局", "继任")

    # People, filing and open work go along; what was done stays under the old name.
    unit = Screen(cast.zhou).opens("/desk/units/difangjinrong/")
    unit.sees("陈局", "朱科长", "前身", "县金融办").sees_nothing_of("未备案")
    road.sign(cast.zhu, appeal).sees("县金融办")
    (part,) = Assignment.objects.in_county(COUNTY).filter(appeal=appeal).select_related("unit")
    assert part.unit.code == "jinrongban"
    _left(Screen(cast.zhou), "县人社局", "油坊店乡", "产业园区")


def _left(screen: Screen, *units: str) -> None:
    """Find exactly these units in the list of those who have not filed."""
    screen.opens("/desk/unfiled-units/")
    rows = screen.page.all("tbody")
    listed = [cell.words for row in rows for cell in row.all("a") if cell.words != "备案"]
    assert sorted(word for word in listed if word in ALL) == sorted(units), screen.words


ALL = ("县金融办", "县人社局", "油坊店乡", "产业园区", "县地方金融局")
