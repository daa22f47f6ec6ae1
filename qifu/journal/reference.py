"""Reference data (units, limits, catalogue …), kept at hand and never stale.

Every page reads it and it changes a few times a year. The journal knows when it last
changed: the hash of that event is its stamp. What was loaded under the same stamp is
still true; a web request learns the stamp along with its account, for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery

from qifu.journal.models import Event

T = TypeVar("T")

_kept: dict[tuple[str, str], tuple[str, Any]] = {}
_known: ContextVar[tuple[str, str] | None] = ContextVar("reference_stamp", default=None)


def stamp(county: str) -> str:
    """Return the hash of the event that last touched the county's reference data."""
    return _newest(Event.objects.in_county(county)).first() or ""


def stamp_beside(county_column: str) -> Subquery:
    """Return the stamp as a column beside a row that has a county."""
    events = Event.objects.filter(county=OuterRef(county_column))
    return Subquery(_newest(events)[:1])


@contextmanager
def known(county: str, newest: str) -> Iterator[None]:
    """Let everything inside rely on a stamp that was just read."""
    token = _known.set((county, newest))
    try:
        yield
    finally:
        _known.reset(token)


def read(county: str, name: str, load: Callable[[], T]) -> T:
    """Return what `load` gives, loading it again only after reference data changed."""
    given = _known.get()
    newest = given[1] if given and given[0] == county else stamp(county)
    kept = _kept.get((county, name))
    if kept is None or kept[0] != newest:
        kept = (newest, load())
        _kept[county, name] = kept
    value: T = kept[1]
    return value


def forget() -> None:
    """Forget everything, for whoever puts other data under the same stamp: a test."""
    _kept.clear()


def _newest(events: QuerySet[Event]) -> QuerySet[Event, str]:
    return events.filter(reference=True).order_by("-seq").values_list("hash", flat=True)
