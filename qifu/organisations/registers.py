"""The lists that pages show: units with their people, a unit's history, accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from qifu.organisations.models import Post, PostKind, Unit, UnitFiling, User
from qifu.organisations.models.people import ADMINISTRATORS, EXACTLY_ONE, OFFICE_POSTS
from qifu.organisations.models.units import OWING_A_FILING
from qifu.organisations.models.validity import in_force_on
from qifu.organisations.queries import unfiled_units


@dataclass(frozen=True)
class RegisterLine:
    """One unit of the register, with whom it has named."""

    unit: Unit
    leader: User | None
    liaison: User | None
    # None: this unit need not file.
    filed: bool | None


def register(
    county: str, *, on: date, kinds: Sequence[str] = (), words: str = ""
) -> list[RegisterLine]:
    """Return the units of the day with leader and liaison, in name order (单位名册)."""
    units = Unit.objects.in_county(county).in_force(on).by_pinyin()
    if kinds:
        units = units.filter(kind__in=kinds)
    if words:
        units = units.filter(Q(name__icontains=words) | Q(short_name__icontains=words))
    named = _named(county, on)
    unfiled = set(unfiled_units(county, on=on).values_list("pk", flat=True))
    return [
        RegisterLine(
            unit,
            named.get((unit.pk, PostKind.RESPONSIBLE_LEADER)),
            named.get((unit.pk, PostKind.LIAISON)),
            unit.pk not in unfiled if unit.kind in OWING_A_FILING else None,
        )
        for unit in units
    ]


def _named(county: str, on: date) -> dict[tuple[int, str], User]:
    posts = Post.objects.in_county(county).filter(kind__in=EXACTLY_ONE).in_force(on)
    return {(post.unit_id, post.kind): post.user for post in posts.select_related("user")}


@dataclass(frozen=True)
class UnitHistory:
    """Everything that the register knows of one unit."""

    unit: Unit
    predecessors: Sequence[Unit]
    posts: Sequence[Post]
    filings: Sequence[UnitFiling]


def history(unit: Unit) -> UnitHistory:
    """Return the unit's lineage, posts and filings, the newest first."""
    posts = Post.objects.in_county(unit.county).filter(unit=unit).select_related("user")
    filings = UnitFiling.objects.in_county(unit.county).filter(unit=unit)
    before = Unit.objects.in_county(unit.county).filter(pk__in=unit.absorbed)
    return UnitHistory(
        unit,
        list(before.order_by("-valid_to", "pinyin")),
        list(posts.order_by("-valid_from", "-pk")),
        list(
            filings.select_related("filed_by", "leader_post__user", "liaison_post__user").order_by(
                "-filed_at", "-pk"
            )
        ),
    )


def candidates(unit: Unit, *, on: date, anybody: bool) -> QuerySet[User]:
    """Return who can be named in the unit's filing: its own people, or everybody's."""
    held = Post.objects.in_county(unit.county).in_force(on).filter(user=OuterRef("pk"))
    people = User.objects.in_county(unit.county).staff().filter(is_active=True)
    administrators = held.filter(kind__in=ADMINISTRATORS)
    people = people.filter(~Exists(administrators)).order_by("name", "pk")
    return people if anybody else people.filter(Exists(held.filter(unit=unit)))


@dataclass(frozen=True)
class AccountLine:
    """One account with the posts that it holds today."""

    user: User
    posts: Sequence[Post]


def accounts(
    county: str, *, on: date, words: str = "", after: str = "", limit: int = 25
) -> list[AccountLine]:
    """Return staff accounts in the order of their logins, beginning after one of them."""
    people = User.objects.in_county(county).staff().filter(login__gt=after).order_by("login")
    if words:
        people = people.filter(
            Q(login__icontains=words)
            | Q(name__icontains=words)
            | Exists(
                Post.objects.in_county(county).filter(
                    in_force_on(on), user=OuterRef("pk"), unit__short_name__icontains=words
                )
            )
        )
    held = Post.objects.in_county(county).in_force(on).select_related("unit").order_by("pk")
    rows = people.prefetch_related(Prefetch("posts", held, to_attr="held"))[:limit]
    return [AccountLine(user, getattr(user, "held", [])) for user in rows]


def posts_of(user: User) -> list[Post]:
    """Return all posts that somebody holds or held, the newest first."""
    posts = Post.objects.in_county(user.county).filter(user=user).select_related("unit")
    return list(posts.order_by("-valid_from", "-pk"))


def titles(posts: Iterable[Post]) -> str:
    """Write posts as one line: 县金融办专职人员、县办受理员."""
    # The office's posts have its name in them already.
    return "、".join(
        f"{'' if post.kind in OFFICE_POSTS else post.unit.short_name}{post.get_kind_display()}"
        for post in posts
    )
