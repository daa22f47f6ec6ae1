"""A row once more, for tests that want many of a kind."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def like(row: M, **changes: Any) -> M:
    """Return a copy of a row that is not stored yet, with these columns changed."""
    columns = [each for each in row._meta.concrete_fields if not each.primary_key]
    return type(row)(**{each.attname: getattr(row, each.attname) for each in columns} | changes)
