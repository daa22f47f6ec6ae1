"""Every page of the walks, for eyes, ears, thumbs and keys alike."""

from __future__ import annotations

from qifu.conduct.actions import complain
from qifu.kernel.clock import now
from tests.browser import road
from tests.browser.audit import Audit
from tests.browser.people import House
from tests.browser.walker import Walker
from tests.story import Story

OF_THE_OFFICE = """
/desk/queues/to-accept/ /desk/queues/to-dispatch/ /desk/queues/to-review/ /desk/queues/overdue/
/desk/queues/ended/ /desk/appeals/?q=茶 /desk/appeals/?q=没有这样的 /desk/appeals/new/
/desk/appeals/{new}/declines/ /desk/appeals/{new}/turn-aways/ /desk/turned-away/
/desk/appeals/{new}/duplicates/ /desk/appeals/{new}/splits/
/desk/appeals/{new}/mergers/ /desk/appeals/{new}/answers/ /desk/appeals/{new}/viewers/
/desk/appeals/{given}/ /desk/appeals/{given}/?show=internal /desk/appeals/{answered}/reviews/
/desk/enterprises/ /desk/enterprises/new/ /desk/enterprises/{firm}/ /desk/enterprises/{firm}/edit/
/desk/enterprises/requests/ /desk/units/ /desk/units/jinrongban/ /desk/units/jinrongban/filings/
/desk/unfiled-units/ /desk/roster/ /desk/catalogue/ /desk/calendar/ /desk/calendar/2026/
/desk/calendar/2027/notice/ /desk/calendar/2026/days/ /desk/units/new/
/desk/units/jinrongban/renamings/ /desk/units/jinrongban/mergers/ /desk/exclusions/
/desk/nowhere/
"""
OF_THE_KEEPER = "/desk/ /desk/accounts/ /desk/accounts/new/ /desk/accounts/zhu/ /desk/password/"
OF_THE_GUARD = "/desk/accounts/zhu/"
OF_OVERSIGHT = "/desk/conduct/ /desk/conduct/{said}/ /desk/journal/?family=conduct"
OF_THE_AUDITOR = "/desk/ /desk/journal/"
OF_THE_PORTAL = """
/ /about/ /me/ /me/enterprises/{firm}/ /me/requests/new/ /me/complaints/
/me/complaints/new/ /appeals/ /appeals/{new}/
/appeals/{new}/next/ /appeals/{new}/objections/ /appeals/{new}/rating/ /mailbox/ /nowhere/
"""


def test_every_page_of_a_case_is_sound_in_both_modes_and_at_every_width(live: House) -> None:
    audit = Audit()
    live.look = audit
    cast = live.cast

    boss = road.say_it(live)
    appeal = road.submit(boss)
    boss.presses("看办到哪一步").presses("日期怎么算的").opens("/appeals/").opens("/me/")
    zhou = road.accept_and_dispatch(live, appeal)
    zhou.presses("时限怎么算的").opens("/desk/appeals/")
    zhu = road.sign(live, appeal, cast.zhu)
    road.reply(zhu)
    road.approve(live, cast.chen, road.ANSWER)
    wu = road.publish(live, appeal)
    boss.opens("/").opens(f"/appeals/{appeal.number}/").presses("评一评")
    road.rate(boss)
    wu.opens(wu.path)

    assert not audit.findings, "\n".join(audit.findings)
    assert len(audit.pages) > 20


def test_the_pages_beside_the_road_are_sound_as_well(live: House) -> None:
    audit = live.look = Audit()
    cast, story = live.cast, Story(live.cast, at=now(), enterprise=live.firms.tea)
    firm = live.firms.tea.number
    new = story.submitted().appeal.number
    given = story.submitted().accepted().dispatched(cast.labour).signed().replied().appeal.number
    answered = story.submitted().accepted().dispatched().signed().replied().approved().appeal.number

    _open_each(
        live.staff(cast.wang), OF_THE_OFFICE, firm=firm, new=new, given=given, answered=answered
    )
    _open_each(live.staff(cast.sys), OF_THE_KEEPER)
    _open_each(live.staff(cast.sec), OF_THE_GUARD)
    said = complain(cast.labour, "推了三次", by=cast.boss, at=now()).number
    _open_each(live.staff(cast.feng), OF_OVERSIGHT, said=said)
    _open_each(live.staff(cast.auditor), OF_THE_AUDITOR)
    _open_each(road.come_in(live), OF_THE_PORTAL, firm=firm, new=new)

    assert not audit.findings, "\n".join(audit.findings)


def _open_each(walker: Walker, paths: str, **named: str) -> None:
    for path in paths.format(**named).split():
        assert walker.opens(path).status == (404 if "nowhere" in path else 200), path


def test_the_large_mode_stays_on_from_page_to_page(live: House) -> None:
    boss = live.visitor("boss").opens("/").presses("长辈版").presses("说一说难处")

    assert _is_large(boss)
    assert not _is_large(boss.presses("标准版"))


def test_the_menu_behind_ones_name_has_large_mode_password_and_mailbox(live: House) -> None:
    zhou = live.staff(live.cast.zhou).unfolds("周敏").presses("长辈版")
    assert _is_large(zhou)

    zhou.unfolds("周敏").presses("改密码").sees("改密码")
    zhou.opens("/desk/").unfolds("周敏").presses("演示信箱").sees("最新的50条")


def _is_large(walker: Walker) -> bool:
    classes = str(walker.page.evaluate("() => document.documentElement.className"))
    return "large" in classes.split()
