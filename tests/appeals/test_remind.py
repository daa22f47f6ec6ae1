"""Reminding (预警、催办): each rung once, in working hours, caught up after downtime."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qifu.appeals import timeline
from qifu.appeals.actions import publishing
from qifu.appeals.actions.noting import contact, note
from qifu.appeals.actions.reminding import remind_due, urge_by_hand
from qifu.appeals.actions.telling_on import tell_as_promised
from qifu.appeals.ladder import ReminderKind
from qifu.appeals.models import Means, Reminder
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.notices import outbox
from qifu.notices.links import PLACE
from qifu.notices.models import Notice, State
from tests.appeals.rounds import PORT, begun, bodies, on, reminders
from tests.cast import COUNTY, Cast
from tests.story import Story, lay_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    """A case said on Tuesday the 24th, 10:00."""
    lay_rules(cast.county)
    return Story(cast).submitted()


def test_the_working_day_before_it_is_due_the_unit_is_warned_once(story: Story) -> None:
    begun(story)

    # Handed out on Tuesday with five working days: due next Tuesday, warned on Monday.
    quiet = remind_due(COUNTY, at=on(27, 19, 59))
    warned = remind_due(COUNTY, at=on(30, 8))
    again = remind_due(COUNTY, at=on(30, 8, 10))

    assert (quiet, warned, again) == (0, 1, 0)
    assert reminders() == [(ReminderKind.WARNING, 0, date(2026, 12, 1))]
    to_liaison, to_leader = bodies("U5")
    assert to_liaison == f"{to_leader}点此办理{PLACE}"
    assert "明天24:00到期" in to_liaison
    assert "12月2日仍未答复将发催办通知" in to_liaison


def test_nothing_is_due_at_night_or_on_a_day_off(story: Story) -> None:
    begun(story)

    at = on(1, 20, month=12)
    while at < on(2, 8, month=12):
        assert remind_due(COUNTY, at=at) == 0
        at += timedelta(minutes=30)

    assert remind_due(COUNTY, at=on(5, 12, month=12)) == 0
    assert remind_due(COUNTY, at=on(2, 8, month=12)) == 1


def test_the_first_working_morning_after_it_is_due_the_unit_is_urged(story: Story) -> None:
    begun(story)

    remind_due(COUNTY, at=on(2, 8, month=12))

    (row,) = Reminder.objects.in_county(COUNTY)
    assert (row.kind, row.rung, row.late_days) == (ReminderKind.URGE, 1, 1)
    assert row.next_on == date(2026, 12, 4)
    (letter, copy) = bodies("U6")
    assert letter == f"{copy}点此办理{PLACE}"
    assert letter.startswith("《催办通知》")
    assert "应于12月1日24:00前答复，已逾期1个工作日" in letter
    assert "12月4日仍未答复，县办可提出督办" in letter


def test_who_does_not_sign_is_told_first_and_urged_a_day_later(story: Story) -> None:
    story.accepted().dispatched()

    remind_due(COUNTY, at=on(25, 9))
    first = reminders()
    remind_due(COUNTY, at=on(26, 9))
    second = reminders()
    remind_due(COUNTY, at=on(27, 9))

    assert first == []
    assert second == [(ReminderKind.UNSIGNED, 0, date(2026, 11, 25))]
    assert reminders()[1:] == [(ReminderKind.SIGN_URGE, 1, date(2026, 11, 25))]
    assert "11月27日仍未签收将发催办通知" in bodies("U3")[0]


def test_the_enterprise_hears_that_nothing_has_happened_and_then_how_it_stands(
    story: Story,
) -> None:
    begun(story)

    remind_due(COUNTY, at=on(2, 8, month=12))
    before = tell_as_promised(COUNTY, at=on(3, 9, month=12))
    told = tell_as_promised(COUNTY, at=on(4, 9, month=12))
    again = tell_as_promised(COUNTY, at=on(7, 9, month=12))

    (first,) = bodies("E5")
    assert "县金融办还没有答复您，我们已催办，12月4日再告诉您进展" in first
    assert (before, told, again) == (0, 1, 0)
    assert "县金融办在办，已逾期3个工作日，县办在督促" in bodies("E5F")[0]


def test_whoever_was_answered_is_not_told_again_that_he_was_not(story: Story) -> None:
    begun(story)
    remind_due(COUNTY, at=on(2, 8, month=12))
    story.at = on(2, 9, month=12)
    story.replied().approved()
    publishing.publish(story.reread(), by=story.cast.wu, at=on(2, 10, month=12))

    assert tell_as_promised(COUNTY, at=on(4, 9, month=12)) == 0


def test_who_has_not_rung_the_enterprise_is_urged_and_the_enterprise_hears(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed()

    remind_due(COUNTY, at=on(26, 8))

    assert reminders() == [(ReminderKind.CONTACT, 1, date(2026, 11, 25))]
    assert "县金融办还没有联系您，我们已催办，11月30日再告诉您进展" in bodies("E5")[0]


def test_whoever_rang_in_vain_is_not_said_to_have_done_nothing(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed()
    part = story.part(story.cast.finance)
    contact(part, story.at, Means.PHONE, reached=False, by=story.cast.zhu, at=story.at)

    assert remind_due(COUNTY, at=on(26, 8)) == 0


def test_at_half_time_without_any_record_the_liaison_alone_is_told(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed()
    remind_due(COUNTY, at=on(26, 8))

    remind_due(COUNTY, at=on(27, 8))

    assert reminders(ReminderKind.IDLE) == [(ReminderKind.IDLE, 0, date(2026, 12, 1))]
    assert len(bodies("U4")) == 1


def test_a_note_is_a_record_at_half_time(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed()
    note(story.part(story.cast.finance), "已约银行", by=story.cast.zhu, at=story.at)

    remind_due(COUNTY, at=on(27, 8))

    assert reminders(ReminderKind.IDLE) == []


def test_what_was_done_before_the_message_left_is_not_urged(story: Story) -> None:
    begun(story)
    remind_due(COUNTY, at=on(2, 8, month=12))
    story.at = on(2, 8, 0, month=12)
    story.replied().approved()

    outbox.sweep(at=on(2, 8, 5, month=12), port=PORT)

    rows = Notice.objects.in_county(COUNTY).filter(kind__in=["U6", "E5"])
    assert set(rows.values_list("state", flat=True)) == {State.CANCELLED}


def test_the_office_is_reminded_of_its_own_limits(story: Story, cast: Cast) -> None:
    remind_due(COUNTY, at=on(25, 19))
    early = reminders()
    remind_due(COUNTY, at=on(26, 8))

    assert early == []
    assert reminders() == [(ReminderKind.OFFICE, 1, date(2026, 11, 25))]
    roles = Notice.objects.in_county(COUNTY).filter(kind="O3").order_by("pk")
    assert list(roles.values_list("unit", "role")) == [
        (cast.office.pk, "OFFICE_OPERATOR"),
        (cast.office.pk, "OFFICE_DIRECTOR"),
    ]
    assert "县办应于11月25日24:00前受理，已逾期1个工作日" in bodies("O3")[0]


def test_a_reworked_answer_begins_a_turn_of_its_own(story: Story) -> None:
    begun(story)
    remind_due(COUNTY, at=on(30, 8))
    story.at = on(30, 9)
    story.replied().approved()
    publishing.rework(story.reread(), "没有回答企业的问题", by=story.cast.wu, at=on(30, 10))

    remind_due(COUNTY, at=on(1, 8, month=12))

    assert [kind for kind, _, _ in reminders(ReminderKind.WARNING)] == ["WARNING", "WARNING"]


def test_an_assist_that_is_late_is_urged_but_the_enterprise_hears_of_the_lead_only(
    story: Story, cast: Cast
) -> None:
    begun(story, cast.labour)
    story.signed(cast.labour, cast.li)

    # The ASSIST has three working days, until Friday.
    remind_due(COUNTY, at=on(30, 8))

    rows = Reminder.objects.in_county(COUNTY).filter(kind=ReminderKind.URGE)
    assert [row.unit_id for row in rows] == [cast.labour.pk]
    assert bodies("E5") == []


def test_after_days_of_downtime_only_the_rung_that_holds_is_said(story: Story) -> None:
    begun(story)

    remind_due(COUNTY, at=on(7, 8, month=12))

    assert [kind for kind, _, _ in reminders()] == [ReminderKind.URGE]
    assert "今天仍未答复，县办可提出督办" in bodies("U6")[0]


def test_the_office_urges_by_hand_once_a_day_for_each_unit(story: Story, cast: Cast) -> None:
    begun(story)
    part = story.part(cast.finance)

    row = urge_by_hand(part, "企业等着用钱", by=cast.zhou, at=on(25, 9))
    with pytest.raises(StaleState, match="今天已经催办过"):
        urge_by_hand(story.part(cast.finance), by=cast.wang, at=on(25, 15))
    urge_by_hand(story.part(cast.finance), by=cast.wang, at=on(26, 9))

    assert (row.kind, row.by, row.rung) == (ReminderKind.BY_HAND, cast.zhou, 1)
    assert len(bodies("U6")) == 4
    assert "企业等着用钱" not in "".join(bodies("U6"))
    told = timeline.entries(story.fresh(), internal=False)
    assert told[0].title == "县办催了县金融办"
    internal = timeline.entries(story.fresh(), internal=True)
    assert any("企业等着用钱" in entry.sentence for entry in internal)
    assert not any("企业等着用钱" in entry.sentence for entry in told)


def test_nobody_but_the_office_urges_and_only_what_is_open(story: Story, cast: Cast) -> None:
    begun(story)
    with pytest.raises(NotAllowed):
        urge_by_hand(story.part(cast.finance), by=cast.zhu, at=on(25, 9))
    story.at = on(25, 10)
    story.replied().approved()

    with pytest.raises(StaleState, match="不用催了"):
        urge_by_hand(story.part(cast.finance), by=cast.zhou, at=on(25, 11))
