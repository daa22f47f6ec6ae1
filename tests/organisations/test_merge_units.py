"""Renaming and merging units: their work reaches the people of what became of them."""

from datetime import date

import pytest

from qifu.kernel.errors import InvalidInput, NotAllowed
from qifu.organisations.actions.filing import file_unit
from qifu.organisations.actions.units import Naming, create_unit, merge_units, rename_unit
from qifu.organisations.address_book import CountyAddressBook
from qifu.organisations.models import Unit, UnitFiling, UnitKind, User
from qifu.organisations.queries import current_unit, holders, unfiled_units, unit_by_code
from tests.cast import COUNTY, NOW, Cast

TODAY = date(2026, 11, 24)
YESTERDAY = date(2026, 11, 23)
NEW_NAME = Naming("jinrongju", "金寨县地方金融管理局", "县地方金融局")


def _fresh(user: User) -> User:
    return User.objects.in_county(user.county).get(pk=user.pk)


def _again(unit: Unit) -> Unit:
    return Unit.objects.in_county(unit.county).get(pk=unit.pk)


def test_a_renamed_unit_keeps_its_history_and_its_people(cast: Cast) -> None:
    file_unit(cast.finance, leader=cast.chen, liaison=cast.zhu, by=cast.zhu, at=NOW)

    heir = rename_unit(cast.finance, NEW_NAME, on=TODAY, by=cast.zhou, at=NOW)

    assert current_unit(_again(cast.finance), on=YESTERDAY).short_name == "县金融办"
    assert current_unit(_again(cast.finance), on=TODAY) == heir
    assert unit_by_code(COUNTY, "jinrongban", on=TODAY) == heir
    assert _fresh(cast.zhu).reach.units("LIAISON") == {heir.pk, cast.finance.pk}
    assert _fresh(cast.chen).reach.seats("RESPONSIBLE_LEADER") == {heir.pk}
    assert "县地方金融局" not in [unit.short_name for unit in unfiled_units(COUNTY, on=TODAY)]
    assert UnitFiling.objects.in_county(COUNTY).filter(unit=cast.finance).exists()


def test_a_rename_in_the_future_changes_nothing_today(cast: Cast) -> None:
    later = date(2027, 1, 1)

    heir = rename_unit(cast.finance, NEW_NAME, on=later, by=cast.zhou, at=NOW)

    assert current_unit(_again(cast.finance), on=TODAY) == cast.finance
    assert cast.zhu.reach_on(TODAY).units() == {cast.finance.pk}
    assert cast.zhu.reach_on(later).seats() == {heir.pk}


def test_a_merged_unit_is_reached_by_the_people_of_its_successor(cast: Cast) -> None:
    merge_units([cast.finance], into=cast.labour, on=TODAY, by=cast.zhou, at=NOW)

    assert _fresh(cast.li).reach.units("LIAISON") == {cast.labour.pk, cast.finance.pk}
    assert _fresh(cast.zhao).reach.units() == {cast.labour.pk, cast.finance.pk}


def test_after_a_merger_there_is_one_leader_and_one_liaison(cast: Cast) -> None:
    merge_units([cast.finance], into=cast.labour, on=TODAY, by=cast.zhou, at=NOW)

    assert holders(COUNTY, cast.labour.pk, "LIAISON", on=TODAY) == [cast.li]
    assert not _fresh(cast.zhu).reach.roles
    assert _fresh(cast.he).reach.seats("PAIRED_OFFICER") == {cast.labour.pk}


