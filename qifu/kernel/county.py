"""The county key: on every business row, and named by every query that reads one.

One installation may hold many counties in one database. A query that forgets the
county would mix them, so it raises instead of answering.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.sql import Query
from django.db.models.sql.where import AND, WhereNode

M = TypeVar("M", bound="models.Model")


class CountyMissing(Exception):
    """A query over county-keyed rows did not say which county it means."""


def names_county(query: Query) -> bool:
    """Tell whether every row the query can reach lies in one stated county."""
    return any(_pins_county(child) for child in _conjuncts(query.where))


def _conjuncts(node: WhereNode) -> Iterator[object]:
    if node.negated or node.connector != AND:
        return
    for child in node.children:
        if isinstance(child, WhereNode):
            yield from _conjuncts(child)
        else:
            yield child


def _pins_county(lookup: object) -> bool:
    return (
        isinstance(lookup, Exact)
        and isinstance(lookup.lhs, Col)
        and lookup.lhs.target.attname == "county"
    )


class CountyQuerySet(models.QuerySet[M]):
    """Rows of one county; raises `CountyMissing` where none is named."""

    _across = ""

    def in_county(self, county: str) -> Self:
        """Return the rows of the one county."""
        return self.filter(county=county)

    def across_counties(self, reason: str) -> Self:
        """Lift the guard, for sign-in and for jobs that visit each county in turn.

        `reason` is never read by the program: it is there for whoever reads the code.
        """
        chained = self.all()
        chained._across = reason
        return chained

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._across = self._across
        return clone

    def _add_hints(self, **hints: Any) -> None:
        # Reached through a row (`appeal.assignments`): the row's county is the county.
        instance = hints.get("instance")
        county = getattr(instance, "county", None)
        if county and not names_county(self.query):
            self.query.add_q(Q(county=county))
        super()._add_hints(**hints)  # type: ignore[misc]

    def _guard(self) -> None:
        if not self._across and not self.query.is_empty() and not names_county(self.query):
            raise CountyMissing(f"{self.model.__name__} was queried without its county")

    def _fetch_all(self) -> None:
        if self._result_cache is None:  # type: ignore[has-type]
            self._guard()
        super()._fetch_all()  # type: ignore[misc]

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        self._guard()
        return super().iterator(chunk_size)

    def count(self) -> int:
        if self._result_cache is None:  # type: ignore[has-type]
            self._guard()
        return super().count()

    def exists(self) -> bool:
        if self._result_cache is None:  # type: ignore[has-type]
            self._guard()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._guard()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._guard()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._guard()
        return super().delete()

    def explain(self, *args: Any, **kwargs: Any) -> str:
        self._guard()
        return super().explain(*args, **kwargs)


class CountyField(models.CharField):
    """Six digits, checked by the database itself, so that no row can be without one."""

    def db_check(self, connection: Any) -> str:
        column = connection.ops.quote_name(self.column)
        return f"{column} ~ '^[0-9]{{6}}$'"


class CountyModel(models.Model):
    """A row that belongs to exactly one county (GB/T 2260, six digits)."""

    # Columns whose values the journal never repeats (names, phones, secrets).
    journal_hidden: ClassVar[tuple[str, ...]] = ()

    county = CountyField("县（市、区）", max_length=6, editable=False)

    objects = CountyQuerySet.as_manager()

    class Meta:
        abstract = True
