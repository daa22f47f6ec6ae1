"""The health of the dispatch catalogue (派单目录体检): every cell has one LEAD who is there.

A cell is a category in one place. Asked for every size class at once: a cell is healthy
when each of them finds exactly one LEAD with a liaison in office.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qifu.appeals.catalogue import PLACE, Question, best_rules, propose
from qifu.appeals.models import CatalogueRule, Category
from qifu.organisations.models import Unit

# 大、中、小、微, and an enterprise whose size nobody knows.
SIZES = ("", "LARGE", "MEDIUM", "SMALL", "MICRO")


@dataclass(frozen=True)
class Cell:
    """One category in one place: who leads it, or what is wrong."""

    category: Category
    place: Unit
    lead: Unit | None
    fault: str = ""

    @property
    def is_healthy(self) -> bool:
        """Tell whether a case here finds its unit and its person."""
        return not self.fault


def examine(
    rules: Iterable[CatalogueRule],
    units: Mapping[str, Unit],
    categories: Iterable[Category],
    places: Iterable[Unit],
    reachable: frozenset[int],
) -> list[Cell]:
    """Return every cell of the matrix, in the order of categories and places. Pure.

    `units` are those in force by code, predecessors' codes included; `reachable` are the
    keys of the units that have a liaison.
    """
    by_category: dict[str, list[CatalogueRule]] = {}
    for rule in rules:
        by_category.setdefault(rule.category, []).append(rule)
    standing = list(places)
    return [
        _cell(category, place, by_category.get(category.code, []), units, reachable)
        for category in categories
        for place in standing
    ]


def _cell(
    category: Category,
    place: Unit,
    rules: list[CatalogueRule],
    units: Mapping[str, Unit],
    reachable: frozenset[int],
) -> Cell:
    lead = None
    for size in _sizes(rules):
        asked = Question(category.code, place.code, place.kind, size)
        best = best_rules(rules, asked)
        lead = propose(best, units, asked).lead
        if fault := _fault(best, lead, asked, reachable):
            return Cell(category, place, lead, fault)
    return Cell(category, place, lead)


def _sizes(rules: list[CatalogueRule]) -> tuple[str, ...]:
    """Return the size classes that make a difference here."""
    return SIZES if any(rule.size for rule in rules) else SIZES[:1]


def _fault(
    best: list[CatalogueRule], lead: Unit | None, asked: Question, reachable: frozenset[int]
) -> str:
    if not best:
        return "没有规则"
    if len(best) > 1:
        return f"{len(best)}条规则都符合：{'、'.join(sorted(rule.code for rule in best))}"
    if lead is None:
        code = asked.place if best[0].lead == PLACE else best[0].lead
        return f"规则{best[0].code}的主办单位“{code}”已不存在"
    if lead.pk not in reachable:
        return f"{lead.short_name}没有在任的专职人员"
    return ""
