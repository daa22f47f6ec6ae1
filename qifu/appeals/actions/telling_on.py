"""Telling the enterprise when nothing has happened, as promised, and asking it to rate once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef

from qifu.appeals import clocks, reminder_words
from qifu.appeals.ladder import Pace, ReminderKind
from qifu.appeals.lifecycle import WITH_UNITS, WORK_OPEN, State, Work
from qifu.appeals.models import Answer, Appeal, Assignment, Clock, Reminder
from qifu.appeals.rules import ClockKind
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.furniture import county_of

WAITING = (*WITH_UNITS, State.REVIEW)


def tell_as_promised(county: str, *, at: datetime) -> int:
    """Tell each enterprise how its case stands on the day it was promised to hear more.

    Whoever has had an answer meanwhile has heard.
    """
    timing = clocks.timing(county, at)
    if not Pace.of(timing.limits).manners.is_open(at, timing.calendar):
        return 0
    told = Reminder.objects.in_county(county).filter(
        kind=ReminderKind.TOLD, clock=OuterRef("clock"), turn=OuterRef("turn")
    )
    promised = Reminder.objects.in_county(county).filter(
        ~Exists(told),
        tell_on__lte=local_date(at),
        appeal__state__in=WAITING,
        assignment__state__in=(*WORK_OPEN, Work.ANSWERED),
    )
    rows = promised.select_related("appeal__contact", "assignment__unit", "clock")
    done = 0
    for row in rows.order_by("pk"):
        try:
            _tell(row, at)
        except (AlreadyDone, StaleState):
            continue
        done += 1
    return done


def ask_to_rate(county: str, *, at: datetime) -> int:
    """Ask once more whoever has not rated after some working days (E10)."""
    timing = clocks.timing(county, at)
    pace = Pace.of(timing.limits)
    if not pace.manners.is_open(at, timing.calendar):
        return 0
    today = local_date(at)
    asked = Reminder.objects.in_county(county).filter(
        kind=ReminderKind.RATE, appeal=OuterRef("pk"), turn=OuterRef("cycle")
    )
    silent = Appeal.objects.in_county(county).filter(
        ~Exists(asked),
        state=State.TO_EVALUATE,
        due_on__gte=today,
        published_at__isnull=False,
    )
    done = 0
    for appeal in silent.select_related("contact").order_by("pk"):
        published = local_date(appeal.published_at) if appeal.published_at else today
        if timing.calendar.add(published, pace.rate_again) > today:
            continue
        try:
            _ask(appeal, at)
        except (AlreadyDone, StaleState):
            continue  # rated at this very moment
        done += 1
    return done


def _tell(promise: Reminder, at: datetime) -> None:
    appeal, part = promise.appeal, promise.assignment
    if part is None or not appeal.contact.body:
        return
    today = local_date(at)
    county = promise.county
    key = f"tell:{promise.pk}"
    with deed("appeal.reminded", county=county, by=None, at=at, key=key) as work:
        work.about(appeal)
        clock = _handling(part)
        late = clocks.deadline(clock).late_days_on(today) if clock else 0
        row = work.add(
            Reminder(
                appeal=appeal,
                assignment=part,
                clock=promise.clock,
                unit=part.unit,
                kind=ReminderKind.TOLD,
                rung=1,
                turn=promise.turn,
                due_on=clock.due_on if clock else part.due_on,
                late_days=late,
                made_on=today,
                by=None,
                at=at,
            )
        )
        work.note(reminder=row.kind, unit=part.unit_id, due=row.due_on, late=late)
        unit, phone = part.unit.short_name, county_of(county).office_phone
        draft = reminder_words.how_it_stands(row, appeal, part, unit, phone)
        put_all(work, [draft], hold=clocks.timing(county, at).hold)


def _ask(appeal: Appeal, at: datetime) -> None:
    key = f"rate:{appeal.pk}:{appeal.cycle}"
    with deed("appeal.reminded", county=appeal.county, by=None, at=at, key=key) as work:
        work.about(appeal)
        answers = Answer.objects.in_county(appeal.county).filter(
            appeal=appeal, state=Answer.State.PUBLISHED, published_at=F("appeal__published_at")
        )
        answer = answers.order_by("pk").last()
        still = Appeal.objects.in_county(appeal.county).filter(
            pk=appeal.pk, state=State.TO_EVALUATE
        )
        if answer is None or not still.exists():
            raise StaleState
        row = work.add(
            Reminder(
                appeal=appeal,
                kind=ReminderKind.RATE,
                rung=0,
                turn=appeal.cycle,
                due_on=appeal.due_on,
                made_on=local_date(at),
                by=None,
                at=at,
            )
        )
        work.note(reminder=row.kind, due=row.due_on)
        hold = clocks.timing(appeal.county, at).hold
        if appeal.contact.body:
            put_all(
                work,
                [reminder_words.please_rate(row, appeal)],
                hold=hold,
            )


def _handling(part: Assignment) -> Clock | None:
    rows = Clock.objects.in_county(part.county).filter(assignment=part, kind=ClockKind.HANDLE)
    return rows.order_by("pk").last()
