"""The pages of what goes up, comes down and is posted back, in both modes and at every width."""

from __future__ import annotations

from datetime import timedelta

from qifu.appeals.actions.escalating import UpperFacts, ask_escalation, escalate
from qifu.kernel.clock import local_date, now
from tests.appeals.test_escalate import PLEA
from tests.browser.audit import Audit
from tests.browser.people import House
from tests.story import Story

PAGES = """
/desk/escalations/ /desk/escalations/?show=all /desk/escalations/?show=back
/desk/post-backs/ /desk/post-backs/?show=late /desk/post-backs/?show=done
/desk/appeals/{raised}/ /desk/appeals/{raised}/upper-facts/ /desk/appeals/{raised}/upper-replies/
/desk/appeals/{raised}/deadline/ /desk/appeals/{asking}/ /desk/appeals/{asking}/escalations/
/desk/appeals/{asking}/escalation-rulings/ /desk/appeals/{owed}/ /desk/appeals/{owed}/post-backs/
"""


def test_the_pages_of_what_lies_above_are_sound(live: House) -> None:
    audit = live.look = Audit()
    cast, firm, at = live.cast, live.firms.tea, now()
    raised = Story(cast, at=at, enterprise=firm).submitted().accepted().dispatched().signed()
    told = UpperFacts("CITY", "六资规2026-31", local_date(at) + timedelta(days=20), "利用科")
    part = raised.part(cast.finance)
    part.appeal = raised.fresh()
    escalate(part.appeal, PLEA, told, part=part, by=cast.zhou, at=at)
    asking = Story(cast, at=at, enterprise=firm).submitted().accepted().dispatched().signed()
    ask_escalation(asking.part(cast.finance), PLEA, by=cast.zhu, at=at)
    owed = Story(cast, at=at - timedelta(hours=1), enterprise=firm).forwarded().accepted()
    owed.dispatched().signed().replied().approved().published()

    numbers = {"raised": raised, "asking": asking, "owed": owed}
    walker = live.staff(cast.zhou)
    for path in PAGES.format(**{name: it.appeal.number for name, it in numbers.items()}).split():
        assert walker.opens(path).status == 200, path
    walker.opens("/desk/appeals/new/").chooses("怎么来的", "上级转办").sees("上级编号")

    assert not audit.findings, "\n".join(audit.findings)
