"""Asking the office to be recognised."""

from __future__ import annotations

import pytest

from qifu.enterprises.actions import (
    approve_binding,
    ask_binding,
    bind_by_phone,
    invite,
    refuse_binding,
)
from qifu.enterprises.models import Binding, BindingState, Ending, SpeaksAs
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.organisations.models import User
from tests.cast import COUNTY, NOW
from tests.firms import Firms


@pytest.fixture
def person(firms: Firms) -> User:
    return firms.person("13900000221")


def test_it_waits_for_the_office(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, by=person, at=NOW)

    assert firms.speaking_for_tea() == {}
    assert list(Binding.objects.in_county(COUNTY).asked()) == [binding]


def test_approved_it_takes_force_and_the_person_is_told(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, by=person, at=NOW)

    approve_binding(binding, by=firms.cast.zhou, at=NOW)

    assert firms.speaking_for_tea() == {"13900000221": SpeaksAs.ADMIN}
    assert Notice.objects.in_county(COUNTY).get().person == person.pk


def test_refused_it_says_why(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, by=person, at=NOW)

    refuse_binding(binding, Ending.WRONG_FIRM, by=firms.cast.zhou, at=NOW)

    assert firms.speaking_for_tea() == {}
    assert "可能选错了企业" in Notice.objects.in_county(COUNTY).get().body


def test_a_reason_that_is_none_is_not_taken(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, by=person, at=NOW)

    with pytest.raises(InvalidInput):
        refuse_binding(binding, Ending.REMOVED, by=firms.cast.zhou, at=NOW)


def test_nobody_but_the_office_rules(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, by=person, at=NOW)

    for who in ("qian", "zheng", "feng", "sys"):
        with pytest.raises(NotAllowed):
            approve_binding(binding, by=getattr(firms.cast, who), at=NOW)


def test_two_clerks_at_once_the_second_is_told(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, by=person, at=NOW)
    same = Binding.objects.in_county(COUNTY).get(pk=binding.pk)
    refuse_binding(binding, Ending.WRONG_FIRM, by=firms.cast.zhou, at=NOW)

    with pytest.raises(StaleState):
        approve_binding(same, by=firms.cast.zhou, at=NOW)

    assert firms.speaking_for_tea() == {}


def test_staff_does_not_ask(firms: Firms) -> None:
    with pytest.raises(NotAllowed):
        ask_binding(firms.tea, by=firms.cast.zhu, at=NOW)


def test_nobody_asks_in_another_county(firms: Firms, other_firms: Firms) -> None:
    with pytest.raises(NotAllowed):
        ask_binding(firms.tea, by=other_firms.person("13900000221"), at=NOW)


def test_twice_asked_is_asked_once(firms: Firms, person: User) -> None:
    ask_binding(firms.tea, by=person, at=NOW)

    with pytest.raises(StaleState, match="等县办核准"):
        ask_binding(firms.tea, by=person, at=NOW)


def test_an_invitation_answers_the_request(firms: Firms, person: User) -> None:
    asked = ask_binding(firms.tea, by=person, at=NOW)
    invite(firms.tea, person.phone, by=firms.cast.zhou, at=NOW)

    bind_by_phone(person, at=NOW)

    asked.refresh_from_db()
    assert asked.state == BindingState.ENDED
    assert firms.speaking_for_tea() == {person.phone: SpeaksAs.ADMIN}
