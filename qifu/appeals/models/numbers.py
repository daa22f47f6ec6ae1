"""Numbers that people read out on the telephone: one series per county and year.

Numbers are left out at random, so that a missing one tells nothing; a confidential case
takes one of those left out (decision 0014).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import connection, models

from qifu.kernel.county import CountyModel

# A number is left out half of the time, two in a row a quarter of the time, and so on.
NEXT = "1 + least(floor(-ln(1 - random()) / ln(2)), 20)::int"
# How far back a number left out may lie, so that it does not look out of place.
RECENT = 200


class NumberSeries(CountyModel):
    """The last number given out (编号) in a county and year."""

    # Which number was given stands in the row that has it.
    journal_rows: ClassVar = False

    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后一个号")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "year"], name="appeals_number_series")
        ]

    def __str__(self) -> str:
        return _written(self.year, self.last)


def take_number(county: str, year: int) -> str:
    """Give out the next number of the county's year, `2026-0001`: never twice, not every one.

    Two at once wait for each other; a number taken by a deed that fails is given again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO appeals_numberseries (county, year, last) VALUES (%s, %s, 1)"
            f" ON CONFLICT (county, year) DO UPDATE SET last = appeals_numberseries.last + {NEXT}"
            " RETURNING last",
            [county, year],
        )
        (last,) = cursor.fetchone()
    return _written(year, last)


def take_left_out(county: str, year: int) -> str:
    """Give out one of the numbers that the series left out, for a confidential case.

    The series goes on as if nothing had happened, so nobody sees from the others' numbers
    that there is one more. Two at once wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last FROM appeals_numberseries WHERE county = %s AND year = %s FOR UPDATE",
            [county, year],
        )
        row = cursor.fetchone()
        last = row[0] if row else 0
        written = [_written(year, n) for n in range(max(1, last - RECENT), last)]
        cursor.execute(
            "SELECT n FROM unnest(%s::varchar[]) n"
            " WHERE NOT EXISTS (SELECT 1 FROM appeals_appeal WHERE county = %s AND number = n)"
            " AND NOT EXISTS (SELECT 1 FROM appeals_confidentiality"
            " WHERE county = %s AND old_number = n) ORDER BY random() LIMIT 1",
            [written, county, county],
        )
        found = cursor.fetchone()
    return str(found[0]) if found else take_number(county, year)


def _written(year: int, number: int) -> str:
    return f"{year}-{number:04d}"
