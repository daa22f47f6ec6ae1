"""C12, C02: township, county, city and back; and what came from above goes back up, with proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from qifu.appeals.actions.coming_back import UpperReply, come_back
from qifu.appeals.actions.escalating import Plea, UpperFacts, ask_escalation, escalate
from qifu.appeals.actions.from_above import Posted, post_back
from qifu.appeals.actions.working import hand_up
from qifu.appeals.clocks import timing
from qifu.appeals.forwarded import DONE, LATE, orders_seen
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Clock, Escalation, Level, StuckBy, UpperOrder, UpperResult
from qifu.appeals.posting import owing
from qifu.appeals.queues import horizon, late_units, office_tally
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import ReplyChannel
from qifu.enterprises.actions import bind_by_phone
from qifu.kernel.clock import SHANGHAI, local_date
from qifu.kernel.errors import StaleState
from tests.cast import COUNTY, Cast
from tests.firms import Firms
from tests.journeys.screen import Screen
from tests.story import ORDERED, Story

LAND = "炒茶车间要扩建，缺8亩临时用地指标，县里的指标今年已经用完，想问市里能不能调剂。"
PLEA = Plea(
    Level.CITY,
    "市自然资源和规划局",
    StuckBy.POWER,
    "县里协调两次，本年度指标已用完",
    "请市里调剂8亩临时指标",
)
REPLY = UpperReply(UpperResult.INSTRUCTED, "同意调剂8亩，由县局办理。", date(2026, 12, 10))


def on(day: int, hour: int = 10, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def running(story: Story) -> dict[str, date | None]:
    rows = Clock.objects.in_county(COUNTY).filter(appeal=story.appeal, stopped_at=None)
    return dict(rows.exclude(kind="CONTACT").values_list("kind", "due_on"))


def raised(story: Story, plea: Plea, due_on: date, **more: object) -> Escalation:
    part = story.part(story.cast.finance)
    part.appeal = story.fresh()
    told = UpperFacts(ReplyChannel.CITY, "六资规2026-31", due_on)
    return escalate(part.appeal, plea, told, part=part, by=story.cast.zhou, at=story.at, **more)  # type: ignore[arg-type]


def back(story: Story, row: Escalation, said: UpperReply) -> None:
    row.appeal = story.fresh()
    part = story.part(story.cast.finance)
    part.appeal = row.appeal
    row.assignment = part
    come_back(row, said, by=story.cast.zhou, at=story.at)


def owed(story: Story, show: str = "") -> list[str]:
    rows = orders_seen(
        story.cast.zhou,
        local_date(story.at),
        owing(timing(COUNTY, story.at), story.at),
        show,
    )
    return [row.appeal.number for row in rows]


def test_from_the_township_to_the_city_and_back(cast: Cast, firms: Firms) -> None:
    bind_by_phone(cast.boss, at=on(24, month=11))
    story = Story(cast, at=on(24, month=11), enterprise=firms.tea)
    story.lodged_locally(problem=LAND, category=story.category)
    page = f"/desk/appeals/{story.appeal.number}/"

    # The township hands up what it cannot settle; the county hands it out on a limit of 5 days.
    story.at = on(25, month=11)
    tried = "乡里没有指标"
    hand_up(story.part(cast.township), "POLICY", tried, by=cast.qian, at=story.at)
    story.fresh()
    story.dispatched().signed()
    assert running(story)["HANDLE"] == date(2026, 12, 2)

    # The unit asks for the city: asked is not given, and its clock runs on.
    story.at = on(27, month=11)
    request = ask_escalation(story.part(cast.finance), PLEA, by=cast.zhu, at=story.at)
    assert running(story) == {"HANDLE": date(2026, 12, 2)}
    Screen(cast.zhou).opens(page).sees("申请转市自然资源和规划局", PLEA.proposal)

    # On the unit's last day the office sends it up: one clock waits, the other runs beside it.
    story.at = on(2)
    request.appeal = story.fresh()
    row = raised(story, PLEA, date(2026, 12, 11), request=request)
    assert (story.fresh().state, story.part(cast.finance).state) == (
        State.ESCALATED,
        Work.ESCALATED,
    )
    assert running(story) == {"HANDLE": None, "UPPER": date(2026, 12, 11)}
    Screen(cast.qian).opens(page).sees("等市自然资源和规划局答复", "上级编号", "六资规2026-31")
    follow = Screen(cast.boss).opens(f"/appeals/{story.appeal.number}/")
    follow.sees("已转上级办理", "六资规2026-31").sees_nothing_of(PLEA.tried)
    # Nobody of the county is late meanwhile, the city's own day past or not.
    assert late_units(cast.wang, horizon(COUNTY, on(15))) == []

    # The city replies; what was left is less than two working days, so two it is.
    story.at = on(10)
    back(story, row, REPLY)
    assert running(story) == {"HANDLE": date(2026, 12, 14)}
    assert story.fresh().due_on == date(2026, 12, 14)
    Screen(cast.zhu).opens(page).sees("同意调剂8亩")

    # Answered on that day it is in time; the enterprise rates it.
    story.at = on(14, 16)
    story.replied().approved().published().wait(minutes=5).rated()
    clocks = {clock.kind: clock for clock in Clock.objects.in_county(COUNTY).order_by("pk")}
    assert clocks["HANDLE"].late_days == clocks["UPPER"].late_days == 0
    assert story.fresh().state == State.CLOSED
    # It did not come from above, so nobody above waits for its answer.
    assert office_tally(cast.zhou, horizon(COUNTY, on(15))).owed.all == 0
    assert list(drifts(COUNTY)) == []


def test_what_the_city_forwarded_goes_back_up_with_proof(cast: Cast, firms: Firms) -> None:
    bind_by_phone(cast.boss, at=on(24, month=11))
    order = replace(ORDERED, due_on=date(2026, 12, 18))
    story = Story(cast, at=on(24, month=11), enterprise=firms.tea).forwarded(order, problem=LAND)
    story.accepted().dispatched().signed()
    page = f"/desk/appeals/{story.appeal.number}/"
    Screen(cast.zhu).opens(page).sees("上级转办", "六企办2026-118", "市平台")

    # It goes up once more, to the province, with two of five working days used.
    story.at = on(26, month=11)
    row = raised(story, replace(PLEA, level=Level.PROVINCE, organ="省厅"), date(2026, 12, 8))
    assert running(story) == {"HANDLE": None, "UPPER": date(2026, 12, 8)}
    story.at = on(3)
    back(story, row, replace(REPLY, replied_on=date(2026, 12, 2)))
    assert running(story) == {"HANDLE": date(2026, 12, 8)}

    # Answered, and not owed upwards before the minute of recalling is over.
    story.at = on(8)
    story.replied().approved().published()
    assert owed(story) == []
    assert owed(story.wait(minutes=1)) == [story.appeal.number]
    story.wait(hours=1).rated()
    assert story.fresh().state == State.CLOSED

    # Rated or not, the city waits for one working day and then it is red.
    story.at = on(9, 17)
    assert (owed(story), owed(story, LATE)) == ([story.appeal.number], [])
    story.at = on(10, 9)
    assert owed(story, LATE) == [story.appeal.number]
    sheet = UpperOrder.objects.in_county(COUNTY).select_related("appeal").get()
    said = Posted(date(2026, 12, 10), "市平台回执3317号")
    post_back(sheet, said, by=cast.zhou, at=story.at)

    assert (owed(story), owed(story, LATE)) == ([], [])
    assert owed(story, DONE) == [story.appeal.number]
    with pytest.raises(StaleState):
        post_back(sheet, said, by=cast.wang, at=story.at)
    Screen(cast.feng).opens(page).sees("回填上级平台", "市平台回执3317号")
    boss = Screen(cast.boss).opens(f"/appeals/{story.appeal.number}/")
    boss.sees_nothing_of("回执3317号", "回填")
    assert list(drifts(COUNTY)) == []
