"""Filing the unit's leader and liaison: 二（一）报送县“四送一服”办公室备案."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from qifu.kernel.errors import DomainError, InvalidInput, NotAllowed
from qifu.organisations.actions.filing import file_unit
from qifu.organisations.actions.posts import appoint, relieve
from qifu.organisations.models import Post, PostKind, Unit, UnitFiling, User
from qifu.organisations.queries import reporter, unfiled_units
from tests.cast import COUNTY, NOW, Cast

TODAY = date(2026, 11, 24)


def _unfiled(cast: Cast, on: date = TODAY) -> set[str]:
    return {unit.short_name for unit in unfiled_units(cast.county, on=on)}


def _holder(unit: Unit, kind: PostKind) -> User:
    posts = Post.objects.in_county(COUNTY).filter(unit=unit, kind=kind)
    return posts.in_force(TODAY).get().user


def test_the_list_of_the_unfiled_empties_as_units_file(cast: Cast) -> None:
    assert _unfiled(cast) == {"县金融办", "县人社局", "油坊店乡", "产业园区"}

    file_unit(cast.finance, leader=cast.chen, liaison=cast.zhu, by=cast.zhu, at=NOW)
    file_unit(cast.labour, leader=cast.zhao, liaison=cast.li, by=cast.zhao, at=NOW)
    file_unit(cast.township, leader=cast.sun, liaison=cast.qian, by=cast.zhou, at=NOW)
    file_unit(cast.park, leader=cast.tang, liaison=cast.fan, by=cast.wang, at=NOW)

    assert _unfiled(cast) == set()


def test_a_filing_of_one_county_counts_in_that_county_only(cast: Cast, other_cast: Cast) -> None:
    file_unit(cast.finance, leader=cast.chen, liaison=cast.zhu, by=cast.zhu, at=NOW)

    assert "县金融办" not in _unfiled(cast)
    assert "县金融办" in _unfiled(other_cast)
    with pytest.raises(NotAllowed):
        file_unit(cast.labour, leader=cast.zhao, liaison=cast.li, by=other_cast.wang, at=NOW)


def test_naming_somebody_new_ends_the_predecessors_post_the_same_day(cast: Cast) -> None:
    file_unit(cast.finance, leader=cast.chen, liaison=cast.zhu, by=cast.zhu, at=NOW)

    filing = file_unit(
        cast.finance,
        leader=cast.chen,
        liaison=cast.he,
        by=cast.chen,
        at=NOW + timedelta(days=1),
    )

    assert filing.liaison_post.user == cast.he
    assert not cast.zhu.reach_on(date(2026, 11, 25)).has("LIAISON")
    assert cast.he.reach_on(date(2026, 11, 25)).units("LIAISON") == {cast.finance.pk}
    assert UnitFiling.objects.in_county(COUNTY).filter(unit=cast.finance).count() == 2


def test_when_a_filed_person_leaves_the_unit_owes_a_new_filing(cast: Cast) -> None:
    file_unit(cast.finance, leader=cast.chen, liaison=cast.zhu, by=cast.zhu, at=NOW)

    relieve(cast.post(cast.zhu), by=cast.sec, at=NOW)

    assert "县金融办" in _unfiled(cast)


def test_leader_and_liaison_are_two_people(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="各定1名"):
        file_unit(cast.finance, leader=cast.chen, liaison=cast.chen, by=cast.chen, at=NOW)


def test_a_liaison_confirms_but_does_not_name_his_own_approver(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="照原样备案"):
        file_unit(cast.finance, leader=cast.he, liaison=cast.zhu, by=cast.zhu, at=NOW)


def test_a_leader_names_only_people_of_the_own_unit(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="不在本单位名下"):
        file_unit(cast.finance, leader=cast.chen, liaison=cast.li, by=cast.chen, at=NOW)


def test_the_office_may_name_anybody_but_an_administrator(cast: Cast) -> None:
    file_unit(cast.labour, leader=cast.zhao, liaison=cast.he, by=cast.zhou, at=NOW)
    assert _holder(cast.labour, PostKind.LIAISON) == cast.he

    with pytest.raises(InvalidInput, match="三员分离"):
        file_unit(cast.labour, leader=cast.zhao, liaison=cast.sys, by=cast.zhou, at=NOW)


@pytest.mark.parametrize("who", ["li", "he", "feng", "zheng", "sys", "sec", "boss"])
def test_nobody_else_files_for_a_unit(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        file_unit(cast.finance, leader=cast.chen, liaison=cast.zhu, by=getattr(cast, who), at=NOW)


@pytest.mark.parametrize("unit", ["office", "oversight", "government"])
def test_those_who_keep_the_list_are_not_on_it(cast: Cast, unit: str) -> None:
    with pytest.raises(InvalidInput, match="不需要备案"):
        file_unit(getattr(cast, unit), leader=cast.chen, liaison=cast.zhu, by=cast.zhou, at=NOW)


def test_the_reporter_is_the_liaison_unless_another_is_named(cast: Cast) -> None:
    assert reporter(cast.finance, on=TODAY) == cast.zhu

    appoint(cast.he, unit=cast.finance, kind="REPORTER", by=cast.sec, at=NOW)

    assert reporter(cast.finance, on=TODAY) == cast.he


@pytest.mark.django_db(transaction=True)
def test_two_filings_at_once_leave_one_liaison_and_both_rows(cast: Cast) -> None:
    def file(liaison: User) -> str:
        try:
            file_unit(cast.labour, leader=cast.zhao, liaison=liaison, by=cast.zhou, at=NOW)
        except DomainError as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "filed"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(file, [cast.he, cast.qian]))

    assert answers == ["filed", "filed"]
    newest = UnitFiling.objects.in_county(COUNTY).filter(unit=cast.labour).latest("pk")
    assert _holder(cast.labour, PostKind.LIAISON) == newest.liaison_post.user
