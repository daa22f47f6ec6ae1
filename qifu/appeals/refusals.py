"""What the register of refusals (办不成登记簿) counts: which grounds, which units, of how many.

A unit's share = its refusals ÷ all answers that went out from it, both over the same rows
that the reader may see. Where nothing was answered nothing is known, and that is not nought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from qifu.appeals.catalogue import all_units, units_by_code
from qifu.appeals.models import Answer, Appeal, RefusalQuerySet
from qifu.appeals.rules import Ground
from qifu.organisations.models import Unit, User


@dataclass(frozen=True)
class Share:
    """So many of so many, and a per cent only where there is something to divide by."""

    code: str
    name: str
    count: int
    of: int

    @property
    def percent(self) -> str:
        return f"{self.count * 100 / self.of:.0f}%" if self.of else ""


@dataclass(frozen=True)
class Sums:
    """The register's figures: all, those possible after all, by ground and by unit."""

    all: Share
    undone: int
    by_ground: Sequence[Share]
    by_unit: Sequence[Share]


def answers_out(user: User, on: date) -> QuerySet[Answer]:
    """Return the units' answers that went out, of the cases that the person may see."""
    rows = Answer.objects.in_county(user.county).filter(state=Answer.State.PUBLISHED)
    seen = rows.filter(appeal__in=Appeal.objects.visible_to(user, on))
    # The office's own answers are no unit's, and a merged case counts in its parent.
    return seen.exclude(assignment=None)


def sums(county: str, rows: RefusalQuerySet, answers: QuerySet[Answer], on: date) -> Sums:
    """Count refusals by ground and unit, and the answers they are part of, in two queries."""
    counted: Any = (
        rows.order_by()
        .values_list("unit", "ground")
        .annotate(n=Count("pk"), undone=Count("undone_at"))
    )
    found = list(counted)
    told: Any = answers.order_by().values_list("assignment__unit").annotate(n=Count("pk"))
    whole = list(told)
    every, heirs = sum(n for _, _, n, _ in found), _heirs(county, on)
    refused = _by_heir(heirs, ((unit, n) for unit, _, n, _ in found))
    answered = _by_heir(heirs, whole)
    grounds = {ground.value: 0 for ground in Ground}
    for _, ground, number, _ in found:
        grounds[ground] += number
    return Sums(
        Share("", "办不成", every, sum(n for _, n in whole)),
        sum(undone for _, _, _, undone in found),
        [Share(each.value, each.label, grounds[each], every) for each in Ground if grounds[each]],
        sorted(
            (
                Share(unit.code, unit.short_name, number, answered.get(unit, 0))
                for unit, number in refused.items()
            ),
            key=lambda share: -share.count,
        ),
    )


def _heirs(county: str, on: date) -> Mapping[int, Unit]:
    """Return who stands for each unit now: itself, or whoever took it over."""
    units = {unit.pk: unit for unit in all_units(county)}
    for heir in units_by_code(county, on).values():
        units |= dict.fromkeys(heir.absorbed, heir)
    return units


def _by_heir(heirs: Mapping[int, Unit], counted: Any) -> dict[Unit, int]:
    found: dict[Unit, int] = {}
    for key, number in counted:
        unit = heirs[key]
        found[unit] = found.get(unit, 0) + number
    return found
