"""Reminding (预警、催办): each rung once, in working hours, caught up after downtime."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from qifu.appeals import timeline
from qifu.appeals.actions import publishing, rating
from qifu.appeals.actions.digesting import send_digests
from qifu.appeals.actions.reminding import remind_due, urge_by_hand
from qifu.appeals.actions.telling_on import ask_to_rate, tell_as_promised
from qifu.appeals.ladder import ReminderKind
from qifu.appeals.models import Digest, Reminder
from qifu.appeals.rules import Nature
from qifu.kernel.clock import SHANGHAI, local
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.notices import outbox
from qifu.notices.hours import MANNERS
from qifu.notices.models import Notice, State
from qifu.notices.ports import MailboxPort
from qifu.workdays.almanac import current
from tests.cast import COUNTY, Cast
from tests.story import GOOD, Story, lay_rules

pytestmark = pytest.mark.django_db
PORT = MailboxPort()


def on(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """Return a moment of late 2026; the 24th of November is a Tuesday."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def story(cast: Cast) -> Story:
    """A case said on Tuesday the 24th, 10:00."""
    lay_rules(cast.county)
    return Story(cast).submitted()


def reminders(*kinds: str) -> list[tuple[str, int, date | None]]:
    rows = Reminder.objects.in_county(COUNTY).order_by("pk")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return [(row.kind, row.rung, row.due_on) for row in rows]


def bodies(kind: str) -> list[str]:
    rows = Notice.objects.in_county(COUNTY).filter(kind=kind).order_by("pk")
    return [row.body for row in rows]


