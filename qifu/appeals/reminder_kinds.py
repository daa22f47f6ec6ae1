"""When what a reminder says is still so, asked again as its notice leaves."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from qifu.appeals import clocks
from qifu.appeals.ladder import Pace, ReminderKind
from qifu.appeals.lifecycle import WITH_UNITS, WORK_OPEN, State
from qifu.appeals.models import Reminder
from qifu.notices.hours import MANNERS, Manners
from qifu.notices.models import Notice
from qifu.notices.registry import registry


def register() -> None:
    """Tell the outbox of the reminders' kinds, and of each county's hours."""
    registry.use_manners(_manners)
    for code in ("U3", "U4", "U5", "U6", "O3", "E5"):
        registry.declare(code, still_true=_still_waits)
    registry.declare("E5F", still_true=_still_with_unit)
    registry.declare("E10", still_true=_still_unrated)
    registry.declare("E12", still_true=_still_over)
    registry.declare("O2", urgent=True)
    # A round is of its hour; the next one says it anew.
    registry.declare("U2", capped=False)
    registry.declare("U8", capped=False)
    registry.declare("O1", capped=False)


def _manners(county: str, at: datetime) -> Manners:
    try:
        return Pace.of(clocks.timing(county, at).limits).manners
    except LookupError:
        return MANNERS  # a county that has not been given its limits yet


def _reminders(notice: Notice) -> Q:
    return Q(county=notice.county, pk=notice.subject_id or 0)


def _still_waits(notice: Notice) -> bool:
    """Tell whether the clock still runs to the same day; by hand, whether the part is open."""
    runs = Q(clock__stopped_at=None, clock__due_on=F("due_on"), clock__isnull=False)
    by_hand = Q(kind=ReminderKind.BY_HAND, assignment__state__in=WORK_OPEN)
    rows = Reminder.objects.in_county(notice.county).filter(_reminders(notice))
    return rows.filter(runs | by_hand).exists()


def _still_with_unit(notice: Notice) -> bool:
    rows = Reminder.objects.in_county(notice.county).filter(_reminders(notice))
    return rows.filter(appeal__state__in=[*WITH_UNITS, State.REVIEW]).exists()


def _still_unrated(notice: Notice) -> bool:
    rows = Reminder.objects.in_county(notice.county).filter(_reminders(notice))
    same = Q(appeal__state=State.TO_EVALUATE, appeal__cycle=F("turn"))
    return rows.filter(same).exists()


def _still_over(notice: Notice) -> bool:
    rows = Reminder.objects.in_county(notice.county).filter(_reminders(notice))
    return rows.filter(appeal__state=State.CLOSED, appeal__cycle=F("turn")).exists()
