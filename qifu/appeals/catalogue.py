"""Who is proposed for a case, by which line of the dispatch catalogue, and why.

A proposal is labelled as one and names the rule that fired; where the catalogue does
not say, it abstains, and a person chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from qifu.appeals.models import Appeal, Catalogue, CatalogueRule
from qifu.journal import reference
from qifu.organisations.models import Unit, UnitKind
from qifu.organisations.models.units import PLACES

PLACE = "@place"


@dataclass(frozen=True)
class Question:
    """What the catalogue is asked: the category's code, the place and the size class.

    `alone` where no other unit shall help.
    """

    category: str
    place: str = ""
    place_kind: str = ""
    size: str = ""
    alone: bool = False


@dataclass(frozen=True)
class Proposal:
    """A LEAD, ASSISTs and a nature with the rule that proposes them, or an abstention."""

    lead: Unit | None = None
    assists: tuple[Unit, ...] = ()
    nature: str = ""
    rule: CatalogueRule | None = None
    why: str = "把握不大，请人工选定"
    doubts: tuple[str, ...] = field(default=())

    @property
    def sure(self) -> bool:
        """Tell whether a unit is proposed at all."""
        return self.lead is not None


def best_rules(rules: Iterable[CatalogueRule], asked: Question) -> list[CatalogueRule]:
    """Return the most specific lines that fit; one is a proposal, several are a doubt.

    The place counts before the size, and a named place before a kind of place.
    """
    fitting = [rule for rule in rules if _fits(rule, asked)]
    if not fitting:
        return []
    top = max(_weight(rule) for rule in fitting)
    return [rule for rule in fitting if _weight(rule) == top]


def propose(rules: Iterable[CatalogueRule], units: Mapping[str, Unit], asked: Question) -> Proposal:
    """Propose who handles a case (派单建议), or abstain.

    `units` are those in force, each also under the codes of its predecessors, so that a
    line written before a reform still finds its unit.
    """
    best = best_rules(rules, asked)
    if not best:
        # Without a category: written down at a township, and handed up.
        missing = "派单目录没有这一类" if asked.category else "登记时没有选类别"
        return Proposal(why=f"{missing}，请人工选定")
    if len(best) > 1:
        doubts = tuple(rule.why for rule in best)
        return Proposal(why="派单目录有几条都符合，请人工选定", doubts=doubts)
    rule = best[0]
    lead = units.get(_code(rule.lead, asked))
    if lead is None:
        return Proposal(why="派单目录里的主办单位已不存在，请人工选定", doubts=(rule.why,))
    # What is confidential is confided to one unit.
    helpers = () if asked.alone else rule.assists
    assists = tuple(
        unit
        for code in helpers
        if (unit := units.get(_code(code, asked))) is not None and unit != lead
    )
    return Proposal(lead, tuple(dict.fromkeys(assists)), rule.nature, rule, rule.why)


def rules_in_force(county: str, on: date) -> list[CatalogueRule]:
    """Return the lines of the newest catalogue that is in force on the day."""
    versions = reference.read(county, "catalogue", lambda: _versions(county))
    return next((rules for start, rules in versions if start <= on), [])


def units_by_code(county: str, on: date) -> dict[str, Unit]:
    """Return the units in force by code, each also under its predecessors' codes."""
    every = all_units(county)
    in_force = {unit.pk: unit for unit in every if unit.is_in_force(on)}
    found = {unit.code: unit for unit in in_force.values()}
    heirs = {pk: unit for unit in in_force.values() for pk in unit.absorbed}
    for unit in every:
        if unit.code not in found and unit.pk in heirs:
            found[unit.code] = heirs[unit.pk]
    return found


def all_units(county: str) -> list[Unit]:
    """Return every unit of the county, ended ones too, kept at hand."""
    return reference.read(county, "units", lambda: list(Unit.objects.in_county(county)))


def office_unit(county: str, on: date) -> Unit | None:
    """Return the county office (县办), which has clocks of its own."""
    units = units_by_code(county, on).values()
    return next((unit for unit in units if unit.kind == UnitKind.OFFICE), None)


def question(appeal: Appeal) -> Question:
    """Return what the catalogue is asked about a case."""
    return Question(
        appeal.category.code if appeal.category else "",
        appeal.place.code if appeal.place else "",
        appeal.place.kind if appeal.place else "",
        appeal.enterprise.size if appeal.enterprise else "",
        alone=appeal.confidential,
    )


def _versions(county: str) -> list[tuple[date, list[CatalogueRule]]]:
    rules: dict[int, list[CatalogueRule]] = {}
    for rule in CatalogueRule.objects.in_county(county).order_by("code"):
        rules.setdefault(rule.catalogue_id, []).append(rule)
    catalogues = Catalogue.objects.in_county(county).order_by("-version")
    return [(each.valid_from, rules.get(each.pk, [])) for each in catalogues]


def _fits(rule: CatalogueRule, asked: Question) -> bool:
    return (
        rule.category == asked.category
        and rule.place in ("", asked.place, asked.place_kind)
        and rule.size in ("", asked.size)
    )


def _weight(rule: CatalogueRule) -> tuple[int, bool]:
    # A unit's code says more than a kind of unit, and either more than anywhere.
    named = 1 if rule.place in PLACES else 2
    return named if rule.place else 0, bool(rule.size)


def _code(code: str, asked: Question) -> str:
    return asked.place if code == PLACE else code
