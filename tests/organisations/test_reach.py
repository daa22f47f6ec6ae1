"""What a person's posts reach, and what it costs to know."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from qifu.organisations.backends import CountyBackend
from qifu.organisations.models import Post, Unit, User
from qifu.organisations.pinyin import sort_key
from qifu.organisations.queries import is_staff_phone
from tests.cast import COUNTY, NOW, Cast


def test_a_session_learns_account_posts_and_stamp_from_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        user = CountyBackend().get_user(cast.zhu.pk)
        assert user is not None
        assert user.reach.has("LIAISON")
        assert user.reach.units() == {cast.finance.pk}
        assert user.reach.posts[0].unit_name == "县金融办"
        assert hasattr(user, "reference_stamp")


def test_reach_costs_one_query_and_then_none(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = User.objects.in_county(COUNTY).get(pk=cast.zhu.pk)

    with django_assert_num_queries(1):
        for _ in range(3):
            assert user.reach.has("LIAISON", "REPORTER")


def test_both_ways_of_reading_reach_agree_for_everybody(cast: Cast, other_cast: Cast) -> None:
    Unit.objects.in_county(COUNTY).filter(pk=cast.labour.pk).update(absorbed=[cast.finance.pk])

    for each in (cast, other_cast):
        for user in User.objects.in_county(each.county):
            loaded = CountyBackend().get_user(user.pk)
            assert loaded is not None
            assert loaded.reach == user.reach


def test_a_person_of_an_enterprise_reaches_no_unit(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert not cast.boss.reach.roles
        assert not cast.boss.reach.units()


def test_posts_of_several_units_add_up_and_can_be_told_apart(cast: Cast) -> None:
    Post.objects.create(
        county=COUNTY,
        unit=cast.labour,
        user=cast.he,
        kind="REPORTER",
        valid_from=NOW.date(),
    )

    reach = User.objects.in_county(COUNTY).get(pk=cast.he.pk).reach

    assert reach.units() == {cast.finance.pk, cast.labour.pk}
    assert reach.units("REPORTER") == {cast.labour.pk}
    assert reach.roles == {"PAIRED_OFFICER", "REPORTER"}


def test_an_account_that_is_gone_has_no_session(cast: Cast) -> None:
    assert CountyBackend().get_user(987654321) is None


@pytest.mark.parametrize(("phone", "staff"), [("13800000007", True), ("13900000001", False)])
def test_a_phone_of_a_staff_account_is_known_as_such(cast: Cast, phone: str, staff: Any) -> None:
    assert is_staff_phone(COUNTY, phone) is staff


def test_names_are_sorted_as_a_clerk_looks_them_up() -> None:
    names = ["县自规局", "油坊店乡", "县城管局", "县“四送一服”办公室", "县财政局", "流波䃥镇", "县"]

    assert sorted(names, key=sort_key) == [
        "县财政局",
        "县城管局",
        "流波䃥镇",
        "县“四送一服”办公室",
        "县",
        "油坊店乡",
        "县自规局",
    ]
