"""Every business row has its county, and no list or number series forgets it."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from qifu.kernel.county import CountyModel, CountyQuerySet

# Rows that belong to no county, each with its reason.
OF_NO_COUNTY: dict[str, str] = {
    "rounds.JobRun": "one worker makes each round for every county at once (decision 0012)",
}
# Guarded in another way than by `CountyQuerySet`, each with its reason.
GUARDED_OTHERWISE = {"organisations.County": "its key is the county"}
# Indexes that do not begin with the county, each with its reason.
ODD_INDEXES = {
    "unit_absorbed": "a GIN index has no order; the few hundred units of all counties fit in it",
}

INDEXES = """
    SELECT t.relname, i.relname, x.indisunique, x.indisexclusion,
        ARRAY(SELECT pg_get_indexdef(i.oid, n, true) FROM generate_series(1, x.indnkeyatts) n)
    FROM pg_index x
        JOIN pg_class t ON t.oid = x.indrelid
        JOIN pg_class i ON i.oid = x.indexrelid
    WHERE t.relname = ANY(%s) AND NOT x.indisprimary
"""
CHECKED = """
    SELECT a.attrelid::regclass::text
    FROM pg_attribute a
        JOIN pg_constraint c ON c.conrelid = a.attrelid AND a.attnum = ANY(c.conkey)
    WHERE a.attname = 'county' AND a.attnotnull AND c.contype = 'c'
        AND pg_get_constraintdef(c.oid) LIKE '%%^[0-9]{6}$%%'
"""


def business_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("qifu.")]


def tables() -> dict[str, type[models.Model]]:
    return {
        model._meta.db_table: model
        for model in business_models()
        if model._meta.label not in OF_NO_COUNTY
    }


def query(sql: str, *given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def keys(model: type[models.Model]) -> set[str]:
    return {
        str(field.column)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) or field.primary_key
    }


def test_every_business_row_has_a_county() -> None:
    without = {model._meta.label for model in business_models() if not has_county(model)}

    assert without == set(OF_NO_COUNTY)


def has_county(model: type[models.Model]) -> bool:
    return issubclass(model, CountyModel)


def test_every_query_of_a_business_row_is_guarded() -> None:
    unguarded = {
        model._meta.label
        for model in business_models()
        if not isinstance(model._default_manager.all(), CountyQuerySet)
    }

    assert unguarded == set(GUARDED_OTHERWISE) | set(OF_NO_COUNTY)


@pytest.mark.django_db
def test_the_database_holds_no_row_without_six_digits() -> None:
    checked = {table for (table,) in query(CHECKED)}

    assert set(tables()) - checked == set()


@pytest.mark.django_db
def test_every_list_is_read_by_county_first() -> None:
    found = []
    for table, name, _, is_exclusion, columns in query(INDEXES, list(tables())):
        # By one key the database looks from a row to those that point to it; and what
        # excludes two rows of one row from each other stays in that row's county.
        by_key = columns[0] in keys(tables()[table]) and (is_exclusion or len(columns) == 1)
        if columns[0] != "county" and not by_key and name not in ODD_INDEXES:
            found.append((table, name, columns))

    assert found == []


@pytest.mark.django_db
def test_nothing_is_unique_without_its_county() -> None:
    found = [
        (table, name)
        for table, name, unique, _, columns in query(INDEXES, list(tables()))
        if unique and "county" not in columns
    ]

    assert found == []
