"""转上级: only the office sends a case up; the unit's clock waits and the upper one runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qifu.appeals.above import escalations_seen
from qifu.appeals.actions import merging
from qifu.appeals.actions.coming_back import UpperReply, come_back
from qifu.appeals.actions.escalating import (
    Plea,
    UpperFacts,
    ask_escalation,
    deny_escalation,
    enter_upper,
    escalate,
)
from qifu.appeals.actions.following import follow_parents
from qifu.appeals.actions.reminding import remind_due
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import (
    Clock,
    Escalation,
    EscalationRequest,
    Level,
    StuckBy,
    UpperResult,
)
from qifu.appeals.queues import horizon, late_units
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import ClockKind
from qifu.appeals.timeline import entries
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from tests.cast import COUNTY
from tests.story import Story

PLEA = Plea(Level.CITY, "市自然资源和规划局", StuckBy.POWER, "跑了两次市局", "请批临时指标")
TOLD = UpperFacts("CITY", "皖N-2026-118", date(2026, 12, 8), "市局利用科")
REPLY = UpperReply(UpperResult.INSTRUCTED, "同意先行用地，由县局办手续。", date(2026, 11, 30))


@pytest.fixture
def handling(story: Story) -> Story:
    return story.submitted().accepted().dispatched().signed()


def asked(story: Story) -> EscalationRequest:
    part = story.part(story.cast.finance)
    return ask_escalation(part, PLEA, by=story.cast.zhu, at=story.at)


def raised(
    story: Story, told: UpperFacts = TOLD, request: EscalationRequest | None = None, key: str = ""
) -> Escalation:
    case = story.fresh()
    part = story.part(story.cast.finance) if case.lead_unit_id else None
    if part is not None:
        part.appeal = case
    return escalate(
        case, PLEA, told, part=part, request=request, by=story.cast.zhou, at=story.at, key=key
    )


def back(story: Story, row: Escalation, said: UpperReply = REPLY) -> Escalation:
    row = (
        Escalation.objects.in_county(COUNTY)
        .select_related("appeal__contact", "assignment__unit", "assignment__appeal")
        .get(pk=row.pk)
    )
    if row.assignment is not None:
        row.assignment.appeal = row.appeal
    return come_back(row, said, by=story.cast.zhou, at=story.at)


def running(story: Story) -> dict[str, date | None]:
    rows = Clock.objects.in_county(COUNTY).filter(appeal=story.appeal, stopped_at=None)
    return dict(rows.exclude(kind=ClockKind.CONTACT).values_list("kind", "due_on"))


def test_a_unit_asks_and_its_clock_runs_on(handling: Story) -> None:
    asked(handling)

    assert handling.fresh().state == State.HANDLING
    assert running(handling) == {"HANDLE": date(2026, 12, 1)}
    with pytest.raises(StaleState, match="正在等县办裁定"):
        asked(handling)


def test_only_the_lead_that_handles_it_asks(handling: Story) -> None:
    part = handling.part(handling.cast.finance)
    with pytest.raises(NotAllowed, match="承办单位"):
        ask_escalation(part, PLEA, by=handling.cast.li, at=handling.at)
    with pytest.raises(InvalidInput, match="建议上级怎么解决"):
        ask_escalation(part, replace(PLEA, proposal=" "), by=handling.cast.zhu, at=handling.at)


def test_a_township_hands_up_and_does_not_go_past_the_county(story: Story) -> None:
    story.lodged_locally()

    with pytest.raises(StaleState, match="上交县办"):
        ask_escalation(story.part(story.cast.township), PLEA, by=story.cast.qian, at=story.at)


def test_denied_the_unit_goes_on_with_the_office_saying_why(handling: Story) -> None:
    row = asked(handling)
    with pytest.raises(InvalidInput, match="为什么不提级"):
        deny_escalation(row, "", by=handling.cast.zhou, at=handling.at)

    deny_escalation(row, "县里有权办", by=handling.cast.zhou, at=handling.at)

    assert (row.agreed, handling.fresh().state) == (False, State.HANDLING)
    assert "提级未同意" in [e.title for e in entries(handling.appeal, internal=True)]
    assert "提级未同意" not in [e.title for e in entries(handling.appeal, internal=False)]
    with pytest.raises(StaleState):
        deny_escalation(row, "再说一次", by=handling.cast.zhou, at=handling.at)
    asked(handling)


def test_escalated_the_units_clock_waits_and_the_upper_one_runs_beside_it(
    handling: Story,
) -> None:
    row = raised(handling, request=asked(handling))

    part = handling.part(handling.cast.finance)
    assert (part.state, part.due_on) == (Work.ESCALATED, None)
    assert (handling.fresh().state, handling.appeal.due_on) == (State.ESCALATED, TOLD.due_on)
    assert running(handling) == {"HANDLE": None, "UPPER": TOLD.due_on}
    assert row.request is not None
    assert row.request.agreed
    assert list(drifts(COUNTY)) == []


def test_a_unit_that_was_late_already_gets_it_back_and_stays_late(handling: Story) -> None:
    """Its clock stands still on the day that is past, which is not the day of a running one."""
    row = raised(handling.wait(days=10), UpperFacts())
    assert running(handling) == {"HANDLE": date(2026, 12, 1)}

    said = replace(REPLY, replied_on=date(2026, 12, 7))
    back(handling.wait(days=3), row, said)

    part = handling.part(handling.cast.finance)
    assert (part.state, handling.fresh().state) == (Work.HANDLING, State.HANDLING)
    assert running(handling) == {"HANDLE": date(2026, 12, 1)}
    assert part.due_on == handling.appeal.due_on == date(2026, 12, 1)
    assert list(drifts(COUNTY)) == []


def test_the_enterprise_reads_who_has_it_and_hears_of_it(handling: Story) -> None:
    raised(handling)

    said = {notice.kind: notice.body for notice in Notice.objects.in_county(COUNTY)}
    assert "已转市自然资源和规划局办理，上级编号皖N-2026-118，我们继续跟踪" in said["E8"]
    assert "本单位计时暂停" in said["U-UP"]
    newest = entries(handling.appeal, internal=False)[0]
    assert newest.title == "已转上级办理"
    assert "皖N-2026-118" in newest.sentence


def test_only_the_office_escalates(handling: Story) -> None:
    part = handling.part(handling.cast.finance)
    for nobody in (handling.cast.zhu, handling.cast.chen, handling.cast.wu, handling.cast.boss):
        with pytest.raises(NotAllowed):
            escalate(handling.fresh(), PLEA, part=part, by=nobody, at=handling.at)


def test_the_second_clerk_is_told_and_the_same_form_twice_is_one(handling: Story) -> None:
    raised(handling, key="once")

    with pytest.raises(AlreadyDone):
        raised(handling, key="once")
    with pytest.raises(StaleState):
        raised(handling)
    assert Escalation.objects.in_county(COUNTY).count() == 1


def test_number_and_deadline_may_come_later_and_may_be_mended(handling: Story) -> None:
    row = raised(handling, UpperFacts())
    assert row.missing == ["上级编号", "上级期限"]
    assert (handling.fresh().due_on, running(handling)) == (None, {"HANDLE": None})

    row.appeal = handling.fresh()
    enter_upper(row, TOLD, by=handling.cast.zhou, at=handling.wait(days=1).at)
    assert running(handling)["UPPER"] == handling.fresh().due_on == date(2026, 12, 8)

    later = replace(TOLD, due_on=date(2026, 12, 15))
    row.appeal = handling.fresh()
    enter_upper(row, later, by=handling.cast.zhou, at=handling.wait(days=1).at)

    assert running(handling)["UPPER"] == handling.fresh().due_on == date(2026, 12, 15)
    upper = Clock.objects.in_county(COUNTY).filter(kind=ClockKind.UPPER).order_by("pk")
    assert [clock.stopped_at is None for clock in upper] == [False, True]
    assert list(drifts(COUNTY)) == []


def test_a_deadline_before_it_was_sent_is_a_slip(handling: Story) -> None:
    with pytest.raises(InvalidInput, match="转出那天之后"):
        raised(handling, replace(TOLD, due_on=date(2026, 11, 24)))


def test_replied_the_unit_has_what_was_left(handling: Story) -> None:
    row = raised(handling.wait(days=1))

    back(handling.wait(days=6), row)

    # One of five working days was used by the 25th; four more after the 1st of December.
    assert handling.fresh().state == State.HANDLING
    assert handling.part(handling.cast.finance).due_on == date(2026, 12, 7)
    assert running(handling) == {"HANDLE": date(2026, 12, 7)}
    said = {notice.kind: notice.body for notice in Notice.objects.in_county(COUNTY)}
    assert "上级已答复，县金融办接着办，12月7日前答复您" in said["E8B"]
    assert list(drifts(COUNTY)) == []


def test_replied_on_its_last_day_the_unit_has_two_days_at_least(handling: Story) -> None:
    row = raised(handling.wait(days=6))

    back(handling.wait(days=2), row)

    # Escalated on its last day, replied on Thursday the 2nd: Thursday and Friday at least.
    assert handling.part(handling.cast.finance).due_on == date(2026, 12, 4)


def test_without_a_lead_it_goes_back_to_the_office(story: Story) -> None:
    story.submitted().accepted()
    row = raised(story)
    assert (story.fresh().state, running(story)) == (State.ESCALATED, {"UPPER": TOLD.due_on})

    back(story.wait(days=6), row)

    assert story.fresh().state == State.TO_DISPATCH
    assert running(story) == {"DISPATCH": date(2026, 12, 1)}
    assert list(drifts(COUNTY)) == []
    story.dispatched()


def test_it_may_go_up_once_more_to_the_province(handling: Story) -> None:
    back(handling.wait(days=6), raised(handling))

    raised(handling, replace(TOLD, due_on=date(2026, 12, 22)))

    assert Escalation.objects.in_county(COUNTY).filter(appeal=handling.appeal).count() == 2
    assert running(handling) == {"HANDLE": None, "UPPER": date(2026, 12, 22)}
    assert list(drifts(COUNTY)) == []


def test_the_upper_organ_is_late_and_nobody_of_the_county(handling: Story) -> None:
    raised(handling)
    handling.wait(days=20)

    within = horizon(COUNTY, handling.at)
    assert late_units(handling.cast.wang, within) == []
    assert remind_due(COUNTY, at=handling.at) == 0


def test_a_reply_from_the_future_or_before_it_was_sent_is_a_slip(handling: Story) -> None:
    row = raised(handling)
    for wrong in (date(2026, 11, 23), date(2026, 12, 24)):
        with pytest.raises(InvalidInput, match="答复日期"):
            back(handling, row, replace(REPLY, replied_on=wrong))


def test_replied_twice_the_second_is_told(handling: Story) -> None:
    row = raised(handling)
    handling.wait(days=6)
    back(handling, row)
    with pytest.raises(StaleState):
        back(handling, row)


def test_who_goes_with_it_waits_with_it_and_hears_of_it(handling: Story) -> None:
    other = Story(handling.cast, at=handling.at).submitted(handling.cast.outsider)
    merging.merge(
        other.fresh(), handling.fresh(), "同一件事", by=handling.cast.zhou, at=handling.at
    )

    row = raised(handling)

    follow_parents(COUNTY, at=handling.wait(days=1).at)
    assert other.fresh().state == State.MERGED
    assert escalations_seen(handling.cast.zhou, local_date(handling.at)).get() == row
    newest = entries(other.appeal, internal=False)[0]
    assert newest.title == "已转上级办理"
    # Neither the other case's number up there nor whom it went to is told on.
    assert "皖N" not in newest.sentence
