"""qifu asks again of what was put off: before and after the day, at stages, and monthly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from qifu.appeals.actions.asking_again import ask_again
from qifu.appeals.actions.noting import tell_meanwhile
from qifu.appeals.actions.promising import break_due, break_promise, keep
from qifu.appeals.actions.reminding import remind_due
from qifu.appeals.ladder import ReminderKind
from qifu.appeals.lateness import urged_cases
from qifu.appeals.models import Reminder
from qifu.appeals.tracking import whole_months
from qifu.notices import outbox
from qifu.notices.models import Notice, State
from tests.appeals.put_off import PLANNED, owed, put_off
from tests.appeals.rounds import PORT, bodies, on, reminders
from tests.cast import COUNTY
from tests.story import Story

FRIDAY = date(2026, 12, 11)


def asked(at: datetime) -> list[str]:
    """Ask, and return what was asked just now."""
    before = set(Reminder.objects.in_county(COUNTY).values_list("pk", flat=True))
    ask_again(COUNTY, at=at)
    rows = Reminder.objects.in_county(COUNTY).exclude(pk__in=before).order_by("pk")
    return [row.kind for row in rows]


def test_a_working_day_before_the_day_the_liaison_is_reminded_once(story: Story) -> None:
    put_off(story, FRIDAY)

    assert asked(on(9, 9, month=12)) == []
    assert asked(on(10, 7, 50, month=12)) == []
    assert asked(on(10, 8, month=12)) == [ReminderKind.PROMISE]
    assert asked(on(11, 9, month=12)) == []
    (letter,) = bodies("U11")
    assert "承诺企业的事明天到期" in letter
    # The ordinary ladder does not speak of a promise besides.
    assert remind_due(COUNTY, at=on(14, 9, month=12)) == 0


def test_the_working_day_after_unit_and_leader_are_urged_once(story: Story) -> None:
    put_off(story, FRIDAY)
    break_due(COUNTY, at=on(12, 0, 25, month=12))

    assert asked(on(12, 9, month=12)) == []
    assert asked(on(14, 8, month=12)) == [ReminderKind.UNREPORTED]
    assert asked(on(15, 8, month=12)) == []
    liaison, leader = bodies("U12")
    assert liaison == leader
    assert "《催办通知》" in liaison
    assert "承诺12月11日前办成，已过1个工作日没有报告，已计未兑现" in liaison
    assert urged_cases([story.fresh()]) == {story.appeal.pk}


def test_whoever_reported_is_not_asked(story: Story) -> None:
    put_off(story, FRIDAY)
    keep(owed(story), "路通了。", by=story.cast.zhu, at=on(10, 7, month=12))

    assert asked(on(10, 9, month=12)) == []


def test_a_new_day_is_asked_after_like_the_first(story: Story) -> None:
    put_off(story, FRIDAY)
    asked(on(10, 9, month=12))
    later = date(2026, 12, 18)
    break_promise(owed(story), "下雨", later, by=story.cast.zhu, at=on(11, 9, month=12))

    assert asked(on(17, 9, month=12)) == [ReminderKind.PROMISE]


def test_a_stage_reply_is_asked_for_before_and_urged_after_fifteen_days(story: Story) -> None:
    put_off(story, date(2027, 3, 31))

    # The 15th working day is the 15th of December.
    assert asked(on(11, 9, month=12)) == []
    assert asked(on(14, 9, month=12)) == [ReminderKind.STAGE]
    assert asked(on(16, 9, month=12)) == [ReminderKind.STAGE_LATE]
    assert len(bodies("U13")) == 3
    part = story.part(story.cast.finance)
    tell_meanwhile(part, "路基已压实。", by=story.cast.zhu, at=on(16, 10, month=12))
    assert asked(on(17, 9, month=12)) == []
    # Each stage is asked for anew; New Year's Day is no working day.
    assert asked(datetime(2027, 1, 7, 9, tzinfo=story.at.tzinfo))[:1] == [ReminderKind.STAGE]


def test_every_month_the_leader_is_asked_to_look_into_it(story: Story) -> None:
    put_off(story, date(2027, 6, 30))
    tz = story.at.tzinfo

    def leader_asked(at: datetime) -> int:
        return asked(at).count(ReminderKind.MONTHLY)

    assert leader_asked(on(23, 9, month=12)) == 0
    assert leader_asked(on(24, 9, month=12)) == 1
    assert leader_asked(on(25, 9, month=12)) == 0
    # After two months without a worker it asks once, not twice.
    assert leader_asked(datetime(2027, 3, 1, 9, tzinfo=tz)) == 1
    assert leader_asked(datetime(2027, 3, 2, 9, tzinfo=tz)) == 0
    assert "列入计划已满3个月，承诺6月30日前办成" in bodies("U14")[-1]
    # A new day does not begin the months anew.
    at = datetime(2027, 3, 3, 9, tzinfo=tz)
    break_promise(owed(story), "推迟", date(2027, 7, 30), by=story.cast.zhu, at=at)
    assert leader_asked(datetime(2027, 3, 4, 9, tzinfo=tz)) == 0


def test_after_downtime_only_what_is_still_so_is_said(story: Story) -> None:
    put_off(story, FRIDAY)

    # Nothing ran from Wednesday till Tuesday.
    break_due(COUNTY, at=on(15, 7, month=12))

    assert asked(on(15, 9, month=12)) == [ReminderKind.UNREPORTED]
    assert reminders("PROMISE") == []
    assert "已过2个工作日" in bodies("U12")[0]


def test_a_reminder_that_is_not_true_any_more_does_not_leave(story: Story) -> None:
    put_off(story, FRIDAY)
    at = on(10, 9, month=12)
    ask_again(COUNTY, at=at)
    keep(owed(story), "路通了。", by=story.cast.zhu, at=at)

    outbox.sweep(at=at + timedelta(minutes=2), port=PORT)

    assert Notice.objects.in_county(COUNTY).get(kind="U11").state == State.CANCELLED


def test_whoever_promises_for_tomorrow_is_not_reminded_at_once(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    story.replied(replace(PLANNED, promised_on=date(2026, 11, 25))).approved().published()

    assert asked(story.at + timedelta(hours=1)) == []
    assert asked(on(25, 8)) == [ReminderKind.PROMISE]
    assert "承诺企业的事今天到期" in bodies("U11")[0]


@pytest.mark.parametrize(
    ("since", "today", "months"),
    [
        (date(2026, 11, 24), date(2026, 12, 23), 0),
        (date(2026, 11, 24), date(2026, 12, 24), 1),
        (date(2027, 1, 31), date(2027, 2, 28), 0),
        (date(2027, 1, 31), date(2027, 3, 1), 1),
        (date(2026, 11, 24), date(2027, 11, 24), 12),
        (date(2026, 11, 24), date(2026, 11, 20), 0),
    ],
)
def test_a_month_is_over_on_its_day(since: date, today: date, months: int) -> None:
    assert whole_months(since, today) == months
