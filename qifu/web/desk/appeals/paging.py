"""Turning over a long list by keys: no page numbers, no row twice, however deep.

A place is written with what people read (a day, a number), never with a database key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from qifu.web.ui.lists import Pager

M = TypeVar("M", bound=Model)
PAGE = 25
# Counting further would cost more than it tells.
COUNTED = 10_000
TURNS = ("after", "before")

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Order(Generic[M]):
    """How a list is sorted; `write` names a row's place and `find` reads it again."""

    keys: tuple[str, ...]
    descending: bool
    write: Callable[[M], str]
    find: Callable[[str], Key | None]


@dataclass(frozen=True)
class Stretch(Generic[M]):
    """The rows on one page, and the places before and after them."""

    rows: list[M]
    before: str = ""
    after: str = ""

    @property
    def is_whole(self) -> bool:
        """Tell whether the page shows everything there is."""
        return not self.before and not self.after


def stretch(rows: QuerySet[M], order: Order[M], params: QueryDict) -> Stretch[M]:
    """Return the page that the address asks for; a place that is no more is the first."""
    back = "before" in params and "after" not in params
    said = params.get("before" if back else "after", "")
    place = order.find(said) if said else None
    if place is None:
        back = False
    upwards = order.descending == back
    if place is not None:
        rows = rows.filter(_beyond(order.keys, place, upwards=upwards))
    sign = "" if upwards else "-"
    found = list(rows.order_by(*(f"{sign}{key}" for key in order.keys))[: PAGE + 1])
    more = len(found) > PAGE
    del found[PAGE:]
    if back:
        found.reverse()
    if not found:
        return Stretch([])
    has_before, has_after = (more, True) if back else (place is not None, more)
    return Stretch(
        found,
        order.write(found[0]) if has_before else "",
        order.write(found[-1]) if has_after else "",
    )


def _beyond(keys: Sequence[str], place: Key, *, upwards: bool) -> Q:
    """Return the condition of standing past a place; the first key lets an index begin."""
    sign = "gt" if upwards else "lt"
    first, last = keys[0], keys[-1]
    if len(keys) == 1:
        return Q(**{f"{first}__{sign}": place[0]})
    past = Q(**{f"{first}__{sign}": place[0]}) | Q(**{f"{last}__{sign}": place[1]})
    return Q(**{f"{first}__{sign}e": place[0]}) & past


def count(rows: QuerySet[Any]) -> int:
    """Count rows, but not further than anybody wants to know."""
    return rows.order_by()[: COUNTED + 1].count()


def count_words(number: int) -> str:
    """Write a number of cases: `1,200件`, or that there are more than were counted."""
    return f"超过{COUNTED:,}件" if number > COUNTED else f"{number:,}件"


def pager(page: Stretch[Any], params: QueryDict, says: str, *, labels: tuple[str, str]) -> Pager:
    """Return the two ways on, each with the conditions of this page."""

    def url(turn: str, place: str) -> str:
        if not place:
            return ""
        turned = without(params, *TURNS)
        turned[turn] = place
        return f"?{turned.urlencode()}"

    return Pager(
        before_url=url("before", page.before),
        after_url=url("after", page.after),
        before_label=labels[0],
        after_label=labels[1],
        says=says,
    )


def without(params: QueryDict, *names: str) -> QueryDict:
    """Return the address's conditions without some of them."""
    rest = params.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def read_day(words: str) -> date | None:
    """Read a day out of an address."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
