"""Signing in, attacked by somebody who wants to keep the owner out."""

from datetime import datetime, timedelta

import pytest

from qifu.organisations.actions import phone_codes, signing_in
from qifu.organisations.actions.accounts import lock
from qifu.organisations.actions.phone_codes import TooMany, request_code
from qifu.organisations.actions.signing_in import NotSignedIn, TooManyTries, sign_in
from qifu.organisations.models import User
from tests.cast import COUNTY, NOW, PASSWORD, Cast

STRANGER, OWN = "203.0.113.9", "10.1.2.3"
DEVICE = "0f" * 16
PHONE = "13955550123"


def _opens(password: str, *, device: str = "", at: datetime = NOW, ip: str = OWN) -> bool:
    try:
        sign_in(COUNTY, login="zhou", password=password, at=at, ip=ip, device=device)
    except NotSignedIn:
        return False
    return True


def _locked_by_a_stranger(at: datetime = NOW) -> None:
    for _ in range(5):
        assert not _opens("guess", at=at, ip=STRANGER)
    assert not _opens(PASSWORD, at=at)


def test_a_stranger_who_locks_an_account_does_not_lock_it_on_its_owners_device(
    cast: Cast,
) -> None:
    for hours in range(5):
        at = NOW + timedelta(hours=hours)
        _locked_by_a_stranger(at)

        assert _opens(PASSWORD, device=DEVICE, at=at)


def test_the_owner_coming_in_gives_the_stranger_no_new_guesses(cast: Cast) -> None:
    _locked_by_a_stranger()

    assert _opens(PASSWORD, device=DEVICE)

    assert not _opens(PASSWORD, ip=STRANGER)


def test_on_a_known_device_five_wrong_passwords_shut_it_there_for_half_an_hour(
    cast: Cast,
) -> None:
    for _ in range(5):
        assert not _opens("guess", device=DEVICE)

    assert not _opens(PASSWORD, device=DEVICE, at=NOW + timedelta(minutes=29))
    assert _opens(PASSWORD, device=DEVICE, at=NOW + timedelta(minutes=30))
    assert _opens(PASSWORD, ip=STRANGER)
    assert User.objects.in_county(COUNTY).get(pk=cast.zhou.pk).failed_sign_ins == 0


def test_a_lock_of_the_security_administrators_holds_on_every_device(cast: Cast) -> None:
    lock(cast.zhou, by=cast.sec, at=NOW)

    assert not _opens(PASSWORD, device=DEVICE)


def test_a_machine_that_floods_a_buildings_address_shuts_no_known_device(cast: Cast) -> None:
    for number in range(signing_in.FAILURES_PER_SOURCE):
        with pytest.raises(NotSignedIn):
            sign_in(COUNTY, login=f"user{number}", password="x", at=NOW, ip=OWN)
    with pytest.raises(TooManyTries, match="请10分钟后再试"):
        sign_in(COUNTY, login="zhou", password=PASSWORD, at=NOW, ip=OWN)

    assert _opens(PASSWORD, device=DEVICE)


def test_a_stranger_who_uses_up_a_phones_codes_does_not_keep_its_owner_out(cast: Cast) -> None:
    for number in range(phone_codes.PER_DAY):
        at = NOW + timedelta(minutes=2 * number)
        request_code(COUNTY, phone=PHONE, at=at, ip=STRANGER)
    later = NOW + timedelta(minutes=30)
    with pytest.raises(TooMany, match="明天再试"):
        request_code(COUNTY, phone=PHONE, at=later, ip=OWN)

    sent = request_code(COUNTY, phone=PHONE, at=later, ip=OWN, device=DEVICE)

    assert sent.requested_at == later


def test_on_a_known_device_there_are_five_codes_a_day_too(cast: Cast) -> None:
    for number in range(phone_codes.PER_DAY):
        at = NOW + timedelta(minutes=2 * number)
        request_code(COUNTY, phone=PHONE, at=at, ip=OWN, device=DEVICE)

    with pytest.raises(TooMany, match="明天再试"):
        request_code(COUNTY, phone=PHONE, at=NOW + timedelta(minutes=30), ip=OWN, device=DEVICE)
