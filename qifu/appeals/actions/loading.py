"""The county's categories, dispatch catalogue and limits, from its one data file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from qifu.appeals.models import Catalogue, CatalogueRule, Category, LimitRules
from qifu.journal.deed import Deed, deed

KINDS = {"township": "TOWNSHIP", "park": "PARK", "any": ""}


def load_appeals(file: Mapping[str, Any], county: str, *, at: datetime) -> dict[str, int]:
    """Bring categories, catalogue and limits to what the file says; return what is new.

    A version that exists already is left alone: a rule in use is never edited, the file
    states the next version instead.
    """
    counts = {"categories": 0, "rules": 0, "limits": 0}
    with deed("appeals.loaded", county=county, by=None, at=at) as work:
        counts["categories"] = _categories(work, file["categories"])
        counts["rules"] = _catalogue(work, file["catalogue"])
        counts["limits"] = _limits(work, file["limits"])
        work.note(**counts)
    return counts


def _categories(work: Deed, rows: list[Mapping[str, Any]]) -> int:
    have = {each.code: each for each in Category.objects.in_county(work.county)}
    made = 0
    for order, row in enumerate(rows):
        parent = have.get(row["code"])
        if parent is None:
            parent = work.add(
                Category(
                    code=row["code"], name=row["name"], hint=row.get("ask", ""), order=order * 100
                )
            )
            made += 1
        new = [
            Category(code=kind["code"], name=kind["name"], parent=parent, order=order * 100 + n)
            for n, kind in enumerate(row["kinds"], 1)
            if kind["code"] not in have
        ]
        made += len(work.add_all(new))
    return made


def _catalogue(work: Deed, table: Mapping[str, Any]) -> int:
    known = Catalogue.objects.in_county(work.county)
    if known.filter(version=table["version"]).exists():
        return 0
    catalogue = work.add(
        Catalogue(version=table["version"], valid_from=table["from"], note=table.get("basis", ""))
    )
    return len(work.add_all([_rule(catalogue, row) for row in table["rules"]]))


def _rule(catalogue: Catalogue, row: Mapping[str, Any]) -> CatalogueRule:
    place = row.get("place", "any")
    size = row.get("size", "any")
    return CatalogueRule(
        catalogue=catalogue,
        code=row["no"],
        category=row["category"],
        place=KINDS.get(place, place),
        size="" if size == "any" else size.upper(),
        lead=row["lead"],
        assists=row.get("assist", []),
        nature=row["nature"],
        why=row["why"],
    )


def _limits(work: Deed, table: Mapping[str, Any]) -> int:
    known = LimitRules.objects.in_county(work.county)
    if known.filter(version=table["version"]).exists():
        return 0
    start: date = table["from"]
    rows = {row["step"]: dict(row) for row in table["rows"]}
    work.add(LimitRules(version=table["version"], valid_from=start, table=rows))
    return 1
