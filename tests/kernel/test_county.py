"""Every way to read or write county-keyed rows asks which county is meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from qifu.kernel.clock import now
from qifu.kernel.county import CountyMissing
from qifu.organisations.models import Post, PostKind, Unit, UnitKind, User
from qifu.organisations.models.units import UnitQuerySet

pytestmark = pytest.mark.django_db

HERE, THERE = "341524", "341525"

WAYS: dict[str, Callable[[UnitQuerySet], Any]] = {
    "list": list,
    "bool": bool,
    "len": len,
    "index": lambda units: units[0],
    "slice": lambda units: list(units[:5]),
    "get": lambda units: units.get(code="park"),
    "filter": lambda units: list(units.filter(code="park")),
    "exclude": lambda units: list(units.exclude(code="park")),
    "first": lambda units: units.first(),
    "last": lambda units: units.order_by("pk").last(),
    "earliest": lambda units: units.earliest("valid_from"),
    "latest": lambda units: units.latest("valid_from"),
    "count": lambda units: units.count(),
    "exists": lambda units: units.exists(),
    "contains": lambda units: units.contains(Unit(pk=1)),
    "aggregate": lambda units: units.aggregate(n=Count("pk")),
    "annotate": lambda units: list(units.annotate(n=Count("posts"))),
    "values": lambda units: list(units.values("code")),
    "values_list": lambda units: list(units.values_list("code", flat=True)),
    "dates": lambda units: list(units.dates("valid_from", "year")),
    "distinct": lambda units: list(units.distinct()),
    "in_bulk": lambda units: units.in_bulk([1]),
    "iterator": lambda units: list(units.iterator()),
    "select_related": lambda units: list(units.select_related("parent")),
    "only": lambda units: list(units.only("code")),
    "update": lambda units: units.update(phone="1"),
    "delete": lambda units: units.delete(),
    "get_or_create": lambda units: units.get_or_create(code="park"),
    "update_or_create": lambda units: units.update_or_create(code="park"),
    "bulk_update": lambda units: units.bulk_update([Unit(pk=1, phone="1")], ["phone"]),
    "explain": lambda units: units.explain(),
    "raw": lambda units: list(units.raw("SELECT * FROM organisations_unit")),
    "union": lambda units: list(units.union(units.in_county(HERE))),
    "union the other way": lambda units: list(units.in_county(HERE).union(units)),
    "intersection": lambda units: list(units.in_county(HERE).intersection(units)),
    "or": lambda units: list(units.in_county(HERE) | units.filter(code="park")),
    "subquery in": lambda units: list(Post.objects.in_county(HERE).filter(unit__in=units)),
    "subquery": lambda units: list(
        Post.objects.in_county(HERE).annotate(u=Subquery(units.values("code")[:1]))
    ),
    "subquery by kind": lambda units: list(
        Post.objects.in_county(HERE).filter(Exists(units.filter(kind=OuterRef("kind"))))
    ),
}


@pytest.fixture(autouse=True)
def units() -> dict[str, Unit]:
    """Two counties in which names and codes collide."""
    return {county: _unit(county, "park") for county in (HERE, THERE)}


def _unit(county: str, code: str) -> Unit:
    unit = Unit(
        county=county,
        code=code,
        name="县经济开发区",
        short_name=code,
        kind=UnitKind.PARK,
        valid_from=date(2018, 1, 1),
    )
    unit.save(force_insert=True)
    return unit


def _post(unit: Unit, kind: str = PostKind.LIAISON) -> Post:
    user = User(county=unit.county, kind="STAFF", login=f"u{unit.pk}", created_at=now())
    user.save(force_insert=True)
    post = Post(
        county=unit.county,
        unit=unit,
        user=user,
        kind=kind,
        valid_from=date(2018, 1, 1),
    )
    post.save(force_insert=True)
    return post


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_query_without_its_county_raises(way: Callable[[UnitQuerySet], Any]) -> None:
    with pytest.raises(CountyMissing):
        way(Unit.objects.all())


@pytest.mark.parametrize(
    "way",
    [way for name, way in WAYS.items() if name not in {"delete", "update_or_create"}],
)
def test_a_query_with_its_county_answers(way: Callable[[UnitQuerySet], Any]) -> None:
    way(Unit.objects.in_county(HERE))


def test_a_county_named_by_any_part_of_the_condition_is_enough() -> None:
    assert Unit.objects.filter(Q(county=HERE) & (Q(code="park") | Q(code="zone"))).count() == 1
    assert Unit.objects.filter(code="park").filter(county=HERE).exists()
    assert (Unit.objects.in_county(HERE) | Unit.objects.filter(county=HERE, code="x")).count() == 1


@pytest.mark.parametrize(
    "condition",
    [
        ~Q(county=HERE),
        Q(county=HERE) | Q(code="park"),
        Q(county=HERE) | Q(county=THERE),
        Q(county=HERE) ^ Q(code="park"),
        Q(county__in=[HERE, THERE]),
        Q(county__startswith="34"),
        Q(parent__county=HERE),
    ],
)
def test_a_condition_that_leaves_the_county_open_is_not_enough(condition: Q) -> None:
    with pytest.raises(CountyMissing):
        Unit.objects.filter(condition).exists()


def test_nothing_of_one_county_is_reached_from_the_other(units: dict[str, Unit]) -> None:
    assert Unit.objects.in_county(HERE).get(code="park") == units[HERE]
    assert Unit.objects.in_county(THERE).get(code="park") == units[THERE]
    assert not Unit.objects.in_county(HERE).filter(pk=units[THERE].pk).exists()


def test_rows_behind_a_row_are_of_its_county(units: dict[str, Unit]) -> None:
    mine = _post(units[HERE])
    stray = _post(units[THERE], PostKind.REPORTER)
    Post._base_manager.filter(pk=stray.pk).update(unit=units[HERE])

    assert list(units[HERE].posts.all()) == [mine]
    assert not units[HERE].posts.filter(kind=PostKind.REPORTER).exists()


def test_a_prefetch_is_of_its_rows_county(units: dict[str, Unit]) -> None:
    mine, theirs = _post(units[HERE]), _post(units[THERE])
    # Kept by a module, such an object serves both counties, one after the other.
    with_posts = Prefetch("posts", Post.objects.order_by("pk"))

    for county, post in ((HERE, mine), (THERE, theirs), (HERE, mine)):
        for lookup in ("posts", with_posts):
            (unit,) = Unit.objects.in_county(county).prefetch_related(lookup)
            assert list(unit.posts.all()) == [post]


def test_a_prefetch_across_counties_brings_each_its_own(units: dict[str, Unit]) -> None:
    posts = {county: _post(unit) for county, unit in units.items()}

    found = Unit.objects.across_counties("a test").prefetch_related("posts", "posts__user")

    assert {unit.county: list(unit.posts.all()) for unit in found} == {
        county: [post] for county, post in posts.items()
    }


def test_a_subquery_tied_by_its_key_to_the_row_around_it_needs_no_county(
    units: dict[str, Unit],
) -> None:
    _post(units[HERE])
    held = Post.objects.filter(unit=OuterRef("pk"))
    same_county = Post.objects.filter(county=OuterRef("county"), kind=PostKind.LIAISON)

    found = Unit.objects.in_county(HERE)

    assert found.filter(Exists(held)).count() == 1
    assert found.filter(Exists(same_county)).count() == 1
    assert found.exclude(posts__kind=PostKind.LIAISON).count() == 0


def test_across_counties_reaches_all_of_them_and_survives_chaining() -> None:
    everywhere = Unit.objects.across_counties("a test").filter(code="park").order_by("county")

    assert [unit.county for unit in everywhere] == [HERE, THERE]
    assert everywhere.count() == 2


def test_no_rows_need_no_county() -> None:
    assert list(Unit.objects.none()) == []


@pytest.mark.parametrize("county", ["34152", "34152x", "３４１５２４", ""])
def test_the_database_refuses_a_county_that_is_not_six_digits(county: str) -> None:
    with pytest.raises(IntegrityError):
        _unit(county, "odd")


def test_the_database_refuses_a_row_without_a_county() -> None:
    unit = Unit(code="odd", name="x", short_name="x", kind="PARK", valid_from=date(2018, 1, 1))
    unit.county = None

    with pytest.raises(IntegrityError):
        unit.save()
