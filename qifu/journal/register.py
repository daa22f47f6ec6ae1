"""The county's journal as a list, for those who watch over it: never the words themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from qifu.journal.models import Event
from qifu.kernel.clock import start_of_day

COLUMNS = ("seq", "at", "kind", "actor", "subject_type", "subject_id", "data")


@dataclass(frozen=True, slots=True)
class Line:
    """One event: who did what when, about which row, and the codes it noted."""

    seq: int
    at: datetime
    kind: str
    # The account, or None for the system itself.
    actor: int | None
    # The model's label, or nothing.
    subject_type: str
    subject_id: int | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of the journal, newest first, and whether there is more on either side."""

    lines: Sequence[Line]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain, which speaks for everything before it."""

    seq: int
    at: datetime
    hash: str


def stretch(
    county: str,
    *,
    kinds: Sequence[str] = (),
    day: date | None = None,
    after: int | None = None,
    before: int | None = None,
    limit: int,
) -> Stretch:
    """Return the events of these kinds and of that day, from one number on.

    `after` continues towards the older ones, `before` towards the newer ones.
    """
    events = Event.objects.in_county(county)
    if kinds:
        events = events.filter(kind__in=kinds)
    if day is not None:
        next_day = day + timedelta(days=1)
        events = events.filter(at__gte=start_of_day(day), at__lt=start_of_day(next_day))
    if before is not None:
        newer = events.filter(seq__gt=before).order_by("seq")
        found = list(newer.values_list(*COLUMNS)[: limit + 1])
        lines = [Line(*columns) for columns in reversed(found[:limit])]
        return Stretch(lines, is_first=len(found) <= limit, is_last=False)
    if after is not None:
        events = events.filter(seq__lt=after)
    found = list(events.order_by("-seq").values_list(*COLUMNS)[: limit + 1])
    lines = [Line(*columns) for columns in found[:limit]]
    return Stretch(lines, is_first=after is None, is_last=len(found) <= limit)


def head_and_hashes(county: str, numbers: Sequence[int]) -> tuple[Head | None, dict[int, str]]:
    """Return the newest event, and the hashes that the events of these numbers have now."""
    events = Event.objects.in_county(county)
    newest = events.order_by("-seq").values("pk")[:1]
    found = events.filter(Q(pk__in=newest) | Q(seq__in=numbers)).order_by("-seq")
    rows = list(found.values_list("seq", "at", "hash"))
    return (Head(*rows[0]) if rows else None), {seq: hash_ for seq, _, hash_ in rows}
