"""Numbers that people read out on the telephone: one series per county and year."""

from __future__ import annotations

from typing import ClassVar

from django.db import connection, models

from qifu.kernel.county import CountyModel


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
        return f"{self.year}-{self.last:04d}"


def take_number(county: str, year: int) -> str:
    """Give out the next number of the county's year, `2026-0001`, without gap or double.

    Two at once wait for each other; a number taken by a deed that fails is given again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO appeals_numberseries (county, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (county, year) DO UPDATE SET last = appeals_numberseries.last + 1"
            " RETURNING last",
            [county, year],
        )
        (last,) = cursor.fetchone()
    return f"{year}-{last:04d}"
