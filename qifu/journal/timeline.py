"""What happened to one row, for its room to turn into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from qifu.journal.models import Event, Text
from qifu.kernel.county import CountyModel


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as its room reads it: who did what when, and the codes it noted."""

    seq: int
    at: datetime
    kind: str
    # The account, or None for the system itself.
    actor: int | None
    data: Mapping[str, Any]
    # The key of the row that it is about.
    subject: int | None = None

    @property
    def texts(self) -> dict[str, UUID]:
        """Return the texts that the event wrote, by their kind."""
        return {kind: UUID(pk) for kind, pk, _ in self.data.get("texts", [])}


def timeline(row: CountyModel, *others: int | None) -> list[Entry]:
    """Return the events about the row, the oldest first; and of `others` of its kind, by key."""
    events = Event.objects.in_county(row.county).filter(
        subject_type=row._meta.label_lower, subject_id__in=[row.pk, *filter(None, others)]
    )
    columns = events.order_by("seq").values_list("seq", "at", "kind", "actor", "data", "subject_id")
    return [Entry(*values) for values in columns]


def last_at(county: str, kinds: str) -> datetime | None:
    """Return the time of the latest event whose kind begins so, or None."""
    events = Event.objects.in_county(county).filter(kind__startswith=kinds)
    found: datetime | None = events.aggregate(at=Max("at"))["at"]
    return found


def texts_of(county: str, entries: Iterable[Entry]) -> dict[UUID, Text]:
    """Return the texts that the entries wrote, all with one query."""
    wanted = {pk for entry in entries for pk in entry.texts.values()}
    return Text.objects.in_county(county).in_bulk(wanted)
