"""The administrator of an enterprise: one, who can hand over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from qifu.enterprises.actions import (
    bind_by_phone,
    hand_over_admin,
    invite,
    remove_binding,
)
from qifu.enterprises.models import Ending
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.organisations.models import User
from tests.cast import COUNTY, NOW, make_cast
from tests.firms import Firms, make_firms


def test_the_first_becomes_it_and_the_second_does_not(firms: Firms) -> None:
    firms.bound_to_tea("13900000211")
    firms.bound_to_tea("13900000212")

    assert firms.speaking_for_tea() == {"13900000211": "ADMIN", "13900000212": "USER"}


def test_he_removes_others_and_they_do_not_remove_him(firms: Firms) -> None:
    admin, other = firms.bound_to_tea("13900000211"), firms.bound_to_tea("13900000212")

    with pytest.raises(NotAllowed):
        remove_binding(admin, by=other.person, at=NOW)
    remove_binding(other, by=admin.person, at=NOW)

    assert firms.speaking_for_tea() == {"13900000211": "ADMIN"}
    assert other.ending == Ending.REMOVED


def test_he_hands_over_before_he_leaves(firms: Firms) -> None:
    admin, other = firms.bound_to_tea("13900000211"), firms.bound_to_tea("13900000212")
    with pytest.raises(StaleState, match="先把管理员交给同事"):
        remove_binding(admin, by=admin.person, at=NOW)

    hand_over_admin(firms.tea, other, by=admin.person, at=NOW)
    admin.refresh_from_db()
    remove_binding(admin, by=admin.person, at=NOW)

    assert firms.speaking_for_tea() == {"13900000212": "ADMIN"}
    assert admin.ending == Ending.LEFT


def test_who_is_alone_may_leave(firms: Firms) -> None:
    admin = firms.bound_to_tea("13900000211")

    remove_binding(admin, by=admin.person, at=NOW)

    assert firms.speaking_for_tea() == {}


def test_a_colleague_does_not_make_himself_administrator(firms: Firms) -> None:
    firms.bound_to_tea("13900000211")
    other = firms.bound_to_tea("13900000212")

    with pytest.raises(NotAllowed):
        hand_over_admin(firms.tea, other, by=other.person, at=NOW)


def test_an_administrator_of_one_firm_is_nobody_in_another(firms: Firms) -> None:
    firms.bound_to_tea("13900000211")
    other = firms.bound_to_tea("13900000212")
    invite(firms.lamps, "13900000213", by=firms.cast.zhou, at=NOW)
    (stranger,) = bind_by_phone(firms.person("13900000213"), at=NOW)

    with pytest.raises(NotAllowed):
        remove_binding(other, by=stranger.person, at=NOW)
    with pytest.raises(StaleState):
        hand_over_admin(firms.tea, stranger, by=firms.cast.zhou, at=NOW)


def test_the_office_may_do_both(firms: Firms) -> None:
    admin, other = firms.bound_to_tea("13900000211"), firms.bound_to_tea("13900000212")

    hand_over_admin(firms.tea, other, by=firms.cast.zhou, at=NOW)
    admin.refresh_from_db()
    remove_binding(admin, by=firms.cast.zhou, at=NOW)

    assert firms.speaking_for_tea() == {"13900000212": "ADMIN"}
    assert admin.ending == Ending.BY_OFFICE


def test_whoever_comes_back_is_no_longer_administrator(firms: Firms) -> None:
    admin, other = firms.bound_to_tea("13900000211"), firms.bound_to_tea("13900000212")
    hand_over_admin(firms.tea, other, by=admin.person, at=NOW)
    admin.refresh_from_db()
    remove_binding(admin, by=other.person, at=NOW)

    assert admin.person is not None
    invite(firms.tea, admin.person.phone, by=firms.cast.zhou, at=NOW)
    bind_by_phone(admin.person, at=NOW)

    assert firms.speaking_for_tea() == {"13900000212": "ADMIN", "13900000211": "USER"}


@pytest.mark.django_db(transaction=True)
def test_two_who_arrive_at_once_are_not_both_administrators() -> None:
    firms = make_firms(make_cast(COUNTY, "金寨县"))
    for phone in ("13900000231", "13900000232"):
        invite(firms.tea, phone, by=firms.cast.zhou, at=NOW)
    people = [firms.person("13900000231"), firms.person("13900000232")] * 2

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(_sign_in, person) for person in people]:
            done.result()

    assert sorted(firms.speaking_for_tea().values()) == ["ADMIN", "USER"]


def _sign_in(person: User) -> None:
    try:
        bind_by_phone(person, at=NOW)
    finally:
        connections.close_all()
