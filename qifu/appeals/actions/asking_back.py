"""Asking the enterprise once, weeks after it was solved, whether the trouble is back (E12)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from qifu.appeals import clocks, reminder_words
from qifu.appeals.ladder import Pace, ReminderKind
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, AppealQuerySet, Promise, Reminder
from qifu.appeals.rules import Outcome
from qifu.appeals.sampling import is_drawn
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date, start_of_day
from qifu.kernel.errors import AlreadyDone, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.furniture import county_of


def ask_if_back(county: str, *, at: datetime) -> int:
    """Ask those whose trouble was solved some time ago; return how many were asked.

    All of whom something was promised, and some of the rest; early enough that they may
    still have it handled again.
    """
    timing = clocks.timing(county, at)
    pace = Pace.of(timing.limits)
    if not pace.manners.is_open(at, timing.calendar):
        return 0
    days, percent = timing.limits.asked_back
    done = 0
    for appeal in _solved(county, at, days, timing.limits.reopen_days):
        promised: bool = appeal.promised  # type: ignore[attr-defined]
        if not (promised or is_drawn(county, appeal.number, "back", percent)):
            continue
        try:
            _ask(appeal, at, timing.limits.reopen_days)
        except (AlreadyDone, StaleState):
            continue  # asked, or handled again, at this very moment
        done += 1
    return done


def _solved(county: str, at: datetime, days: int, until: int) -> AppealQuerySet:
    asked = Reminder.objects.in_county(county).filter(
        kind=ReminderKind.BACK, appeal=OuterRef("pk"), turn=OuterRef("cycle")
    )
    promised = Promise.objects.in_county(county).filter(appeal=OuterRef("pk"))
    today = local_date(at)
    rows = Appeal.objects.in_county(county).filter(
        ~Exists(asked),
        state=State.CLOSED,
        outcome=Outcome.SOLVED,
        closed_at__gte=start_of_day(today - timedelta(days=until - 1)),
        closed_at__lt=start_of_day(today - timedelta(days=days - 1)),
    )
    return rows.annotate(promised=Exists(promised)).select_related("contact").order_by("pk")


def _ask(appeal: Appeal, at: datetime, until: int) -> None:
    if not appeal.contact.body or appeal.closed_at is None:
        return
    key = f"back:{appeal.pk}:{appeal.cycle}"
    with deed("appeal.reminded", county=appeal.county, by=None, at=at, key=key) as work:
        work.about(appeal)
        still = Appeal.objects.in_county(appeal.county).filter(
            pk=appeal.pk, state=State.CLOSED, cycle=appeal.cycle
        )
        if not still.exists():
            raise StaleState
        row = work.add(
            Reminder(
                appeal=appeal,
                kind=ReminderKind.BACK,
                rung=0,
                turn=appeal.cycle,
                due_on=local_date(appeal.closed_at) + timedelta(days=until),
                made_on=local_date(at),
                by=None,
                at=at,
            )
        )
        work.note(reminder=row.kind, due=row.due_on)
        draft = reminder_words.is_it_back(row, appeal, county_of(appeal.county).office_phone)
        put_all(work, [draft], hold=clocks.timing(appeal.county, at).hold)
