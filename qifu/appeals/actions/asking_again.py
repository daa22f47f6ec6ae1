"""qifu asks again by itself of what was promised and of the stage replies before it (P2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from qifu.appeals import clocks, tracking_words
from qifu.appeals.ladder import Pace, ReminderKind
from qifu.appeals.models import Clock, Promise, PromiseState, Reminder
from qifu.appeals.rules import ClockKind
from qifu.appeals.tracking import Asking, Stand, askings
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, StaleState
from qifu.notices.outbox import put_all

# Asked of each clock between two stage replies; the rest of each promise.
OF_CLOCK = (ReminderKind.STAGE, ReminderKind.STAGE_LATE)
Given = set[tuple[str, int | None, int]]


def ask_again(county: str, *, at: datetime) -> int:
    """Ask every unit what it promised, a working day before and after, and monthly.

    Nothing is asked at night or on a day off; asked for twice, or late, it asks once.
    """
    timing = clocks.timing(county, at)
    if not Pace.of(timing.limits).manners.is_open(at, timing.calendar):
        return 0
    done = 0
    for row, clock, asking in _due(county, timing, at):
        try:
            _ask(row, clock, asking, timing, at)
        except (AlreadyDone, StaleState):
            continue  # reported or asked at this very moment
        done += 1
    return done


def _due(
    county: str, timing: clocks.Timing, at: datetime
) -> Iterator[tuple[Promise, Clock, Asking]]:
    rows = Promise.objects.in_county(county).owed()
    words = ("appeal__contact", "assignment__unit", "answer")
    owed = list(rows.select_related(*words).order_by("due_on", "pk"))
    running = Clock.objects.in_county(county).filter(
        kind=ClockKind.TRACKING, stopped_at=None, assignment__in=[each.assignment for each in owed]
    )
    by_part = {clock.assignment_id: clock for clock in running}
    given = _given(county, owed, list(by_part.values()))
    for row in owed:
        clock = by_part.get(row.assignment_id)
        if clock is None or clock.due_on is None:
            continue
        stand = Stand(
            due_on=row.due_on,
            made_on=local_date(row.at),
            began_on=local_date(row.answer.published_at or row.at),
            is_open=row.state == PromiseState.OPEN,
            stage_on=clock.due_on,
        )
        for asking in askings(stand, local_date(at), timing.limits.tracking, timing.calendar):
            if (asking.kind, _of(row, clock, asking.kind), asking.turn) not in given:
                yield row, clock, asking


def _given(county: str, owed: list[Promise], running: list[Clock]) -> Given:
    made = Reminder.objects.in_county(county)
    of_promise = made.filter(promise__answer__in=[row.answer for row in owed])
    of_clock = made.filter(clock__in=running, promise=None)
    found: Given = set()
    rows = of_promise.values_list("kind", "promise_id", "promise__answer_id", "turn")
    for kind, promise, answer, turn in rows:
        found.add((kind, answer if kind == ReminderKind.MONTHLY else promise, turn))
    return found | set(of_clock.values_list("kind", "clock_id", "turn"))


def _of(row: Promise, clock: Clock, kind: ReminderKind) -> int:
    """Name what a reminder is given once for: a clock, a promise, or the whole putting off."""
    if kind in OF_CLOCK:
        return clock.pk
    return row.answer_id if kind == ReminderKind.MONTHLY else row.pk


def _ask(row: Promise, clock: Clock, asking: Asking, timing: clocks.Timing, at: datetime) -> None:
    appeal, part = row.appeal, row.assignment
    county, kind = row.county, asking.kind
    key = f"again:{kind}:{_of(row, clock, kind)}:{asking.turn}"
    with deed("appeal.reminded", county=county, by=None, at=at, key=key) as work:
        work.about(appeal)
        _hold_still(row)
        reminder = work.add(
            Reminder(
                appeal=appeal,
                assignment=part,
                clock=clock,
                promise=None if kind in OF_CLOCK else row,
                unit=part.unit,
                kind=kind,
                rung=asking.rung,
                turn=asking.turn,
                due_on=clock.due_on,
                late_days=asking.late_days,
                made_on=local_date(at),
                by=None,
                at=at,
            )
        )
        work.note(
            reminder=kind,
            unit=part.unit_id,
            role=part.role,
            due=clock.due_on,
            promised=row.due_on,
            late=asking.late_days,
            turn=asking.turn,
        )
        put_all(work, tracking_words.to_unit(reminder, row, part, appeal.number), hold=timing.hold)


def _hold_still(row: Promise) -> None:
    """Keep the unit from reporting while it is written down that it has not."""
    same = Promise.objects.in_county(row.county).filter(
        pk=row.pk, state=row.state, reported_at=None
    )
    if same.select_for_update(of=("self",)).first() is None:
        raise StaleState
