"""C13, C15: a road that is put off, promised, not built by its day, promised anew, and built."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qifu.appeals.actions.asking_again import ask_again
from qifu.appeals.actions.promising import break_due, break_promise, keep
from qifu.appeals.ledger import reach, sums
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Promise, PromiseState, Rating
from qifu.appeals.reconciling import drifts
from tests.appeals.put_off import PLANNED, owed
from tests.appeals.rounds import bodies, on
from tests.cast import COUNTY, Cast
from tests.journeys.screen import Screen
from tests.story import Story, lay_rules

ROAD = "进园道路窄，大巴和货车会不了车，旁边泄洪沟也淤了。"
FIRST, SECOND = date(2026, 12, 11), date(2026, 12, 25)


def test_what_was_broken_stays_broken_and_what_was_kept_is_kept(cast: Cast) -> None:
    lay_rules(COUNTY)
    story = Story(cast).submitted(problem=ROAD).accepted().dispatched().signed()
    story.replied(replace(PLANNED, promised_on=FIRST)).approved().published()
    page = f"/appeals/{story.appeal.number}/"

    # The enterprise is told a day, and is not asked to rate.
    assert "承诺12月11日前办成" in bodies("E7T")[0]
    assert bodies("E9") == []
    boss = Screen(cast.boss).opens(page).sees("进园道路拓宽到6米", "等承诺兑现")
    assert not boss.offers("评一评")

    # The day comes and passes, and nobody says anything.
    ask_again(COUNTY, at=on(10, 9, month=12))
    break_due(COUNTY, at=on(12, 0, 25, month=12))
    ask_again(COUNTY, at=on(14, 8, month=12))
    assert len(bodies("U11")) == 1
    assert len(bodies("U12")) == 2
    assert "没有按时办成" in bodies("E7B")[0]

    # Another day is given, which the enterprise hears and sees.
    story.at = on(14, 10, month=12)
    break_promise(owed(story), "连日下雨，路基没干。", SECOND, by=cast.zhu, at=story.at)
    assert "改为承诺12月25日前办成" in bodies("E7T")[1]
    Screen(cast.boss).opens(page).sees("12月11日前：没有按时办成", "连日下雨")

    # And that one is kept.
    story.at = on(24, 15, month=12)
    keep(owed(story), "道路已拓宽到6米，泄洪沟已清。", by=cast.zhu, at=story.at)
    story.replied().approved().published()
    assert len(bodies("E9")) == 1
    story.rated()

    assert story.fresh().state == State.CLOSED
    assert Rating.objects.in_county(COUNTY).count() == 1
    rows = Promise.objects.visible_to(cast.wang, SECOND).standing()
    states = list(rows.order_by("turn").values_list("state", flat=True))
    assert states == [PromiseState.BROKEN, PromiseState.KEPT]
    ratio = sums(rows, reach(COUNTY, story.at)).ratio
    assert (ratio.kept, ratio.due, ratio.percent) == (1, 2, "50%")
    ledger = Screen(cast.wang).opens("/desk/promises/").sees("已兑现1条", "已有结果2条", "50%")
    ledger.presses("已兑现1条").sees("符合的1条")
    ledger.opens("/desk/promises/").presses("已有结果2条").sees("符合的2条")
    assert list(drifts(COUNTY)) == []
