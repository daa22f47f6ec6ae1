"""派单目录体检: category by place, each cell with one LEAD who can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse

from qifu.appeals.catalogue import all_units, rules_in_force, units_by_code
from qifu.appeals.catalogue_health import Cell, examine
from qifu.appeals.categories import kinds_in_force
from qifu.appeals.models import Category
from qifu.enterprises.sight import SEES_ALL
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import Unit
from qifu.organisations.queries import units_holding
from qifu.web.ui.answers import page
from qifu.web.ui.dates import day_line
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/catalogue.html"
NAMED = 4


@dataclass(frozen=True)
class Line:
    """One category over all places: the units that lead it, most often first."""

    category: Category
    leads: Sequence[tuple[str, int]]
    faults: int


@dataclass(frozen=True)
class Fault:
    """A fault that several cells share, written once."""

    words: str
    cells: Sequence[Cell]

    @property
    def categories(self) -> str:
        """Name the categories that it concerns, each once."""
        return "、".join(dict.fromkeys(cell.category.name for cell in self.cells))

    @property
    def places(self) -> str:
        """Name the places, as many as a line holds."""
        names = list(dict.fromkeys(cell.place.short_name for cell in self.cells))
        named = "、".join(names[:NAMED])
        return f"{named}等{len(names)}处" if len(names) > NAMED else named


@staff_only(*SEES_ALL)
def catalogue(request: StaffRequest) -> HttpResponse:
    """Show whether every case would find its unit (派单目录体检)."""
    county, at = request.user.county, now()
    cells = _cells(county, local_date(at))
    sick = [cell for cell in cells if not cell.is_healthy]
    groups = [
        (top.name, [_line(kind, cells) for kind in kinds])
        for top, kinds in kinds_in_force(county, local_date(at))
    ]
    context = {
        "title": "派单目录",
        "when": f"{day_line(at)}核对",
        "total": len(cells),
        "sick": len(sick),
        "faults": _faults(sick),
        "groups": groups,
        "rules": len(rules_in_force(county, local_date(at))),
    }
    return page(request, TEMPLATE, context)


def _cells(county: str, on: date) -> list[Cell]:
    places = [unit for unit in all_units(county) if unit.is_place and unit.is_in_force(on)]
    kinds = [kind for _, group in kinds_in_force(county, on) for kind in group]
    return examine(
        rules_in_force(county, on),
        units_by_code(county, on),
        kinds,
        sorted(places, key=lambda unit: unit.pinyin),
        units_holding(county, "LIAISON", on=on),
    )


def _line(category: Category, cells: Sequence[Cell]) -> Line:
    mine = [cell for cell in cells if cell.category.pk == category.pk]
    leads: dict[Unit, int] = {}
    for cell in mine:
        if cell.lead is not None:
            leads[cell.lead] = leads.get(cell.lead, 0) + 1
    ordered = sorted(leads.items(), key=lambda each: (-each[1], each[0].pinyin))
    shown = [(unit.short_name, count) for unit, count in ordered]
    # Where each place leads for itself, naming all of them says nothing.
    if len(shown) > 3:
        shown = [("属地乡镇、园区各自主办", len(mine))]
    return Line(category, shown, sum(not cell.is_healthy for cell in mine))


def _faults(sick: Sequence[Cell]) -> list[Fault]:
    shared: dict[str, list[Cell]] = {}
    for cell in sick:
        shared.setdefault(cell.fault, []).append(cell)
    faults = [Fault(words, cells) for words, cells in shared.items()]
    return sorted(faults, key=lambda fault: -len(fault.cells))
