"""What other rooms and the faces ask about units and people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q

from qifu.organisations.models import (
    GroupMember,
    Post,
    PostKind,
    Unit,
    UnitFiling,
    User,
    WorkingGroup,
)
from qifu.organisations.models.units import UnitQuerySet
from qifu.organisations.models.validity import in_force_on


def current_unit(unit: Unit, *, on: date) -> Unit:
    """Return the unit itself, or what became of it by the day (继任单位)."""
    if unit.is_in_force(on):
        return unit
    heirs = Unit.objects.in_county(unit.county).in_force(on)
    return heirs.filter(absorbed__contains=[unit.pk]).order_by("-valid_from").first() or unit


def unit_by_code(county: str, code: str, *, on: date) -> Unit | None:
    """Return the unit that the code means on the day, following renames and mergers."""
    unit = Unit.objects.in_county(county).filter(code=code).first()
    return current_unit(unit, on=on) if unit else None


def holders(county: str, unit: int, kind: str, *, on: date) -> list[User]:
    """Return who holds a post of the unit, or of its successor, on the day.

    The 报送专人 is the 专职人员 unless the unit has named somebody else.
    """
    units = Q(unit=unit) | Q(unit__absorbed__contains=[unit])
    posts = (
        Post.objects.in_county(county)
        .filter(units, in_force_on(on, "unit__"), kind=kind, user__is_active=True)
        .in_force(on)
        .select_related("user")
        .order_by("valid_from", "pk")
    )
    found = [post.user for post in posts]
    if not found and kind == PostKind.REPORTER:
        return holders(county, unit, PostKind.LIAISON, on=on)
    return found


def reporter(unit: Unit, *, on: date) -> User | None:
    """Return who reports the forms for the unit (报送专人), by default its liaison, 二（六）."""
    found = holders(unit.county, unit.pk, PostKind.REPORTER, on=on)
    return found[0] if found else None


def is_staff_phone(county: str, phone: str) -> bool:
    """Tell whether the phone belongs to a staff account: such a one cannot rate."""
    return User.objects.in_county(county).staff().filter(phone=phone, is_active=True).exists()


def unfiled_units(county: str, *, on: date) -> UnitQuerySet:
    """Return the units that owe the office a filing (未备案), in name order.

    A filing holds while both posts that it names are held: when either person leaves,
    the unit owes a new one.
    """
    standing = UnitFiling.objects.in_county(county).filter(
        in_force_on(on, "leader_post__"), in_force_on(on, "liaison_post__"), unit=OuterRef("pk")
    )
    units = Unit.objects.in_county(county).in_force(on).owing_a_filing()
    return units.filter(~Exists(standing)).by_pinyin()


@dataclass(frozen=True)
class RosterLine:
    """One name of the attachment, with what became of the unit by the day."""

    member: GroupMember
    unit: Unit

    @property
    def is_renamed(self) -> bool:
        return self.unit.pk != self.member.unit_id


@dataclass(frozen=True)
class RosterGroup:
    """One working group with its lines, the leader first."""

    group: WorkingGroup
    lines: tuple[RosterLine, ...]


def roster(county: str, *, on: date) -> list[RosterGroup]:
    """Return the five groups as printed, each unit as it is called on the day (附件)."""
    groups = (
        WorkingGroup.objects.in_county(county)
        .order_by("number")
        .prefetch_related(
            Prefetch(
                "members",
                GroupMember.objects.in_county(county).select_related("unit").order_by("position"),
            )
        )
    )
    heirs = _heirs(county, on)
    return [
        RosterGroup(
            group,
            tuple(RosterLine(member, heirs.get(member.unit_id, member.unit)) for member in members),
        )
        for group in groups
        for members in [group.members.all()]
    ]


def _heirs(county: str, on: date) -> dict[int, Unit]:
    """Return, for every unit that is no more, the one in force that took it over."""
    found: dict[int, Unit] = {}
    for unit in Unit.objects.in_county(county).in_force(on).filter(absorbed__len__gt=0):
        found |= dict.fromkeys(unit.absorbed, unit)
    gone = Unit.objects.in_county(county).filter(pk__in=found).exclude(in_force_on(on))
    return {pk: found[pk] for pk in gone.values_list("pk", flat=True)}


def people_of(unit: Unit, kinds: Iterable[str] = (), *, on: date) -> list[Post]:
    """Return the posts of the unit in force, with their holders, in the order of kinds."""
    posts = Post.objects.in_county(unit.county).filter(unit=unit).in_force(on)
    if kinds:
        posts = posts.filter(kind__in=list(kinds))
    order = {kind: place for place, kind in enumerate(PostKind.values)}
    return sorted(posts.select_related("user"), key=lambda post: (order[post.kind], post.pk))


def units_holding(county: str, kind: str, *, on: date) -> frozenset[int]:
    """Return the keys of the units in force that somebody holds this post of on the day."""
    posts = Post.objects.in_county(county).filter(
        in_force_on(on, "unit__"), kind=kind, user__is_active=True
    )
    return frozenset(posts.in_force(on).values_list("unit_id", flat=True))
