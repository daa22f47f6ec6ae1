"""Who is late because of whom, and who was urged: what lists and the case say of it.

A LEAD that is late while an ASSIST is late waits for it: the ASSIST is named (amendment 10).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F, Q

from qifu.appeals import clocks
from qifu.appeals.ladder import ReminderKind
from qifu.appeals.lifecycle import WORK_OPEN
from qifu.appeals.models import Appeal, Assignment, Clock, Reminder
from qifu.appeals.rules import ClockKind, Role
from qifu.kernel.clock import local_date
from qifu.kernel.readings import late_words


def late_assists(running: Iterable[Clock], at: datetime) -> list[str]:
    """Name the ASSISTs for whose late part a case's late LEAD waits, and how late they are."""
    mine = [clock for clock in running if _is_open(clock) and _is_late(clock, at)]
    if not any(clock.assignment and clock.assignment.role == Role.LEAD for clock in mine):
        return []
    return [_named(clock, at) for clock in mine if _is_assist(clock)]


def held_up(cases: Sequence[Appeal], at: datetime) -> dict[int, list[str]]:
    """Return by case which ASSISTs hold its late LEAD up, with one query."""
    if not cases:
        return {}
    rows = Clock.objects.in_county(cases[0].county).filter(
        appeal__in=cases,
        kind=ClockKind.HANDLE,
        stopped_at=None,
        due_on__lt=local_date(at),
        assignment__state__in=WORK_OPEN,
    )
    found: dict[int, list[Clock]] = {}
    for clock in rows.select_related("assignment", "unit").order_by("pk"):
        found.setdefault(clock.appeal_id, []).append(clock)
    return {pk: names for pk, late in found.items() if (names := late_assists(late, at))}


def urged_cases(cases: Sequence[Appeal]) -> frozenset[int]:
    """Return which of the cases have a part that was urged and is still due, by key."""
    return _urged(cases[0].county, Q(appeal__in=cases), "appeal_id") if cases else frozenset()


def urged_parts(parts: Sequence[Assignment]) -> frozenset[int]:
    """Return which of the parts were urged and are still due, by key."""
    if not parts:
        return frozenset()
    return _urged(parts[0].county, Q(assignment__in=parts), "assignment_id")


def _urged(county: str, which: Q, key: str) -> frozenset[int]:
    # More time, once given, takes the mark away.
    still = Q(due_on=F("clock__due_on"), clock__stopped_at=None) | Q(
        kind=ReminderKind.BY_HAND, due_on=F("assignment__due_on")
    )
    rows = Reminder.objects.in_county(county).urging().filter(which, still)
    return frozenset(rows.filter(assignment__state__in=WORK_OPEN).values_list(key, flat=True))


def _is_open(clock: Clock) -> bool:
    part = clock.assignment
    running = clock.kind == ClockKind.HANDLE and clock.stopped_at is None
    return running and part is not None and part.state in WORK_OPEN


def _is_late(clock: Clock, at: datetime) -> bool:
    return clock.due_on is not None and clock.due_on < local_date(at)


def _is_assist(clock: Clock) -> bool:
    return clock.assignment is not None and clock.assignment.role == Role.ASSIST


def _named(clock: Clock, at: datetime) -> str:
    late = clocks.deadline(clock).late_days_on(local_date(at))
    unit = clock.unit.short_name if clock.unit else "协办单位"
    return f"{unit}（协办，逾期{late_words(late)}）"
