"""Reading a county's whole chain, or every county's, in memory that does not grow."""

from __future__ import annotations

from collections.abc import Iterator

from qifu.journal.models import Event

CHUNK = 500


def counties() -> Iterator[str]:
    """Give the code of every county that has a journal."""
    codes = (
        Event.objects.across_counties("to find them")
        .order_by("county")
        .values_list("county", flat=True)
    )
    # One look into the index for each county, instead of reading every event.
    code = codes.first()
    while code is not None:
        yield code
        code = codes.filter(county__gt=code).first()


def chunks(county: str) -> Iterator[list[Event]]:
    """Give the events in the order of their numbers, some hundreds at a time."""
    events = Event.objects.in_county(county).order_by("seq", "pk")
    chunk = list(events[:CHUNK])
    while chunk:
        yield chunk
        last = chunk[-1]
        # The numbers are unique, unless somebody broke that on purpose.
        after = events.filter(seq__gte=last.seq).exclude(seq=last.seq, pk__lte=last.pk)
        chunk = list(after[:CHUNK])


def head(county: str) -> Event | None:
    """Return the newest event."""
    return Event.objects.in_county(county).order_by("seq").last()
