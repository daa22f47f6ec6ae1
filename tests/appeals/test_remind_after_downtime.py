"""Downtime over a weekend (§5.5): the same reminders, once, in working hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from qifu.appeals.actions.asking_again import ask_again
from qifu.appeals.actions.digesting import send_digests
from qifu.appeals.actions.loading import load_appeals
from qifu.appeals.actions.noting import contact
from qifu.appeals.actions.promising import break_due
from qifu.appeals.actions.rating import close_unrated
from qifu.appeals.actions.reminding import remind_due
from qifu.appeals.actions.supplementing import lapse_due
from qifu.appeals.actions.telling_on import ask_to_rate, tell_as_promised
from qifu.appeals.models import Appeal, Means, Reminder
from qifu.appeals.rules import Nature
from qifu.kernel.clock import local
from qifu.notices import outbox
from qifu.notices.hours import MANNERS
from qifu.notices.models import Notice, State
from qifu.workdays.almanac import current
from tests.appeals.put_off import PLANNED
from tests.appeals.rounds import PORT, on
from tests.cast import BEGINNING, COUNTY, NOW, Cast
from tests.story import RULES, Story, lay_rules

pytestmark = pytest.mark.django_db

FRIDAY, MONDAY, LATER = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 31)
ROUNDS = (remind_due, tell_as_promised, ask_again, ask_to_rate, send_digests)
# What runs after midnight, whatever day it is.
NIGHTLY = (close_unrated, lapse_due, break_due)
KINDS = {"U3", "U5", "U6", "E5", "O3", "E10", "U11", "U12", "U13", "U14", "E7B"}
Down = Sequence[tuple[datetime, datetime]]


def test_two_days_of_downtime_over_a_weekend_change_nothing_that_is_sent(
    cast: Cast, other_cast: Cast
) -> None:
    """§5.5: what should have gone goes, once, at the next working hour, none at midnight."""
    for county in (cast, other_cast):
        _lay_rules(county.county)
        _week(county)
    _worker(cast.county, on(27, 8), on(30, 12), [])
    _worker(other_cast.county, on(27, 8), on(30, 12), [(on(27, 19), on(30, 7, 30))])

    expected = sorted((case, *each) for case, (_, said) in CASES.items() for each in said)
    sent = [_sent(county.county) for county in (cast, other_cast)]
    assert sent[0] == sent[1]
    assert len(sent[0]) == len(set(sent[0]))
    assert {kind for kind, *_ in sent[0]} >= KINDS
    for county in (cast, other_cast):
        assert _reminded(county.county) == expected
        assert _digests(county.county) == DIGESTS
    _none_at_night()


def test_downtime_into_monday_morning_only_makes_it_later(cast: Cast, other_cast: Cast) -> None:
    for county in (cast, other_cast):
        _lay_rules(county.county)
        _week(county)
    _worker(cast.county, on(30, 8), on(30, 12), [])
    _worker(other_cast.county, on(30, 8), on(30, 12), [(on(27, 19), on(30, 11))])

    sent = [[each[:3] for each in _sent(county.county)] for county in (cast, other_cast)]
    assert sent[0] == sent[1]
    assert min(each[3] for each in _sent(other_cast.county)) == on(30, 11, 10)
    assert _reminded(cast.county) == _reminded(other_cast.county)
    _none_at_night()


def _none_at_night() -> None:
    calendar = current(COUNTY)
    left = Notice.objects.across_counties("test").filter(sent_at__gte=on(27, 8))
    for notice in left.exclude(kind__in=["U1", "E1", "E9"]):
        assert notice.sent_at is not None
        assert calendar.is_workday(local(notice.sent_at).date())
        assert MANNERS.opens <= local(notice.sent_at).time() < MANNERS.closes


def _lay_rules(county: str) -> None:
    """As everywhere, but nobody gets so many that some have to wait for another day."""
    lay_rules(county)
    rows = [*RULES["limits"]["rows"], {"step": "CAP", "times": 99}]  # type: ignore[index]
    table = {**RULES, "limits": {"version": 2, "from": BEGINNING, "rows": rows}}
    load_appeals(table, county, at=NOW)


def _week(cast: Cast) -> None:
    """Cases that fall due on Friday, Monday and Tuesday, in every way in which one can wait."""
    for begin, _ in CASES.values():
        begin(cast)
    # What went out on the way is told; from here on only the rounds speak.
    Notice.objects.in_county(cast.county).update(
        state=State.SENT, sent_at=F("made_at"), due_at=F("made_at")
    )


def _accepted(cast: Cast, day: int, month: int = 11) -> Story:
    return Story(cast, at=on(day, 9, month=month)).submitted().accepted()


def _handled(cast: Cast, day: int, month: int = 11, *, rung: bool = False) -> Story:
    story = _accepted(cast, day, month).dispatched().signed()
    if rung:
        part = story.part(cast.finance)
        contact(part, story.at, Means.PHONE, reached=True, by=cast.zhu, at=story.at)
    return story


def _complex(cast: Cast, day: int) -> Story:
    return _accepted(cast, day).dispatched(nature=Nature.COMPLEX)


def _put_off(cast: Cast, day: int, until: date, month: int = 11) -> Story:
    story = _handled(cast, day, month)
    return story.replied(replace(PLANNED, promised_on=until)).approved().published()


# Each case, how it came to wait, and what it is reminded of from Friday morning to Monday noon.
CASES: dict[str, tuple[Callable[[Cast], Story], set[tuple[str, date]]]] = {
    "due on Friday, nobody has rung": (
        lambda cast: _handled(cast, 20),
        {("WARNING", FRIDAY), ("CONTACT", FRIDAY), ("URGE", MONDAY)},
    ),
    "due on Monday": (lambda cast: _handled(cast, 23, rung=True), {("WARNING", FRIDAY)}),
    "due on Tuesday, half of the time is over": (
        lambda cast: _handled(cast, 24),
        {("CONTACT", FRIDAY), ("IDLE", FRIDAY), ("WARNING", MONDAY)},
    ),
    "to be signed for on Thursday": (
        lambda cast: _complex(cast, 25),
        {("UNSIGNED", FRIDAY), ("SIGN_URGE", MONDAY)},
    ),
    "to be signed for on Friday": (lambda cast: _complex(cast, 26), {("UNSIGNED", MONDAY)}),
    "to be accepted on Friday": (
        lambda cast: Story(cast, at=on(26, 10)).submitted(),
        {("OFFICE", MONDAY)},
    ),
    "to be signed by the leader": (lambda cast: _handled(cast, 26, rung=True).replied(), set()),
    "to be rated": (
        lambda cast: _handled(cast, 25).replied().approved().published(),
        {("RATE", FRIDAY)},
    ),
    # Broken on Saturday, when nobody is asked anything.
    "promised for Friday": (
        lambda cast: _put_off(cast, 20, FRIDAY),
        {("PROMISE", FRIDAY), ("UNREPORTED", MONDAY)},
    ),
    "promised for Monday": (lambda cast: _put_off(cast, 20, MONDAY), {("PROMISE", FRIDAY)}),
    "to be told on Monday how far it is": (
        lambda cast: _put_off(cast, 9, LATER),
        {("STAGE", FRIDAY)},
    ),
    # A month is over on Saturday.
    "put off since October": (
        lambda cast: _put_off(cast, 28, LATER, month=10),
        {("STAGE_LATE", FRIDAY), ("MONTHLY", MONDAY)},
    ),
}
# Twice on Friday and once on Monday before noon: to the desk, the leader, and the office's two.
ROUNDS_OF_THE_DAY = [on(27, 8, 40), on(27, 14, 40), on(30, 8, 40)]
DIGESTS = [
    (kind, role, at)
    for kind, role in (
        ("O1", "OFFICE_DIRECTOR"),
        ("O1", "OFFICE_OPERATOR"),
        ("U2", "LIAISON"),
        ("U8", "RESPONSIBLE_LEADER"),
    )
    for at in ROUNDS_OF_THE_DAY
]


def _worker(county: str, start: datetime, end: datetime, down: Down) -> None:
    """Let the worker make its rounds every ten minutes, fewer at night, unless it is down."""
    at = start
    while at <= end:
        if not any(begin <= at < until for begin, until in down):
            for act in (*NIGHTLY, *ROUNDS):
                act(county, at=at)
            _sweep(county, at)
        works = current(county).is_workday(local(at).date())
        by_day = works and MANNERS.opens <= local(at).time() < MANNERS.closes
        at += timedelta(minutes=10 if by_day else 30)


def _sweep(county: str, at: datetime) -> None:
    for notice in Notice.objects.in_county(county).due(at).order_by("due_at", "pk"):
        outbox.sweep_one(notice, at=at, port=PORT)


def _sent(county: str) -> list[tuple[Any, ...]]:
    rows = Notice.objects.in_county(county).filter(made_at__gte=on(27, 8), state=State.SENT)
    return sorted((row.kind, row.role, _said(row, county), row.sent_at) for row in rows)


def _reminded(county: str) -> list[tuple[str, str, date]]:
    """Return which case was reminded of what on which day, once for each time."""
    names = dict(zip(_cases(county), CASES, strict=True))
    rows = Reminder.objects.in_county(county).select_related("appeal")
    return sorted((names[row.appeal.number], row.kind, row.made_on) for row in rows)


def _digests(county: str) -> list[tuple[Any, ...]]:
    rows = Notice.objects.in_county(county).filter(kind__in=("U2", "U8", "O1"), state=State.SENT)
    return sorted((row.kind, row.role, row.sent_at) for row in rows)


def _said(notice: Notice, county: str) -> str:
    """Return what was said, each case being called by its turn: numbers leave some out."""
    words = notice.body.split("http")[0]
    for turn, number in enumerate(_cases(county), start=1):
        words = words.replace(number, f"第{turn}件")
    return words


def _cases(county: str) -> list[str]:
    return list(Appeal.objects.in_county(county).order_by("pk").values_list("number", flat=True))
