"""The county key: on every business row, and named by every query that reads one.

One installation may hold many counties in one database. A query that forgets the
county would mix them, so it raises instead of answering.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import ForeignKey, Q, prefetch_related_objects
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.query import RawQuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import AND, OR, WhereNode

M = TypeVar("M", bound="models.Model")


class CountyMissing(Exception):
    """A query over county-keyed rows did not say which county it means."""


def names_county(query: Query) -> bool:
    """Tell whether every row the query can reach lies in one stated county.

    A subquery may instead be tied by a foreign key to a row of the query around it.
    """
    base = next((a for a in query.alias_map if query.alias_refcount[a]), None)
    return _stated(query.where, query, base) is not None


def _stated(node: Any, query: Query, base: str | None) -> Any:
    """Return the county that a condition confines its rows to, or None."""
    if not isinstance(node, WhereNode):
        return _pinned(node, query, base)
    if node.negated or not node.children:
        return None
    stated = [_stated(child, query, base) for child in node.children]
    if node.connector == AND:
        return next((county for county in stated if county is not None), None)
    same = node.connector == OR and all(county == stated[0] for county in stated)
    return stated[0] if same else None


def _pinned(lookup: object, query: Query, base: str | None) -> Any:
    if not (isinstance(lookup, Exact) and isinstance(lookup.lhs, Col)):
        return None
    column = lookup.lhs
    if column.target.attname == "county" and column.alias == base:
        return lookup.rhs
    is_key = column.target.primary_key or isinstance(column.target, ForeignKey)
    of_outer = isinstance(lookup.rhs, Col) and lookup.rhs.alias not in query.alias_map
    return lookup.rhs if is_key and of_outer else None


class CountyQuery(Query):
    """Asks whether the county was named at the one place that every SELECT passes."""

    across = ""

    def guard(self) -> None:
        """Refuse a query that could reach the rows of several counties.

        Raises:
            CountyMissing: the query does not say `county=`.
        """
        # Of a union, each part is asked by itself when it is compiled.
        if not (self.across or self.combinator or self.is_empty() or names_county(self)):
            name = self.model.__name__ if self.model else "?"
            raise CountyMissing(f"{name} was queried without its county")

    def get_compiler(self, *args: Any, **kwargs: Any) -> SQLCompiler:
        self.guard()
        compiler: SQLCompiler = super().get_compiler(*args, **kwargs)
        return compiler


class CountyQuerySet(models.QuerySet[M]):
    """Rows of one county; raises `CountyMissing` where none is named."""

    query: CountyQuery

    def __init__(
        self,
        model: type[models.Model] | None = None,
        query: Query | None = None,
        using: str | None = None,
        hints: dict[str, models.Model] | None = None,
    ) -> None:
        super().__init__(model, query or CountyQuery(model), using, hints)

    def in_county(self, county: str) -> Self:
        """Return the rows of the one county."""
        return self.filter(county=county)

    def across_counties(self, reason: str) -> Self:
        """Lift the guard, for sign-in and for jobs that visit each county in turn.

        `reason` is never read by the program: it is there for whoever reads the code.
        """
        chained = self.all()
        chained.query.across = reason
        return chained

    def update(self, **kwargs: Any) -> int:
        self.query.guard()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.query.guard()
        return super().delete()

    def raw(self, *args: Any, **kwargs: Any) -> RawQuerySet[Any]:
        # Nobody can see whether SQL names the county: whoever writes it says why.
        self.query.guard()
        return super().raw(*args, **kwargs)

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        # Reached through a row (`appeal.assignments`): the row's county is the county.
        county = getattr(self._hints.get("instance"), "county", None)  # type: ignore[attr-defined]
        if county and not clone.query.across and not names_county(clone.query):
            clone.query.add_q(Q(county=county))
        return clone

    def _prefetch_related_objects(self) -> None:
        if not self.query.across:
            super()._prefetch_related_objects()  # type: ignore[misc]
            return
        # Django hints a prefetch at the first row only: so each county is fetched apart.
        for rows in _by_county(self._result_cache or []):
            prefetch_related_objects(rows, *self._prefetch_related_lookups)  # type: ignore[attr-defined]
        self._prefetch_done = True


def _by_county(rows: list[Any]) -> Iterator[list[Any]]:
    counties: dict[str, list[Any]] = {}
    for row in rows:
        counties.setdefault(row.county, []).append(row)
    yield from counties.values()


class CountyField(models.CharField):  # type: ignore[type-arg]
    """Six digits, checked by the database itself, so that no row can be without one."""

    def db_check(self, connection: Any) -> str:
        column = connection.ops.quote_name(self.column)
        return f"{column} ~ '^[0-9]{{6}}$'"


class CountyModel(models.Model):
    """A row that belongs to exactly one county (GB/T 2260, six digits)."""

    # Columns whose values the journal never repeats (names, phones, secrets).
    journal_hidden: ClassVar[tuple[str, ...]] = ()
    # Columns that move without a deed, as the progress of a sending does.
    journal_passing: ClassVar[tuple[str, ...]] = ()
    # Whether rows come by deeds at all; a counter's do not.
    journal_rows: ClassVar[bool] = True
    # Read by every page, changed a few times a year; `journal.reference` keeps it at hand.
    reference: ClassVar[bool] = False

    county = CountyField("县（市、区）", max_length=6, editable=False)

    objects = CountyQuerySet.as_manager()

    class Meta:
        abstract = True
