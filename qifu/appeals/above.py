"""What a case has been through above: requests, escalations and replies, read along with it.

The case's page asks for nothing more: everything stands in two columns of its query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from qifu.appeals.lifecycle import Work
from qifu.appeals.models import (
    DUE_KEY,
    Appeal,
    AppealQuerySet,
    Clock,
    Escalation,
    EscalationRequest,
    Level,
    StuckBy,
    UpperResult,
)
from qifu.appeals.models.case import WORDS
from qifu.appeals.queries import STEP_WORDS
from qifu.appeals.readings import read_clock
from qifu.appeals.rules import ClockKind, ReplyChannel, Role
from qifu.kernel.calendars import Calendar
from qifu.kernel.readings import Reading
from qifu.organisations.models import User

ERASED = "（内容已依法删除）"
PLEA = ("level", "reason", "at")
SAID = ("organ", "tried", "proposal")
FACTS = ("id", "channel", "number", "due_on", "result", "replied_on", "back_at")


@dataclass(frozen=True)
class Asked:
    """A unit's open request to be taken further up (提级申请)."""

    unit: str
    level: str
    organ: str
    reason: str
    tried: str
    proposal: str
    at: datetime


@dataclass(frozen=True)
class Raised:
    """One way up, and back if it has come back (转上级)."""

    key: int
    level: str
    organ: str
    handled_by: str
    reason: str
    tried: str
    proposal: str
    channel: str
    number: str
    due_on: date | None
    at: datetime
    result: str
    reply: str
    replied_on: date | None

    @property
    def is_open(self) -> bool:
        """Tell whether the upper organ has still to reply."""
        return not self.result

    @property
    def missing(self) -> list[str]:
        """Name what has still to be found out from above."""
        told = (("上级编号", self.number), ("上级期限", self.due_on))
        return [name for name, value in told if not value]


@dataclass(frozen=True)
class Above:
    """Everything of a case that lies above, the oldest first."""

    asked: Asked | None = None
    raised: Sequence[Raised] = ()

    @property
    def open(self) -> Raised | None:
        """The way up from which nothing has come back yet."""
        return next((row for row in self.raised if row.is_open), None)


def with_above(cases: AppealQuerySet) -> AppealQuerySet:
    """Read along what `above` tells, so that it asks nothing more."""
    asked = EscalationRequest.objects.filter(
        county=OuterRef("county"), appeal=OuterRef("pk"), ruled_at=None
    )
    raised = Escalation.objects.filter(county=OuterRef("county"), appeal=OuterRef("pk"))
    words = {name: f"{name}__body" for name in SAID}
    plea = {name: name for name in PLEA} | words
    return cases.annotate(
        asked_up=ArraySubquery(
            asked.values(json=JSONObject(**plea, unit="assignment__unit__short_name"))
        ),
        raised_up=ArraySubquery(
            raised.order_by("pk").values(
                json=JSONObject(
                    **plea,
                    **{name: name for name in FACTS},
                    handled_by="handled_by__body",
                    reply="reply__body",
                )
            )
        ),
    )


def above(appeal: Appeal) -> Above:
    """Return what was read along with the case; nothing where nothing was."""
    asked: list[Mapping[str, Any]] = getattr(appeal, "asked_up", [])
    raised: list[Mapping[str, Any]] = getattr(appeal, "raised_up", [])
    return Above(_asked(asked[0]) if asked else None, [_raised(row) for row in raised])


def _asked(row: Mapping[str, Any]) -> Asked:
    return Asked(unit=row["unit"], **_plea(row))


def _raised(row: Mapping[str, Any]) -> Raised:
    return Raised(
        key=row["id"],
        **_plea(row),
        handled_by=row["handled_by"] or "",
        channel=ReplyChannel(row["channel"]).label if row["channel"] else "",
        number=row["number"],
        due_on=_day(row["due_on"]),
        result=UpperResult(row["result"]).label if row["result"] else "",
        reply=row["reply"] or ("" if not row["result"] else ERASED),
        replied_on=_day(row["replied_on"]),
    )


def _plea(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "level": Level(row["level"]).label,
        "reason": StuckBy(row["reason"]).label,
        "at": datetime.fromisoformat(row["at"]),
        **{name: row[name] or ERASED for name in SAID},
    }


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def lead_clock(user: User, number: str, on: date) -> Clock | None:
    """Return the clock of the LEAD that handles a case, with its part, the case and what it asked.

    One query; the part brings its clock along (`running_clock`), and a request that is open
    stands in `open_request`.
    """
    seen = Appeal.objects.visible_to(user, on).filter(number=number)
    rows = Clock.objects.in_county(user.county).filter(
        appeal__in=seen,
        kind=ClockKind.HANDLE,
        stopped_at=None,
        assignment__role=Role.LEAD,
        assignment__state=Work.HANDLING,
    )
    unruled = Q(appeal__escalation_requests__ruled_at=None)
    asked = FilteredRelation("appeal__escalation_requests", condition=unruled)
    words = [f"appeal__{name}" for name in STEP_WORDS]
    told = [f"open_request__{name}" for name in SAID]
    known = rows.annotate(open_request=asked).select_related("assignment__unit", *words, *told)
    clock: Clock | None = known.order_by("pk").last()
    if clock is not None and clock.assignment is not None:
        clock.assignment.appeal = clock.appeal
        clock.assignment.running_clock = clock  # type: ignore[attr-defined]
    return clock


def open_escalation(user: User, number: str, on: date) -> Escalation | None:
    """Return the way up from which nothing has come back yet, with its part and the case."""
    seen = Appeal.objects.visible_to(user, on).filter(number=number)
    rows = Escalation.objects.in_county(user.county).filter(appeal__in=seen, back_at=None)
    words = [f"appeal__{name}" for name in STEP_WORDS]
    row = rows.select_related("organ", "handled_by", "assignment__unit", *words).first()
    if row is not None and row.assignment is not None:
        row.assignment.appeal = row.appeal
    return row


def escalations_seen(user: User, on: date) -> QuerySet[Escalation]:
    """Return the ways up of the cases that the person may see, each with its sorting day."""
    seen = Appeal.objects.visible_to(user, on)
    rows = Escalation.objects.in_county(user.county).filter(appeal__in=seen)
    words = [f"appeal__{name}" for name in WORDS]
    rows = rows.select_related(*words, "organ", "handled_by", "assignment__unit")
    return rows.annotate(due_key=DUE_KEY)


def upper_readings(rows: Sequence[Escalation], at: datetime) -> dict[int, Reading]:
    """Read the upper organ's time on each way up for its row, by key, with one query."""
    if not rows:
        return {}
    cases = [row.appeal_id for row in rows]
    found = Clock.objects.in_county(rows[0].county).filter(appeal__in=cases, kind=ClockKind.UPPER)
    # A deadline that was mended has a clock of its own; the newest one counts.
    clocks = {(clock.appeal_id, clock.started_at): clock for clock in found.order_by("pk")}
    return {row.pk: read_clock(clocks.get((row.appeal_id, row.at)), at, brief=True) for row in rows}


def late_days(row: Escalation, today: date, calendar: Calendar) -> int:
    """Count the working days for which the upper organ was, or is, past what it told."""
    if row.due_on is None:
        return 0
    return max(0, calendar.between(calendar.on_or_after(row.due_on), row.replied_on or today))
