"""Every page of the walks, for eyes, ears, thumbs and keys alike."""

from __future__ import annotations

from tests.browser import road
from tests.browser.audit import Audit
from tests.browser.people import House


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


def test_the_large_mode_stays_on_from_page_to_page(live: House) -> None:
    boss = live.visitor("boss").opens("/").presses("长辈版").presses("说一说难处")

    assert boss.page.evaluate("() => document.documentElement.className").split()[0] == "large"
    boss.presses("标准版")
    assert "large" not in boss.page.evaluate("() => document.documentElement.className")
