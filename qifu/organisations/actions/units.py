"""Keeping the register of units: making, renaming and merging them, with their lineage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from qifu.journal.deed import Deed, deed
from qifu.kernel.errors import DomainError, InvalidInput, NotAllowed
from qifu.organisations import access
from qifu.organisations.actions.posts import post_refusals
from qifu.organisations.actions.unit_people import (
    NOBODY_NAMED,
    Heads,
    carry_filing,
    hand_over_displaced,
    move_posts,
    require_heads,
    seat_heads,
)
from qifu.organisations.models import PostKind, Unit, User
from qifu.organisations.refusals import explained


@dataclass(frozen=True)
class Naming:
    """What a unit is called."""

    code: str
    name: str
    short_name: str

    def refusals(self) -> dict[str, DomainError]:
        return {
            "unit_code_once": InvalidInput("code", f"代码{self.code}已有单位使用。请换一个。"),
            "unit_short_name_once_at_a_time": InvalidInput(
                "short_name", f"这段时间已有叫“{self.short_name}”的单位。请换一个简称。"
            ),
        }


def create_unit(
    county: str,
    naming: Naming,
    *,
    kind: str,
    since: date,
    by: User | None,
    at: datetime,
    parent: Unit | None = None,
    phone: str = "",
    key: str = "",
) -> Unit:
    """Enter a new unit into the register (新设单位)."""
    _may_keep(by, county)
    unit = Unit(
        code=naming.code,
        name=naming.name,
        short_name=naming.short_name,
        kind=kind,
        parent=parent,
        valid_from=since,
        phone=phone,
    )
    with (
        explained(naming.refusals()),
        deed("unit.created", county=county, by=by, at=at, key=key) as work,
    ):
        work.about(work.add(unit))
    return unit


def rename_unit(
    unit: Unit, naming: Naming, *, on: date, by: User | None, at: datetime, key: str = ""
) -> Unit:
    """Let the unit go on under another name from a day on (更名).

    The old name stays with what was done under it; people, filing and open work go on.
    """
    _may_keep(by, unit.county)
    _may_end(unit, on)
    heir = Unit(
        code=naming.code,
        name=naming.name,
        short_name=naming.short_name,
        kind=unit.kind,
        parent=unit.parent,
        valid_from=on,
        absorbed=[],
        phone=unit.phone,
        assessed=unit.assessed,
        member_unit=unit.member_unit,
    )
    with (
        explained(naming.refusals()),
        deed("unit.renamed", county=unit.county, by=by, at=at, key=key) as work,
    ):
        work.about(work.add(heir))
        _hand_over(work, [unit], heir, on)
        moved = move_posts(work, unit, heir, on)
        carry_filing(work, unit, heir, moved)
    return heir


def merge_units(
    units: Sequence[Unit],
    *,
    into: Unit,
    on: date,
    by: User | None,
    at: datetime,
    leaders_of: Unit | None = None,
    heads: Heads = NOBODY_NAMED,
    key: str = "",
) -> None:
    """Let several units end in one that takes over their work and people (合并).

    There is one leader and one liaison afterwards: those named in `heads`, else its own,
    else those of `leaders_of`, by default of the first unit; without both the merger is
    refused, for nobody would sign and answer what is open. Open cases stay where they
    are; whoever loses his post gets a hand-over of what he had in hand. It files anew.
    """
    _may_keep(by, into.county)
    if into in units:
        raise InvalidInput("into", "单位不能并入自己。请另选接收单位。")
    if not into.is_in_force(on):
        raise InvalidInput("into", f"{into.short_name}在{on:%Y-%m-%d}还不存在。请先新设单位。")
    for unit in units:
        _may_end(unit, on)
    bringing = leaders_of or units[0]
    with (
        explained(post_refusals(into, PostKind.LIAISON)),
        deed("units.merged", county=into.county, by=by, at=at, key=key) as work,
    ):
        work.about(into)
        _hand_over(work, units, into, on)
        seat_heads(work, into, heads, on)
        for unit in units:
            move_posts(work, unit, into, on, with_heads=unit.pk == bringing.pk)
        require_heads(into, on)
        hand_over_displaced(work, units, into, on)


def _may_keep(by: User | None, county: str) -> None:
    if not access.can_keep_units(by, county):
        raise NotAllowed("只有县办可以维护单位名册。")


def _may_end(unit: Unit, on: date) -> None:
    if unit.valid_to is not None:
        raise InvalidInput("unit", f"{unit.short_name}已经撤并，不能再次办理。")
    if on <= unit.valid_from:
        raise InvalidInput("on", f"日期要晚于{unit.short_name}的起始日{unit.valid_from:%Y-%m-%d}。")


def _hand_over(work: Deed, units: Iterable[Unit], heir: Unit, on: date) -> None:
    """End the units and give their whole lineage to the heir and to its own heirs."""
    lineage: set[int] = set()
    for unit in units:
        lineage |= {unit.pk, *unit.absorbed}
        work.change(unit, expect={"valid_to": None}, valid_to=on, successor=heir)
        for child in Unit.objects.in_county(work.county).filter(parent=unit, valid_to=None):
            work.change(child, parent=heir)
    above = Unit.objects.in_county(work.county).filter(
        Q(pk=heir.pk) | Q(absorbed__contains=[heir.pk])
    )
    for keeper in above.select_for_update(no_key=True):
        work.change(keeper, absorbed=sorted({*keeper.absorbed, *lineage}))
    heir.absorbed = sorted({*heir.absorbed, *lineage})
