"""The ladder's first rungs (预警、催办): what is due, by whose clock, and what comes next. Pure.

A rung is read from where a clock stands today, never from what happened since the last
round: after downtime it says the same as without (domain f, rungs 0 and 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import models

from qifu.appeals.limits import Limits
from qifu.appeals.rules import ClockKind
from qifu.kernel.calendars import Calendar
from qifu.kernel.deadlines import Deadline
from qifu.kernel.lives import State
from qifu.kernel.marks import Extended, Marks, Reworked
from qifu.notices.hours import Manners


class ReminderKind(models.TextChoices):
    """What a reminder is for."""

    WARNING = "WARNING", "到期预警"
    UNSIGNED = "UNSIGNED", "签收预警"
    IDLE = "IDLE", "过半提醒"
    URGE = "URGE", "催办"
    SIGN_URGE = "SIGN_URGE", "签收催办"
    CONTACT = "CONTACT", "联系催办"
    BY_HAND = "BY_HAND", "县办催办"
    OFFICE = "OFFICE", "县办超时提醒"
    TOLD = "TOLD", "告知企业进展"
    RATE = "RATE", "请企业评价"
    BACK = "BACK", "回问有没有反复"
    PROMISE = "PROMISE", "承诺将到期"
    UNREPORTED = "UNREPORTED", "承诺到期催办"
    STAGE = "STAGE", "阶段答复提醒"
    STAGE_LATE = "STAGE_LATE", "阶段答复催办"
    MONTHLY = "MONTHLY", "跟踪件按月提醒"


# 催办, whoever's hand it was: what a list marks and the enterprise reads.
URGES = frozenset(
    {
        ReminderKind.URGE,
        ReminderKind.SIGN_URGE,
        ReminderKind.CONTACT,
        ReminderKind.BY_HAND,
        ReminderKind.UNREPORTED,
        ReminderKind.STAGE_LATE,
    }
)
OFFICE_CLOCKS = frozenset({"ACCEPT", "DISPATCH", "REVIEW", "CALLBACK", "RETURN"})

# For a table of limits from before there were such lines; a county sets its own.
USUAL: Mapping[str, Mapping[str, Any]] = {
    "QUIET": {"opens": "08:00", "closes": "20:00"},
    "CAP": {"times": 3},
    "DIGEST": {"at": ["08:30", "14:30"], "lines": 7},
    "LADDER": {"warn": 1, "urge": 1, "sign_urge": 2, "tell": 2, "supervise": 3},
    "RATE_AGAIN": {"days": 2},
}


@dataclass(frozen=True)
class Pace:
    """The county's pace in working days: when it warns, urges, tells and asks again."""

    warn: int
    urge: int
    sign_urge: int
    tell: int
    supervise: int
    rate_again: int
    rounds: tuple[time, ...]
    lines: int
    manners: Manners

    @classmethod
    def of(cls, limits: Limits) -> Pace:
        """Read the pace from a table of limits."""
        rows = {step: {**usual, **limits.table.get(step, {})} for step, usual in USUAL.items()}
        return cls(
            **{name: int(days) for name, days in rows["LADDER"].items() if name in _DAYS},
            rate_again=int(rows["RATE_AGAIN"]["days"]),
            rounds=tuple(sorted(time.fromisoformat(at) for at in rows["DIGEST"]["at"])),
            lines=int(rows["DIGEST"]["lines"]),
            manners=Manners(
                time.fromisoformat(rows["QUIET"]["opens"]),
                time.fromisoformat(rows["QUIET"]["closes"]),
                int(rows["CAP"]["times"]),
            ),
        )


_DAYS = frozenset({"warn", "urge", "sign_urge", "tell", "supervise"})


@dataclass(frozen=True)
class Rung:
    """What is due now: which reminder, on which rung, and what follows on which day."""

    kind: ReminderKind
    rung: int
    # The day on which the next rung is reached; None when it is reached already.
    next_on: date | None
    late_days: int = 0


def rung_of(
    kind: str, deadline: Deadline, today: date, pace: Pace, calendar: Calendar
) -> Rung | None:
    """Return the highest rung that a running clock has reached, or None.

    What was missed below it is not made up for: whoever is late needs no warning.
    """
    # A promise and its stage replies are asked after in their own way (`tracking`).
    if kind == ClockKind.TRACKING or deadline.state != State.RUNNING or deadline.due_on is None:
        return None
    late = deadline.late_days_on(today) if deadline.is_late_on(today) else 0
    if kind == ClockKind.UPPER:
        return None  # nobody here can move it
    if kind in OFFICE_CLOCKS:
        return Rung(ReminderKind.OFFICE, 1, None, late) if late >= 1 else None
    if kind == ClockKind.SIGN:
        return _signing(deadline.due_on, late, today, pace, calendar)
    if kind == "CONTACT":
        return Rung(ReminderKind.CONTACT, 1, None, late) if late >= pace.urge else None
    return _handling(deadline, late, today, pace, calendar)


def turn_of(marks: Marks) -> int:
    """Return which turn of the clock it is: one more for each extension and rework.

    More time was given, so each rung may be reached once more.
    """
    return 1 + sum(isinstance(mark, Extended | Reworked) for mark in marks)


def latest_round(now: time, pace: Pace) -> time | None:
    """Return the newest of the day's rounds that has come, or None before the first."""
    return max((at for at in pace.rounds if at <= now), default=None)


def _signing(due_on: date, late: int, today: date, pace: Pace, calendar: Calendar) -> Rung | None:
    if late >= pace.sign_urge:
        follows = _after(today, calendar.add(due_on, pace.supervise))
        return Rung(ReminderKind.SIGN_URGE, 1, follows, late)
    if late >= 1:
        return Rung(ReminderKind.UNSIGNED, 0, calendar.add(due_on, pace.sign_urge), late)
    return None


def _handling(
    deadline: Deadline, late: int, today: date, pace: Pace, calendar: Calendar
) -> Rung | None:
    due_on = deadline.due_on
    if due_on is None:
        return None
    if late >= pace.urge:
        return Rung(ReminderKind.URGE, 1, _after(today, calendar.add(due_on, pace.supervise)), late)
    # A one-day step would be warned of at its birth.
    near = deadline.allowed > pace.warn and today >= calendar.add(due_on, -pace.warn)
    if deadline.is_late_on(today):
        return None
    if near:
        return Rung(ReminderKind.WARNING, 0, calendar.add(due_on, pace.urge))
    half = deadline.used_on(today) * 2 > deadline.allowed
    return Rung(ReminderKind.IDLE, 0, calendar.add(due_on, -pace.warn)) if half else None


def _after(today: date, day: date) -> date | None:
    return day if day > today else None
