"""The registered contact speaks for the enterprise."""

from __future__ import annotations

from qifu.enterprises.actions import (
    bind_by_phone,
    remove_binding,
)
from qifu.enterprises.models import SpeaksAs, Via
from qifu.journal.models import Event
from tests.cast import COUNTY, NOW
from tests.firms import TEA_CONTACT, Firms


def test_the_registered_contact_is_bound_at_sign_in(firms: Firms) -> None:
    (binding,) = bind_by_phone(firms.cast.boss, at=NOW)

    assert binding.via == Via.CONTACT_PHONE
    assert firms.speaking_for_tea() == {TEA_CONTACT: SpeaksAs.ADMIN}


def test_signing_in_again_changes_nothing_and_writes_nothing(firms: Firms) -> None:
    person = firms.cast.boss
    bind_by_phone(person, at=NOW)
    events = Event.objects.in_county(COUNTY).count()

    assert bind_by_phone(person, at=NOW) == []
    assert Event.objects.in_county(COUNTY).count() == events


def test_whoever_was_removed_is_not_let_in_again(firms: Firms) -> None:
    person = firms.cast.boss
    (binding,) = bind_by_phone(person, at=NOW)
    remove_binding(binding, by=firms.cast.zhou, at=NOW)

    assert bind_by_phone(person, at=NOW) == []
    assert firms.speaking_for_tea() == {}


def test_a_staff_account_is_never_bound(firms: Firms) -> None:
    assert bind_by_phone(firms.cast.zhu, at=NOW) == []
