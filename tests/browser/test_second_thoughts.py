"""Two at once, twice in a row, too late, and on second thoughts: nothing is lost or doubled."""

from __future__ import annotations

import pytest

from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal
from qifu.kernel.clock import now
from qifu.web.ui.middleware import CLICKED
from qifu.web.ui.sessions import SessionStore
from tests.browser import road
from tests.browser.people import House, Screen, enter
from tests.cast import COUNTY
from tests.story import Story

WORDS = "请先联系企业，问清要在哪天前付款。"


def _story(house: House) -> Story:
    return Story(house.cast, at=now(), enterprise=house.firms.tea)


def _half_an_hour_passes() -> None:
    """Let nobody have clicked for longer than a session lasts."""
    for row in SessionStore.get_model_class().objects.all():
        session = SessionStore(row.session_key)
        if CLICKED in session:
            session[CLICKED] -= 3600
            session.save()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_second_of_two_clerks_is_told_and_keeps_what_he_wrote(
    live: House, scripts: bool
) -> None:
    live.screen = Screen(scripts=scripts)
    appeal = _story(live).submitted().accepted().appeal
    page = f"/desk/appeals/{appeal.number}/dispatches/"
    wang = live.staff(live.cast.wang).opens(page).writes("交办意见", WORDS)
    live.staff(live.cast.zhou).opens(page).presses("交办，开始计时").sees("已交县金融办主办")

    wang.presses("交办，开始计时")

    assert wang.status == 409
    assert wang.reads_in("交办意见") == WORDS
    wang.sees("现在是“待签收”", "写的内容还在，可以复制。请先看现在办到哪一步。")
    if scripts:
        assert wang.page.evaluate("() => document.activeElement.id") == "errors"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_double_click_sends_one_case(live: House, scripts: bool) -> None:
    live.screen = Screen(390, scripts=scripts)
    boss = road.say_it(live)

    boss.control("提交，交给县办").dblclick()
    boss.page.wait_for_url("**/next/**")

    boss.sees("已经收到您说的难处")
    assert Appeal.objects.in_county(COUNTY).count() == 1


def test_a_dispatch_and_a_publication_can_be_undone_from_where_they_are_told(live: House) -> None:
    appeal = _story(live).submitted().accepted().appeal
    zhou = live.staff(live.cast.zhou).opens(f"/desk/appeals/{appeal.number}/")
    zhou.presses("交给县金融办").presses("撤回（").sees("已撤回", "请重新确定单位")
    assert road.state_of(appeal) == State.TO_DISPATCH

    answered = _story(live).submitted().accepted().dispatched().signed().replied().approved()
    wu = live.staff(live.cast.wu).opens(f"/desk/appeals/{answered.appeal.number}/")
    wu.presses("审核通过，发给企业").presses("撤回（").sees("企业没有收到")
    assert road.state_of(answered.appeal) == State.REVIEW


def test_a_long_answer_survives_being_signed_out_while_writing_it(live: House) -> None:
    appeal = _story(live).submitted().accepted().dispatched().signed().appeal
    zhu = live.staff(live.cast.zhu)
    zhu.opens(f"/desk/appeals/{appeal.number}/replies/?unit=jinrongban")
    zhu.picks("解释说明").writes("答复企业的话", road.ANSWER)
    _half_an_hour_passes()

    zhu.presses("报送答复").sees("没有操作，为安全起见已自动退出")
    enter(zhu, live.cast.zhu)

    zhu.sees("写答复", "已填回上次没提交的内容")
    assert zhu.reads_in("答复企业的话") == road.ANSWER


def test_what_the_enterprise_types_survives_a_closed_page(live: House) -> None:
    boss = live.visitor("boss").opens("/raise/problem/")
    boss.writes("遇到了什么难处", WORDS).sees("已自动保存")

    boss.opens("/").presses("说一说难处").sees("已填回上次没提交的内容")

    assert boss.reads_in("遇到了什么难处") == WORDS
