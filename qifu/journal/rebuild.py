"""Rebuilding tables from the journal: proof that it suffices, and the way back after harm.

What a deed wrote stands in its event, column by column, except for hidden columns
(names, phones, secrets). Folding the events gives the rows as they must be now; what
moves without a deed (`journal_passing`) is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field

from qifu.journal import walk
from qifu.journal.models import Event, Text
from qifu.kernel.county import CountyModel

Rows = dict[Any, dict[str, Any]]
Columns = dict[str, "Field[Any, Any]"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not as the journal says; no column where the whole row is at fault."""

    model: type[CountyModel]
    pk: Any
    column: str
    sentence: str


def visible_columns(model: type[CountyModel]) -> Columns:
    """Return the columns whose values the journal holds; the key is not among them."""
    left_out = {*model.journal_hidden, *model.journal_passing}
    return {
        field.attname: field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.attname not in left_out
    }


def journalled() -> list[type[CountyModel]]:
    """Return every model whose rows come by deeds, so that the journal can rebuild them."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, CountyModel) and model.journal_rows and model not in (Event, Text)
    ]


def rebuild(county: str, models: Iterable[type[CountyModel]]) -> dict[type[CountyModel], Rows]:
    """Return the rows of the models as the county's events made them, by their keys."""
    rebuilt: dict[type[CountyModel], Rows] = {model: {} for model in models}
    tables = {model._meta.label_lower: _Table(model, rows) for model, rows in rebuilt.items()}
    for chunk in walk.chunks(county):
        for event in chunk:
            for sign, label, pk, values, _hidden in event.rows:
                if table := tables.get(label):
                    table.fold(sign, pk, values)
    return rebuilt


class _Table:
    """One model's rows while they grow."""

    def __init__(self, model: type[CountyModel], rows: Rows) -> None:
        self.key = model._meta.pk
        self.columns = visible_columns(model)
        self.rows = rows

    def fold(self, sign: str, pk: Any, values: dict[str, Any]) -> None:
        """Add what one event wrote to one row."""
        key = self.key.to_python(pk)
        if sign == "+":
            # A column that came later has what a new row would have.
            self.rows[key] = {name: field.get_default() for name, field in self.columns.items()}
        for name, value in values.items():
            # A column that has gone since then is left out.
            if field := self.columns.get(name):
                self.rows[key][name] = field.to_python(value)


def differences(county: str, model: type[CountyModel], rows: Rows) -> Iterator[Difference]:
    """Give every difference between the rebuilt rows and the table, column by column."""
    columns = list(visible_columns(model))
    left = dict(rows)
    live = model._base_manager.filter(county=county).order_by("pk").values("pk", *columns)
    for values in live.iterator():
        pk = values.pop("pk")
        made = left.pop(pk, None)
        if made is None:
            yield Difference(model, pk, "", "表里有，日志里没有写过")
            continue
        for name in columns:
            if made[name] != values[name]:
                yield Difference(model, pk, name, "表里的值和日志所记的不一样")
    for pk in left:
        yield Difference(model, pk, "", "日志里写过，表里没有")