def test_two_units_that_become_a_third_bring_the_chosen_heads(cast: Cast) -> None:
    third = create_unit(
        COUNTY,
        Naming("jinrongrenshe", "金寨县金融和人社局", "县金融人社局"),
        kind=UnitKind.DEPARTMENT,
        since=TODAY,
        by=cast.zhou,
        at=NOW,
    )

    merge_units(
        [cast.finance, cast.labour],
        into=third,
        on=TODAY,
        by=cast.zhou,
        at=NOW,
        leaders_of=cast.labour,
    )

    assert holders(COUNTY, third.pk, "LIAISON", on=TODAY) == [cast.li]
    assert holders(COUNTY, cast.finance.pk, "LIAISON", on=TODAY) == [cast.li]
    assert _fresh(cast.li).reach.units() == {third.pk, cast.finance.pk, cast.labour.pk}


def test_lineage_goes_through_several_changes(cast: Cast) -> None:
    heir = rename_unit(cast.finance, NEW_NAME, on=YESTERDAY, by=cast.zhou, at=NOW)

    merge_units([heir], into=cast.labour, on=TODAY, by=cast.zhou, at=NOW)

    assert set(_again(cast.labour).absorbed) == {cast.finance.pk, heir.pk}
    assert current_unit(_again(cast.finance), on=TODAY) == cast.labour
    assert current_unit(_again(cast.finance), on=YESTERDAY) == heir


def test_what_is_merged_into_an_already_ended_line_reaches_its_heirs(cast: Cast) -> None:
    heir = rename_unit(cast.labour, NEW_NAME, on=date(2027, 1, 1), by=cast.zhou, at=NOW)

    merge_units([cast.finance], into=_again(cast.labour), on=TODAY, by=cast.zhou, at=NOW)

    assert set(_again(heir).absorbed) == {cast.labour.pk, cast.finance.pk}


def test_a_notice_to_a_duty_finds_whoever_holds_it_when_it_is_sent(cast: Cast) -> None:
    book = CountyAddressBook()
    merge_units([cast.finance], into=cast.labour, on=TODAY, by=cast.zhou, at=NOW)

    found = book.on_duty(county=COUNTY, unit=cast.finance.pk, role="LIAISON", at=NOW)

    assert found is not None
    assert (found.person, found.phone) == (cast.li.pk, cast.li.phone)
    assert book.on_duty(county=COUNTY, unit=cast.office.pk, role="LIAISON", at=NOW) is None


def test_what_cannot_be_is_refused(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="县办"):
        rename_unit(cast.finance, NEW_NAME, on=TODAY, by=cast.chen, at=NOW)
    with pytest.raises(InvalidInput, match="不能并入自己"):
        merge_units([cast.finance], into=cast.finance, on=TODAY, by=cast.zhou, at=NOW)
    with pytest.raises(InvalidInput, match="要晚于"):
        rename_unit(cast.finance, NEW_NAME, on=date(2018, 9, 28), by=cast.zhou, at=NOW)
    taken = Naming("jinrongju", "金寨县人社局", "县人社局")
    with pytest.raises(InvalidInput, match="已有叫“县人社局”的单位"):
        rename_unit(cast.finance, taken, on=TODAY, by=cast.zhou, at=NOW)
    same_code = Naming("renshe", "金寨县地方金融管理局", "县地方金融局")
    with pytest.raises(InvalidInput, match="代码renshe已有单位使用"):
        rename_unit(_again(cast.finance), same_code, on=TODAY, by=cast.zhou, at=NOW)


def test_a_unit_ends_once(cast: Cast) -> None:
    rename_unit(cast.finance, NEW_NAME, on=TODAY, by=cast.zhou, at=NOW)

    with pytest.raises(InvalidInput, match="已经撤并"):
        merge_units([_again(cast.finance)], into=cast.labour, on=TODAY, by=cast.zhou, at=NOW)


def test_the_other_countys_unit_of_the_same_name_goes_on(cast: Cast, other_cast: Cast) -> None:
    rename_unit(cast.finance, NEW_NAME, on=TODAY, by=cast.zhou, at=NOW)

    assert _again(other_cast.finance).is_in_force(TODAY)
    assert _fresh(other_cast.zhu).reach.units() == {other_cast.finance.pk}