def test_the_working_day_before_it_is_due_the_unit_is_warned_once(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed()

    # Handed out on Tuesday with five working days: due next Tuesday, warned on Monday.
    quiet = remind_due(COUNTY, at=on(27, 19, 59))
    warned = remind_due(COUNTY, at=on(30, 8))
    again = remind_due(COUNTY, at=on(30, 8, 10))

    assert (quiet, warned, again) == (0, 1, 0)
    assert reminders() == [(ReminderKind.WARNING, 0, date(2026, 12, 1))]
    to_liaison, to_leader = bodies("U5")
    assert to_liaison == to_leader
    assert "明天24:00到期" in to_liaison
    assert "12月2日仍未答复将发催办通知" in to_liaison


def test_nothing_is_due_at_night_or_on_a_day_off(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed()

    at = on(1, 20, month=12)
    while at < on(2, 8, month=12):
        assert remind_due(COUNTY, at=at) == 0
        at += timedelta(minutes=30)

    assert remind_due(COUNTY, at=on(5, 12, month=12)) == 0
    assert remind_due(COUNTY, at=on(2, 8, month=12)) == 1


def test_the_first_working_morning_after_it_is_due_the_unit_is_urged(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed()

    remind_due(COUNTY, at=on(2, 8, month=12))

    (row,) = Reminder.objects.in_county(COUNTY)
    assert (row.kind, row.rung, row.late_days) == (ReminderKind.URGE, 1, 1)
    assert row.next_on == date(2026, 12, 4)
    (letter, copy) = bodies("U6")
    assert letter == copy
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
    story.accepted().dispatched().wait(hours=1).signed()

    remind_due(COUNTY, at=on(2, 8, month=12))
    before = tell_as_promised(COUNTY, at=on(3, 9, month=12))
    told = tell_as_promised(COUNTY, at=on(4, 9, month=12))
    again = tell_as_promised(COUNTY, at=on(7, 9, month=12))

    (first,) = bodies("E5")
    assert "县金融办还没有答复您，我们已催办，12月4日再告诉您进展" in first
    assert (before, told, again) == (0, 1, 0)
    assert "县金融办在办，已逾期3个工作日，县办在督促" in bodies("E5F")[0]


def test_whoever_was_answered_is_not_told_again_that_he_was_not(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed()
    remind_due(COUNTY, at=on(2, 8, month=12))
    story.at = on(2, 9, month=12)
    story.replied().approved()
    publishing.publish(story.reread(), by=story.cast.wu, at=on(2, 10, month=12))

    assert tell_as_promised(COUNTY, at=on(4, 9, month=12)) == 0


def test_what_was_done_before_the_message_left_is_not_urged(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed()
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
    story.accepted().dispatched().wait(hours=1).signed()
    remind_due(COUNTY, at=on(30, 8))
    story.at = on(30, 9)
    story.replied().approved()
    publishing.rework(story.reread(), "没有回答企业的问题", by=story.cast.wu, at=on(30, 10))

    remind_due(COUNTY, at=on(1, 8, month=12))

    assert [kind for kind, _, _ in reminders(ReminderKind.WARNING)] == ["WARNING", "WARNING"]


def test_an_assist_that_is_late_is_urged_but_the_enterprise_hears_of_the_lead_only(
    story: Story, cast: Cast
) -> None:
    story.accepted().dispatched(cast.labour).wait(hours=1).signed()
    story.signed(cast.labour, cast.li)

    # The ASSIST has three working days, until Friday.
    remind_due(COUNTY, at=on(30, 8))

    rows = Reminder.objects.in_county(COUNTY).filter(kind=ReminderKind.URGE)
    assert [row.unit_id for row in rows] == [cast.labour.pk]
    assert bodies("E5") == []


def test_two_days_of_downtime_over_a_weekend_change_nothing_that_is_sent(
    cast: Cast, other_cast: Cast
) -> None:
    """§5.5: what should have gone goes, once, at the next working hour, none at midnight."""
    lay_rules(cast.county)
    lay_rules(other_cast.county)
    for county in (cast, other_cast):
        _week(county)
    _worker(cast.county, on(27, 8), on(30, 12), [])
    _worker(other_cast.county, on(27, 8), on(30, 12), [(on(27, 19), on(30, 7, 30))])

    sent = [_sent(county.county) for county in (cast, other_cast)]
    assert sent[0] == sent[1]
    assert len(sent[0]) == len(set(sent[0]))
    assert {kind for kind, *_ in sent[0]} >= {"U5", "U6", "E5", "U3", "O3", "U2", "E10"}
    calendar = current(COUNTY)
    left = Notice.objects.across_counties("test").filter(sent_at__gte=on(27, 8))
    for notice in left.exclude(kind__in=["U1", "E1", "E9"]):
        assert notice.sent_at is not None
        assert calendar.is_workday(local(notice.sent_at).date())
        assert MANNERS.opens <= local(notice.sent_at).time() < MANNERS.closes


def test_downtime_into_monday_morning_only_makes_it_later(cast: Cast, other_cast: Cast) -> None:
    lay_rules(cast.county)
    lay_rules(other_cast.county)
    for county in (cast, other_cast):
        _week(county)
    _worker(cast.county, on(30, 8), on(30, 12), [])
    _worker(other_cast.county, on(30, 8), on(30, 12), [(on(27, 19), on(30, 11))])

    sent = [[each[:3] for each in _sent(county.county)] for county in (cast, other_cast)]
    assert sent[0] == sent[1]
    assert min(each[3] for each in _sent(other_cast.county)) == on(30, 11, 10)


def _week(cast: Cast) -> None:
    """Cases that fall due on Friday, Monday and Tuesday, one unsigned, one not accepted."""

    def story(day: int, hour: int = 9) -> Story:
        return Story(cast, at=on(day, hour)).submitted().accepted()

    story(20).dispatched().signed()  # due on Friday the 27th
    story(23).dispatched().signed()  # on Monday
    story(24).dispatched().signed()  # on Tuesday
    story(26).dispatched(nature=Nature.COMPLEX)  # to be signed for on Friday
    Story(cast, at=on(26, 10)).submitted()
    story(25).dispatched().signed().replied().approved().published()
    # What went out on the way is told; from here on only the rounds speak.
    Notice.objects.in_county(cast.county).update(
        state=State.SENT, sent_at=F("made_at"), due_at=F("made_at")
    )


def _worker(
    county: str, start: datetime, end: datetime, down: list[tuple[datetime, datetime]]
) -> None:
    """Let the worker make its rounds every ten minutes, except while it is down."""
    at = start
    while at <= end:
        if not any(begin <= at < until for begin, until in down):
            for act in (remind_due, tell_as_promised, ask_to_rate, send_digests):
                act(county, at=at)
            _sweep(county, at)
        at += timedelta(minutes=10)


def _sweep(county: str, at: datetime) -> None:
    for notice in Notice.objects.in_county(county).due(at).order_by("due_at", "pk"):
        outbox.sweep_one(notice, at=at, port=PORT)


def _sent(county: str) -> list[tuple[Any, ...]]:
    rows = Notice.objects.in_county(county).filter(made_at__gte=on(27, 8), state=State.SENT)
    return sorted((row.kind, row.role, row.body.split("http")[0], row.sent_at) for row in rows)


def test_after_days_of_downtime_only_the_rung_that_holds_is_said(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed()

    remind_due(COUNTY, at=on(7, 8, month=12))

    assert [kind for kind, _, _ in reminders()] == [ReminderKind.URGE]
    assert "今天仍未答复，县办可提出督办" in bodies("U6")[0]


def test_the_office_urges_by_hand_once_a_day_for_each_unit(story: Story, cast: Cast) -> None:
    story.accepted().dispatched().wait(hours=1).signed()
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
    story.accepted().dispatched().wait(hours=1).signed()
    with pytest.raises(NotAllowed):
        urge_by_hand(story.part(cast.finance), by=cast.zhu, at=on(25, 9))
    story.at = on(25, 10)
    story.replied().approved()

    with pytest.raises(StaleState, match="不用催了"):
        urge_by_hand(story.part(cast.finance), by=cast.zhou, at=on(25, 11))


def test_who_has_not_rated_after_two_working_days_is_asked_once(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed().replied().approved()
    publishing.publish(story.reread(), by=story.cast.wu, at=on(24, 16))

    early = ask_to_rate(COUNTY, at=on(25, 18))
    asked = ask_to_rate(COUNTY, at=on(26, 8))
    again = ask_to_rate(COUNTY, at=on(27, 8))

    assert (early, asked, again) == (0, 1, 0)
    (body,) = bodies("E10")
    assert "/ratings/" in body


def test_whoever_has_rated_is_left_alone(story: Story) -> None:
    story.accepted().dispatched().wait(hours=1).signed().replied().approved()
    publishing.publish(story.reread(), by=story.cast.wu, at=on(24, 16))
    ask_to_rate(COUNTY, at=on(26, 8))
    rating.rate(story.reread(), GOOD, by=story.cast.boss, at=on(26, 8))

    outbox.sweep(at=on(26, 9), port=PORT)

    assert Notice.objects.in_county(COUNTY).get(kind="E10").state == State.CANCELLED


def test_the_digest_comes_twice_a_day_with_the_overdue_first_and_a_name(
    story: Story, cast: Cast
) -> None:
    story.accepted().dispatched()
    Story(cast, at=on(19, 9)).submitted().accepted().dispatched().signed()

    early = send_digests(COUNTY, at=on(27, 8, 20))
    morning = send_digests(COUNTY, at=on(27, 8, 30))
    again = send_digests(COUNTY, at=on(27, 9))
    afternoon = send_digests(COUNTY, at=on(27, 14, 30))
    night = send_digests(COUNTY, at=on(27, 22))

    assert (early, again, night) == (0, 0, 0)
    assert morning > 0
    assert afternoon > 0
    body = bodies("U2")[0]
    first, second = body.splitlines()[1:3]
    assert body.startswith("逾期2件。最急的：")
    assert "逾期2个工作日" in first
    assert "待签收，逾期2个工作日" in second or "待签收" in first
    assert body.splitlines()[-1] == "——县“四送一服”办公室周敏 0564-7350000"


def test_a_digest_has_seven_lines_and_counts_the_rest(story: Story, cast: Cast) -> None:
    for _ in range(9):
        Story(cast, at=on(24, 9)).submitted().accepted().dispatched()

    send_digests(COUNTY, at=on(25, 8, 30))

    lines = bodies("U2")[0].splitlines()
    assert lines[0] == "今日到期9、待签收9件。最急的："
    assert len(lines) == 1 + 7 + 2
    assert lines[8] == "其余2件请登录看"


def test_who_has_nothing_urgent_gets_no_digest_and_the_round_is_remembered(cast: Cast) -> None:
    lay_rules(cast.county)

    assert send_digests(COUNTY, at=on(25, 8, 30)) == 0
    assert Digest.objects.in_county(COUNTY).get().addressees == 0
    assert not Notice.objects.in_county(COUNTY).exists()


def test_a_leader_hears_what_waits_for_his_signature(story: Story, cast: Cast) -> None:
    story.accepted().dispatched().wait(hours=1).signed().replied()

    send_digests(COUNTY, at=on(25, 8, 30))

    (body,) = bodies("U8")
    assert body.startswith("1件答复待您审签（最早12月1日到期）。")


def test_a_round_missed_in_the_morning_is_made_up_for_but_not_twice(
    story: Story, cast: Cast
) -> None:
    story.accepted().dispatched()

    late = send_digests(COUNTY, at=on(25, 11))
    afternoon = send_digests(COUNTY, at=on(25, 16))

    assert late > 0
    assert afternoon > 0
    assert Digest.objects.in_county(COUNTY).count() == 2
