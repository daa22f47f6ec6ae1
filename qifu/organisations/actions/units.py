"""Keeping the register of units: making, renaming and merging them, with their lineage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from qifu.journal.deed import Deed, deed
from qifu.kernel.errors import DomainError, InvalidInput, NotAllowed
from qifu.organisations import access
from qifu.organisations.models import Post, Unit, UnitFiling, User
from qifu.organisations.models.people import EXACTLY_ONE
from qifu.organisations.models.validity import in_force_on
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
        moved = _move_posts(work, unit, heir, on)
        _carry_filing(work, unit, heir, moved)
    return heir


def merge_units(
    units: Sequence[Unit],
    *,
    into: Unit,
    on: date,
    by: User | None,
    at: datetime,
    leaders_of: Unit | None = None,
    key: str = "",
) -> None:
    """Let several units end in one that takes over their work and people (合并).

    There is one leader and one liaison afterwards: those of `leaders_of`, by default of
    the first unit, unless the receiving unit has its own. It files anew.
    """
    _may_keep(by, into.county)
    if into in units:
        raise InvalidInput("into", "单位不能并入自己。请另选接收单位。")
    if not into.is_in_force(on):
        raise InvalidInput("into", f"{into.short_name}在{on:%Y-%m-%d}还不存在。请先新设单位。")
    for unit in units:
        _may_end(unit, on)
    heads = leaders_of or units[0]
    with deed("units.merged", county=into.county, by=by, at=at, key=key) as work:
        work.about(into)
        _hand_over(work, units, into, on)
        for unit in units:
            _move_posts(work, unit, into, on, with_heads=unit.pk == heads.pk)


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


def _move_posts(
    work: Deed, unit: Unit, heir: Unit, on: date, *, with_heads: bool = True
) -> dict[int, Post]:
    """End the unit's posts on the day and begin the same ones at the heir."""
    there = _seats_taken(heir, on)
    moved: dict[int, Post] = {}
    running = Post.objects.in_county(work.county).filter(unit=unit)
    for post in running.filter(Q(valid_to=None) | Q(valid_to__gt=on)):
        began, ended = max(post.valid_from, on), post.valid_to
        work.change(post, valid_to=max(post.valid_from, on))
        seat = (post.kind, post.user_id)
        is_head = post.kind in EXACTLY_ONE
        taken = seat in there or (is_head and any(kind == post.kind for kind, _ in there))
        if taken or (is_head and not with_heads):
            continue
        there.add(seat)
        moved[post.pk] = work.add(
            Post(user_id=post.user_id, unit=heir, kind=post.kind, valid_from=began, valid_to=ended)
        )
    return moved


def _seats_taken(unit: Unit, on: date) -> set[tuple[str, int]]:
    posts = Post.objects.in_county(unit.county).filter(in_force_on(on), unit=unit)
    return set(posts.values_list("kind", "user_id"))


def _carry_filing(work: Deed, unit: Unit, heir: Unit, moved: dict[int, Post]) -> None:
    """File the same two people for the renamed unit, if they were filed before."""
    filings = UnitFiling.objects.in_county(work.county).filter(unit=unit)
    last = filings.order_by("-filed_at", "-pk").first()
    if last is None or not {last.leader_post_id, last.liaison_post_id} <= moved.keys():
        return
    work.add(
        UnitFiling(
            unit=heir,
            filed_at=work.at,
            filed_by=last.filed_by,
            leader_post=moved[last.leader_post_id],
            liaison_post=moved[last.liaison_post_id],
        )
    )
