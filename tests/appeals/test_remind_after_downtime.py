"""Downtime over a weekend (§5.5): the same reminders, once, in working hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from qifu.appeals.actions.digesting import send_digests
from qifu.appeals.actions.reminding import remind_due
from qifu.appeals.actions.telling_on import ask_to_rate, tell_as_promised
from qifu.appeals.rules import Nature
from qifu.kernel.clock import local
from qifu.notices import outbox
from qifu.notices.hours import MANNERS
from qifu.notices.models import Notice, State
from qifu.workdays.almanac import current
from tests.appeals.rounds import PORT, on
from tests.cast import COUNTY, Cast
from tests.story import Story, lay_rules

pytestmark = pytest.mark.django_db


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
    story(25).dispatched(nature=Nature.COMPLEX)  # it was on Thursday
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
