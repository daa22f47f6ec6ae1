"""Asking the office to be recognised."""

from __future__ import annotations

import pytest

from qifu.enterprises.actions import (
    Particulars,
    approve_binding,
    ask_binding,
    bind_by_phone,
    invite,
    refuse_binding,
    register_enterprise,
    withdraw_request,
)
from qifu.enterprises.models import Binding, BindingState, Ending, SpeaksAs
from qifu.journal.models import Event
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.organisations.models import User
from tests.cast import COUNTY, NOW
from tests.firms import Firms

WORDS = "夏青，立夏茶业的会计"


@pytest.fixture
def person(firms: Firms) -> User:
    return firms.person("13900000221")


def test_it_waits_for_the_office(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, WORDS, by=person, at=NOW)

    assert firms.speaking_for_tea() == {}
    assert list(Binding.objects.in_county(COUNTY).asked()) == [binding]


def test_approved_it_takes_force_and_the_person_is_told(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, WORDS, by=person, at=NOW)

    approve_binding(binding, by=firms.cast.zhou, at=NOW)

    assert firms.speaking_for_tea() == {"13900000221": SpeaksAs.ADMIN}
    assert Notice.objects.in_county(COUNTY).get().person == person.pk


def test_refused_it_says_why(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, WORDS, by=person, at=NOW)

    refuse_binding(binding, Ending.WRONG_FIRM, by=firms.cast.zhou, at=NOW)

    assert firms.speaking_for_tea() == {}
    assert "可能选错了企业" in Notice.objects.in_county(COUNTY).get().body


def test_a_reason_that_is_none_is_not_taken(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, WORDS, by=person, at=NOW)

    with pytest.raises(InvalidInput):
        refuse_binding(binding, Ending.REMOVED, by=firms.cast.zhou, at=NOW)


def test_nobody_but_the_office_rules(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, WORDS, by=person, at=NOW)

    for who in ("qian", "zheng", "feng", "sys"):
        with pytest.raises(NotAllowed):
            approve_binding(binding, by=getattr(firms.cast, who), at=NOW)


def test_two_clerks_at_once_the_second_is_told(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, WORDS, by=person, at=NOW)
    same = Binding.objects.in_county(COUNTY).get(pk=binding.pk)
    refuse_binding(binding, Ending.WRONG_FIRM, by=firms.cast.zhou, at=NOW)

    with pytest.raises(StaleState):
        approve_binding(same, by=firms.cast.zhou, at=NOW)

    assert firms.speaking_for_tea() == {}


def test_staff_does_not_ask(firms: Firms) -> None:
    with pytest.raises(NotAllowed):
        ask_binding(firms.tea, WORDS, by=firms.cast.zhu, at=NOW)


def test_nobody_asks_in_another_county(firms: Firms, other_firms: Firms) -> None:
    with pytest.raises(NotAllowed):
        ask_binding(firms.tea, WORDS, by=other_firms.person("13900000221"), at=NOW)


def test_twice_asked_is_asked_once(firms: Firms, person: User) -> None:
    ask_binding(firms.tea, WORDS, by=person, at=NOW)

    with pytest.raises(StaleState, match="等县办核准"):
        ask_binding(firms.tea, WORDS, by=person, at=NOW)


def test_an_invitation_answers_the_request(firms: Firms, person: User) -> None:
    asked = ask_binding(firms.tea, WORDS, by=person, at=NOW)
    invite(firms.tea, person.phone, by=firms.cast.zhou, at=NOW)

    bind_by_phone(person, at=NOW)

    asked.refresh_from_db()
    assert asked.state == BindingState.ENDED
    assert firms.speaking_for_tea() == {person.phone: SpeaksAs.ADMIN}


def test_he_says_who_he_is_in_words_that_can_be_erased(firms: Firms, person: User) -> None:
    binding = ask_binding(firms.tea, WORDS, by=person, at=NOW)

    assert binding.said is not None
    assert binding.said.body == WORDS
    event = Event.objects.in_county(COUNTY).get(kind="binding.asked")
    assert WORDS not in str((event.rows, event.data))


@pytest.mark.parametrize("words", [" ", "字" * 201])
def test_without_a_word_or_with_too_many_it_is_not_taken(
    firms: Firms, person: User, words: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask_binding(firms.tea, words, by=person, at=NOW)

    assert refused.value.field == "words"


def test_nobody_tries_out_the_whole_register(firms: Firms, person: User) -> None:
    firm = Particulars(name="板栗加工厂", township=firms.cast.park)
    for turn in range(6):
        made = register_enterprise(firm, county=COUNTY, by=None, at=NOW)
        if turn < 5:
            ask_binding(made, WORDS, by=person, at=NOW)

    with pytest.raises(InvalidInput, match="等县办核准"):
        ask_binding(made, WORDS, by=person, at=NOW)


def test_he_takes_it_back_until_the_office_has_ruled(firms: Firms, person: User) -> None:
    first = ask_binding(firms.tea, WORDS, by=person, at=NOW)
    withdraw_request(first, by=person, at=NOW)
    assert first.ending == Ending.WITHDRAWN

    second = ask_binding(firms.tea, WORDS, by=person, at=NOW)
    with pytest.raises(NotAllowed):
        withdraw_request(second, by=firms.cast.outsider, at=NOW)
    approve_binding(second, by=firms.cast.zhou, at=NOW)

    with pytest.raises(StaleState):
        withdraw_request(second, by=person, at=NOW)
    assert firms.speaking_for_tea() == {person.phone: SpeaksAs.ADMIN}
