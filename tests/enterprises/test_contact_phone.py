"""The registered contact speaks for the enterprise."""

from __future__ import annotations

from qifu.enterprises.actions import (
    bind_by_phone,
    remove_binding,
)
from qifu.enterprises.models import SpeaksAs, Via
from qifu.journal.models import Event
from tests.enterprises.people import COUNTY, NOW, TEA_CONTACT, Place


def test_the_registered_contact_is_bound_at_sign_in(place: Place) -> None:
    (binding,) = bind_by_phone(place.person(TEA_CONTACT), at=NOW)

    assert binding.via == Via.CONTACT_PHONE
    assert place.speaking_for_tea() == {TEA_CONTACT: SpeaksAs.ADMIN}


def test_signing_in_again_changes_nothing_and_writes_nothing(place: Place) -> None:
    person = place.person(TEA_CONTACT)
    bind_by_phone(person, at=NOW)
    events = Event.objects.in_county(COUNTY).count()

    assert bind_by_phone(person, at=NOW) == []
    assert Event.objects.in_county(COUNTY).count() == events


def test_whoever_was_removed_is_not_let_in_again(place: Place) -> None:
    person = place.person(TEA_CONTACT)
    (binding,) = bind_by_phone(person, at=NOW)
    remove_binding(binding, by=place.people["office"], at=NOW)

    assert bind_by_phone(person, at=NOW) == []
    assert place.speaking_for_tea() == {}


def test_a_staff_account_is_never_bound(place: Place) -> None:
    assert bind_by_phone(place.people["finance"], at=NOW) == []
