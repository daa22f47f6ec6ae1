"""Empty copies of tables, filled with what the journal says, beside the real ones."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connection as django_connection
from psycopg import sql

from qifu.journal.rebuild import Rows, visible_columns
from qifu.kernel.county import CountyModel

SCHEMA = "rebuilt"


def make_empty(connection: psycopg.Connection[Any], *models: type[CountyModel]) -> None:
    """Make an empty table like each model's, in a schema of its own."""
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(SCHEMA)))
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SCHEMA)))
    for model in models:
        connection.execute(
            sql.SQL("CREATE TABLE {} (LIKE public.{} INCLUDING GENERATED)").format(
                _rebuilt(model), sql.Identifier(model._meta.db_table)
            )
        )
        for name in (*model.journal_hidden, *model.journal_passing):
            # What the journal does not hold cannot be rebuilt from it.
            connection.execute(
                sql.SQL("ALTER TABLE {} ALTER COLUMN {} DROP NOT NULL").format(
                    _rebuilt(model), sql.Identifier(_column(model, name))
                )
            )


def fill(connection: psycopg.Connection[Any], model: type[CountyModel], rows: Rows) -> None:
    """Insert the rebuilt rows."""
    columns = visible_columns(model)
    fields = [model._meta.pk, *columns.values()]
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        _rebuilt(model),
        sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
        sql.SQL(", ").join([sql.Placeholder()] * len(fields)),
    )
    values = [
        [
            field.get_db_prep_save(value, django_connection)
            for field, value in zip(fields, [pk, *row.values()], strict=True)
        ]
        for pk, row in rows.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def differing(connection: psycopg.Connection[Any], model: type[CountyModel], county: str) -> int:
    """Count the rows that are not the same in both tables, in every column that is not hidden."""
    columns = sql.SQL(", ").join(
        sql.Identifier(str(field.column))
        for field in (model._meta.pk, *visible_columns(model).values())
    )
    real = sql.SQL("SELECT {} FROM public.{} WHERE county = {}").format(
        columns, sql.Identifier(model._meta.db_table), sql.Literal(county)
    )
    made = sql.SQL("SELECT {} FROM {}").format(columns, _rebuilt(model))
    query = sql.SQL(
        "SELECT count(*) FROM (({real} EXCEPT ALL {made}) UNION ALL ({made} EXCEPT ALL {real})) d"
    ).format(real=real, made=made)
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _rebuilt(model: type[CountyModel]) -> sql.Identifier:
    return sql.Identifier(SCHEMA, model._meta.db_table)


def _column(model: type[CountyModel], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "column"))  # noqa: B009
