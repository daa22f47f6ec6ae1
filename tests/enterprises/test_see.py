"""Which enterprises a person sees, and how they are found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qifu.enterprises.actions import (
    Particulars,
    bind_by_phone,
    register_enterprise,
    tie,
    untie,
)
from qifu.enterprises.models import Enterprise, Tie, TieKind
from qifu.enterprises.models.bindings import bound_enterprise_ids
from qifu.organisations.models import User
from tests.enterprises.people import COUNTY, NOW, TEA_CONTACT, TODAY, Place


def seen(user: User) -> set[str]:
    fresh = User.objects.in_county(user.county).get(pk=user.pk)
    return {e.short_name for e in Enterprise.objects.visible_to(fresh, TODAY)}


@pytest.mark.parametrize("who", ["office", "leader", "inspector"])
def test_office_leader_and_inspector_see_the_county_and_not_the_next(
    place: Place, other: Place, who: str
) -> None:
    rows = Enterprise.objects.visible_to(place.people[who], TODAY)

    assert {row.county for row in rows} == {COUNTY}
    assert len(rows) == 2


def test_a_township_sees_its_own(place: Place) -> None:
    assert seen(place.people["township"]) == {"立夏茶业"}


def test_a_department_sees_what_is_tied_to_it(place: Place) -> None:
    assert seen(place.people["finance"]) == set()

    tie(place.tea, place.units["finance"], TieKind.RESPONSIBLE, by=None, at=NOW)

    assert seen(place.people["finance"]) == {"立夏茶业"}
    # The officer works there without a post that speaks for the unit.
    assert seen(place.people["officer"]) == {"皖西灯饰制造"}


def test_a_paired_officer_sees_his_own_until_the_day_it_ends(place: Place) -> None:
    assert seen(place.people["officer"]) == {"皖西灯饰制造"}

    tied = Tie.objects.in_county(COUNTY).get()
    untie(tied, by=place.people["office"], at=NOW)

    assert seen(place.people["officer"]) == set()
    yesterday = TODAY - timedelta(days=1)
    assert not Tie.objects.in_county(COUNTY).in_force(yesterday).exists()


def test_a_system_administrator_sees_none(place: Place) -> None:
    assert seen(place.people["system"]) == set()


def test_a_person_sees_what_he_speaks_for(place: Place) -> None:
    person = place.person(TEA_CONTACT)
    assert seen(person) == set()

    bind_by_phone(person, at=NOW)

    assert seen(person) == {"立夏茶业"}
    assert bound_enterprise_ids(person, TODAY) == {place.tea.pk}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("茶业", {"立夏茶业"}),
        ("lxcy", {"立夏茶业"}),
        ("LXCY", {"立夏茶业"}),
        ("ma8tea", {"立夏茶业"}),
        ("有限公司", {"立夏茶业", "皖西灯饰制造"}),
        ("  ", {"立夏茶业", "皖西灯饰制造"}),
        ("%", set()),
        ("'; DROP TABLE", set()),
    ],
)
def test_an_enterprise_is_found_by_name_initials_or_code(
    place: Place, other: Place, words: str, found: set[str]
) -> None:
    rows = Enterprise.objects.visible_to(place.people["office"], TODAY).search(words)

    assert {row.short_name for row in rows.by_pinyin()} == found
    assert {row.county for row in rows} <= {COUNTY}


def test_a_long_list_is_turned_over_without_losing_or_repeating_a_row(place: Place) -> None:
    for turn in range(7):
        register_enterprise(
            # Three of one name: the number decides.
            Particulars(name=f"板栗加工厂{turn // 3}", township=place.units["park"]),
            county=COUNTY,
            by=None,
            at=NOW,
        )
    rows = Enterprise.objects.visible_to(place.people["office"], TODAY)
    whole = list(rows.by_pinyin())

    walked = list(rows.by_pinyin()[:4])
    while page := list(rows.after(walked[-1].pinyin, walked[-1].number)[:4]):
        walked += page

    assert walked == whole
    assert list(rows.before(whole[4].pinyin, whole[4].number)[:4])[::-1] == whole[:4]
