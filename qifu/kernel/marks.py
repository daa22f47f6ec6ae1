"""What can happen to a clock (计时): the marks from which every deadline is read.

A clock is nothing but its marks, in order. They are kept as JSON lists, so that a
deadline can be worked out again from the journal alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from qifu.kernel.clock import local_date


class Wait(StrEnum):
    """Whom a paused clock waits for; a code, so that it may stand in the journal."""

    SUPPLEMENT = "supplement"
    ESCALATED = "escalated"

    @property
    def phrase(self) -> str:
        """Say it as the second part of the deadline sentence."""
        return {"supplement": "等企业补充材料", "escalated": "等上级单位答复"}[self.value]


@dataclass(frozen=True)
class Mark:
    """One thing that happened to a clock, at one moment."""

    at: datetime

    @property
    def on(self) -> date:
        """The day in the county on which it happened."""
        return local_date(self.at)


@dataclass(frozen=True)
class Started(Mark):
    """The clock starts (起算) with a limit in working days under two cited versions."""

    limit: int
    calendar: int
    rule: int


@dataclass(frozen=True)
class Paused(Mark):
    """The clock stands still (暂停) until somebody else has done his part."""

    why: Wait


@dataclass(frozen=True)
class Resumed(Mark):
    """The clock goes on (恢复) with the working time that was left."""


@dataclass(frozen=True)
class CameBack(Mark):
    """The upper organ has replied (上级答复): what was left goes on, at least so many days."""

    at_least: int


@dataclass(frozen=True)
class Extended(Mark):
    """More working days were granted (延期), with a ruling that lies elsewhere."""

    days: int


@dataclass(frozen=True)
class Stopped(Mark):
    """The step is done (完成): the reply has reached the office."""


@dataclass(frozen=True)
class Reworked(Mark):
    """The reply was sent back (退回重办): what was left goes on, at least so many days."""

    at_least: int


@dataclass(frozen=True)
class Recomputed(Mark):
    """The deadline was worked out again (期限重算) under another calendar or rule.

    `limit` is the limit under the new rule, or None where the rule left it alone.
    """

    calendar: int
    rule: int
    limit: int | None = None


@dataclass(frozen=True)
class Promised(Mark):
    """A date was given to the enterprise (承诺): nothing but a new promise moves it."""

    day: date


Marks = tuple[Mark, ...]
KINDS: dict[str, type[Mark]] = {
    kind.__name__.lower(): kind
    for kind in (
        Started,
        Paused,
        Resumed,
        CameBack,
        Extended,
        Stopped,
        Reworked,
        Recomputed,
        Promised,
    )
}


def dump(marks: Iterable[Mark]) -> list[list[Any]]:
    """Write the marks as JSON lists: kind, moment in UTC, then the rest in order."""
    return [
        [
            type(mark).__name__.lower(),
            mark.at.astimezone(UTC).isoformat(),
            *(_plain(getattr(mark, field.name)) for field in fields(mark)[1:]),
        ]
        for mark in marks
    ]


def load(rows: Iterable[Sequence[Any]]) -> Marks:
    """Read the marks back from their JSON lists."""
    return tuple(_mark(*row) for row in rows)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _mark(kind: str, at: str, *rest: Any) -> Mark:
    moment = datetime.fromisoformat(at)
    if kind == "paused":
        return Paused(moment, Wait(rest[0]))
    if kind == "promised":
        return Promised(moment, date.fromisoformat(rest[0]))
    return KINDS[kind](moment, *rest)
