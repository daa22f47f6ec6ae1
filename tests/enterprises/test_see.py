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
from tests.cast import COUNTY, NOW
from tests.firms import TODAY, Firms


def seen(user: User) -> set[str]:
    fresh = User.objects.in_county(user.county).get(pk=user.pk)
    return {e.short_name for e in Enterprise.objects.visible_to(fresh, TODAY)}


@pytest.mark.parametrize("who", ["zhou", "zheng", "feng"])
def test_office_leader_and_inspector_see_the_county_and_not_the_next(
    firms: Firms, other_firms: Firms, who: str
) -> None:
    rows = Enterprise.objects.visible_to(getattr(firms.cast, who), TODAY)

    assert {row.county for row in rows} == {COUNTY}
    assert len(rows) == 2


def test_a_township_sees_its_own(firms: Firms) -> None:
    assert seen(firms.cast.qian) == {"立夏茶业"}


def test_a_department_sees_what_is_tied_to_it(firms: Firms) -> None:
    assert seen(firms.cast.zhu) == set()

    tie(firms.tea, firms.cast.finance, TieKind.RESPONSIBLE, by=None, at=NOW)

    assert seen(firms.cast.zhu) == {"立夏茶业"}
    # The officer works there without a post that speaks for the unit.
    assert seen(firms.cast.he) == {"皖西灯饰制造"}


def test_a_paired_officer_sees_his_own_until_the_day_it_ends(firms: Firms) -> None:
    assert seen(firms.cast.he) == {"皖西灯饰制造"}

    tied = Tie.objects.in_county(COUNTY).get()
    untie(tied, by=firms.cast.zhou, at=NOW)

    assert seen(firms.cast.he) == set()
    yesterday = TODAY - timedelta(days=1)
    assert not Tie.objects.in_county(COUNTY).in_force(yesterday).exists()


def test_a_system_administrator_sees_none(firms: Firms) -> None:
    assert seen(firms.cast.sys) == set()


def test_a_person_sees_what_he_speaks_for(firms: Firms) -> None:
    person = firms.cast.boss
    assert seen(person) == set()

    bind_by_phone(person, at=NOW)

    assert seen(person) == {"立夏茶业"}
    assert bound_enterprise_ids(person, TODAY) == {firms.tea.pk}


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
    firms: Firms, other_firms: Firms, words: str, found: set[str]
) -> None:
    rows = Enterprise.objects.visible_to(firms.cast.zhou, TODAY).search(words)

    assert {row.short_name for row in rows.by_pinyin()} == found
    assert {row.county for row in rows} <= {COUNTY}


def test_a_long_list_is_turned_over_without_losing_or_repeating_a_row(firms: Firms) -> None:
    for turn in range(7):
        register_enterprise(
            # Three of one name: the number decides.
            Particulars(name=f"板栗加工厂{turn // 3}", township=firms.cast.park),
            county=COUNTY,
            by=None,
            at=NOW,
        )
    rows = Enterprise.objects.visible_to(firms.cast.zhou, TODAY)
    whole = list(rows.by_pinyin())

    walked = list(rows.by_pinyin()[:4])
    while page := list(rows.after(walked[-1].pinyin, walked[-1].number)[:4]):
        walked += page

    assert walked == whole
    assert list(rows.before(whole[4].pinyin, whole[4].number)[:4])[::-1] == whole[:4]
