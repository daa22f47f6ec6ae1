"""Climbing the ladder's first rungs: each reminder a deed with its row, once (预警、催办)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from qifu.appeals import access, clocks, reminder_words
from qifu.appeals.actions.texts import optional
from qifu.appeals.catalogue import office_unit
from qifu.appeals.ladder import OFFICE_CLOCKS, Pace, ReminderKind, Rung, rung_of, turn_of
from qifu.appeals.lifecycle import ENDED, WORK_OPEN, Work
from qifu.appeals.models import Answer, Assignment, Clock, Contact, ProcessNote, Reminder
from qifu.appeals.readings import part_kind
from qifu.appeals.rules import ClockKind, Role
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, NotAllowed, StaleState
from qifu.kernel.marks import load
from qifu.notices.outbox import Draft, put_all
from qifu.organisations.furniture import county_of
from qifu.organisations.models import User

logger = logging.getLogger(__name__)
WORDS = ("appeal__contact", "appeal__lead_unit", "assignment__unit", "unit")


@dataclass(frozen=True)
class Due:
    """A clock and the rung that it has reached."""

    clock: Clock
    rung: Rung
    turn: int


def remind_due(county: str, *, at: datetime) -> int:
    """Give every reminder that is due now and was not given yet; return how many.

    Nothing is due at night or on a day off: what falls due then is due the next working
    morning, with the day it is then. Asked for twice, or late, it gives each once.
    """
    timing = clocks.timing(county, at)
    pace = Pace.of(timing.limits)
    if not pace.manners.is_open(at, timing.calendar):
        return 0
    given = 0
    for due in _due(county, timing, pace, at):
        try:
            _climb(due, timing, pace, at)
        except (AlreadyDone, StaleState):
            continue  # given by somebody else, or done at this very moment
        given += 1
    return given


def urge_by_hand(
    part: Assignment, words: str = "", *, by: User, at: datetime, key: str = ""
) -> Reminder:
    """Urge a unit by hand (县办催办), once a day; its liaison and leader are told."""
    today = local_date(at)
    with deed("appeal.reminded", county=part.county, by=by, at=at, key=key) as work:
        work.about(part.appeal)
        if not access.is_office(by):
            raise NotAllowed("只有县办可以催办。")
        if part.state not in WORK_OPEN:
            raise StaleState(
                f"{part.unit.short_name}这一件现在是“{part.get_state_display()}”，不用催了。"
            )
        mine = Reminder.objects.in_county(part.county).urging()
        if mine.filter(assignment=part, made_on=today).exists():
            raise StaleState("今天已经催办过这个单位，明天还没有办可以再催。急事请打电话。")
        timing = clocks.timing(part.county, at)
        kept = optional("words", words)
        clock = _running(part)
        late = clocks.deadline(clock).late_days_on(today) if clock else 0
        row = work.add(
            Reminder(
                appeal=part.appeal,
                assignment=part,
                unit=part.unit,
                kind=ReminderKind.BY_HAND,
                rung=1,
                turn=part.appeal.cycle,
                due_on=clock.due_on if clock else part.due_on,
                late_days=late,
                made_on=today,
                words=work.text("reminder", kept) if kept else None,
                by=by,
                at=at,
            )
        )
        _note(work, row, part, ClockKind.HANDLE)
        put_all(work, reminder_words.to_unit(row, part, part.appeal.number), hold=timing.hold)
        return row


def _due(county: str, timing: clocks.Timing, pace: Pace, at: datetime) -> list[Due]:
    today = local_date(at)
    running = Clock.objects.in_county(county).filter(
        Q(assignment=None) | Q(assignment__state__in=WORK_OPEN),
        stopped_at=None,
        due_on__isnull=False,
    )
    open_ = running.exclude(appeal__state__in=ENDED)
    reached = []
    for clock in open_.select_related(*WORDS).order_by("due_on", "pk"):
        rung = rung_of(clock.kind, clocks.deadline(clock), today, pace, timing.calendar)
        if rung is not None:
            reached.append(Due(clock, rung, turn_of(load(clock.marks))))
    given = _given(county, [due.clock for due in reached])
    needed = _without_needless(county, reached)
    return [due for due in needed if (due.clock.pk, due.rung.kind, due.turn) not in given]


def _given(county: str, rows: list[Clock]) -> set[tuple[int | None, str, int]]:
    made = Reminder.objects.in_county(county).filter(clock__in=rows)
    return set(made.values_list("clock_id", "kind", "turn"))


def _without_needless(county: str, reached: list[Due]) -> list[Due]:
    """Leave out what is said already by a higher rung, or contradicted by a record."""
    parts = {due.clock.assignment_id for due in reached}
    urged = {d.clock.assignment_id for d in reached if d.rung.kind == ReminderKind.URGE}
    contacted = _with(Contact.objects.in_county(county).filter(assignment__in=parts))
    noted = _with(ProcessNote.objects.in_county(county).filter(assignment__in=parts))
    answered = _with(Answer.objects.in_county(county).filter(assignment__in=parts))
    unsigned: set[int | None] = {
        p.pk for d in reached if (p := d.clock.assignment) and p.state != Work.HANDLING
    }
    silenced: dict[str, set[int | None]] = {
        ReminderKind.CONTACT: urged | contacted,
        ReminderKind.IDLE: contacted | noted | answered | unsigned,
    }
    return [d for d in reached if d.clock.assignment_id not in silenced.get(d.rung.kind, set())]


def _with(rows: Any) -> set[int | None]:
    return set(rows.values_list("assignment_id", flat=True))


def _climb(due: Due, timing: clocks.Timing, pace: Pace, at: datetime) -> None:
    clock, rung = due.clock, due.rung
    county, today = clock.county, local_date(at)
    key = f"remind:{clock.pk}:{rung.kind}:{due.turn}"
    with deed("appeal.reminded", county=county, by=None, at=at, key=key) as work:
        work.about(clock.appeal)
        _hold_still(clock)
        part = clock.assignment
        told = part is not None and part.role == Role.LEAD and rung.rung > 0
        row = work.add(
            Reminder(
                appeal=clock.appeal,
                assignment=part,
                clock=clock,
                unit=part.unit if part else clock.unit,
                kind=rung.kind,
                rung=rung.rung,
                turn=due.turn,
                due_on=clock.due_on,
                late_days=rung.late_days,
                sentence=reminder_words.next_sentence(rung),
                next_on=rung.next_on,
                tell_on=timing.calendar.add(today, pace.tell) if told else None,
                made_on=today,
                by=None,
                at=at,
            )
        )
        _note(work, row, part, clock.kind)
        put_all(work, _drafts(row, clock, part, today), hold=timing.hold)


def _hold_still(clock: Clock) -> None:
    """Keep the clock from stopping while its lateness is written down; it is the only lock."""
    same = Clock.objects.in_county(clock.county).filter(
        pk=clock.pk, stopped_at=None, due_on=clock.due_on
    )
    if same.select_for_update(of=("self",)).first() is None:
        raise StaleState


def _drafts(row: Reminder, clock: Clock, part: Assignment | None, today: date) -> list[Draft]:
    appeal = clock.appeal
    if part is None or clock.kind in OFFICE_CLOCKS:
        office = office_unit(row.county, today)
        number = appeal.number
        return reminder_words.to_office(row, clock, number, office.pk) if office else []
    drafts = reminder_words.to_unit(row, part, appeal.number)
    if row.tell_on is not None and appeal.contact.body:
        phone = county_of(row.county).office_phone
        drafts.append(reminder_words.nothing_yet(row, appeal, part.unit.short_name, phone))
    return drafts


def _note(work: Deed, row: Reminder, part: Assignment | None, clock: str) -> None:
    work.note(
        reminder=row.kind,
        rung=row.rung,
        unit=row.unit_id,
        role=part.role if part else None,
        clock=clock,
        due=row.due_on,
        late=row.late_days,
        next=row.next_on,
    )


def _running(part: Assignment) -> Clock | None:
    kind = part_kind(part)
    rows = Clock.objects.in_county(part.county).filter(assignment=part, stopped_at=None, kind=kind)
    return rows.order_by("pk").last()
