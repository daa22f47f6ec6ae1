"""Signing in with login and password."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from qifu.organisations.actions import signing_in
from qifu.organisations.actions.accounts import deactivate, unlock
from qifu.organisations.actions.signing_in import NotSignedIn, sign_in
from qifu.organisations.models import SignInFailure, User
from tests.cast import COUNTY, NOW, PASSWORD, Cast

IP = "10.1.2.3"


def _try(login: str, password: str, at: datetime = NOW, ip: str = IP) -> str:
    """Return the sentence that a refused attempt reads, or nothing."""
    try:
        sign_in(COUNTY, login=login, password=password, at=at, ip=ip)
    except NotSignedIn as refusal:
        return str(refusal)
    return ""


def _wrong(times: int, at: datetime = NOW) -> None:
    for _ in range(times):
        assert _try("zhou", "not-the-password", at)


def test_the_right_password_opens_the_account(cast: Cast) -> None:
    user = sign_in(COUNTY, login=" Zhou ", password=PASSWORD, at=NOW, ip=IP)

    assert user == cast.zhou


def test_a_wrong_password_and_an_unknown_login_read_the_same(cast: Cast) -> None:
    wrong, unknown = _try("zhou", "not-the-password"), _try("nobody", PASSWORD)

    assert wrong == unknown
    assert "账号或密码不对" in wrong


def test_the_same_login_opens_only_the_account_of_its_own_county(
    cast: Cast, other_cast: Cast
) -> None:
    other_cast.zhou.set_password("another-word-99")
    User.objects.in_county(other_cast.county).filter(pk=other_cast.zhou.pk).update(
        password=other_cast.zhou.password
    )

    assert sign_in(COUNTY, login="zhou", password=PASSWORD, at=NOW, ip=IP) == cast.zhou
    assert _try("zhou", "another-word-99")


def test_after_five_wrong_passwords_the_right_one_is_refused_for_half_an_hour(
    cast: Cast,
) -> None:
    _wrong(5)

    assert "账号或密码不对" in _try("zhou", PASSWORD, NOW + timedelta(minutes=29))
    assert _try("zhou", PASSWORD, NOW + timedelta(minutes=30)) == ""


def test_four_wrong_passwords_do_not_lock_and_a_right_one_begins_anew(cast: Cast) -> None:
    _wrong(4)
    assert _try("zhou", PASSWORD) == ""

    _wrong(4)

    assert _try("zhou", PASSWORD) == ""


def test_when_a_lock_has_run_out_five_more_are_allowed(cast: Cast) -> None:
    _wrong(5)
    later = NOW + timedelta(minutes=31)

    _wrong(4, later)

    assert _try("zhou", PASSWORD, later) == ""


def test_an_unlocked_account_opens_at_once(cast: Cast) -> None:
    _wrong(5)

    unlock(cast.zhou, by=cast.sec, at=NOW)

    assert _try("zhou", PASSWORD) == ""


def test_a_closed_account_is_refused_with_the_same_sentence(cast: Cast) -> None:
    deactivate(cast.relieved(cast.zhou), by=cast.sys, at=NOW)

    assert _try("zhou", PASSWORD) == _try("nobody", PASSWORD) != ""


def test_a_person_of_an_enterprise_has_no_password_to_guess(cast: Cast) -> None:
    assert _try(cast.boss.phone, "")
    assert _try("", "")


def test_failures_are_journalled_without_the_password_or_the_address(cast: Cast) -> None:
    _wrong(1)

    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, subject_id, data::text, rows::text FROM journal_event")
        kind, subject, data, rows = cursor.fetchone()
    assert kind == "account.sign_in_attempted"
    assert subject == cast.zhou.pk
    assert '"wrong"' in data
    assert IP not in rows
    assert "not-the-password" not in rows


def test_a_machine_that_tries_many_logins_from_one_address_is_stopped(cast: Cast) -> None:
    for number in range(signing_in.FAILURES_PER_SOURCE):
        _try(f"user{number}", "x")

    assert _try("zhou", PASSWORD) == signing_in.FLOODED
    assert _try("zhou", PASSWORD, ip="10.9.9.9") == ""
    assert _try("zhou", PASSWORD, NOW + timedelta(minutes=10)) == ""


def test_old_counts_are_forgotten_and_the_journal_keeps_the_attempt(cast: Cast) -> None:
    _wrong(1, NOW - timedelta(days=3))
    _wrong(1)

    assert signing_in.forget_old(before=NOW - timedelta(days=2)) == 1

    assert SignInFailure.objects.in_county(COUNTY).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_event")
        assert cursor.fetchone() == (2,)


@pytest.mark.django_db(transaction=True)
def test_twenty_guesses_at_once_try_only_five(cast: Cast) -> None:
    def guess(number: int) -> str:
        try:
            return _try("zhou", f"wrong-{number}", ip=f"10.0.0.{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        sentences = list(pool.map(guess, range(20)))

    assert all(sentences)
    user = User.objects.in_county(COUNTY).get(pk=cast.zhou.pk)
    assert user.failed_sign_ins == 5
    assert user.is_locked(NOW)
    assert SignInFailure.objects.in_county(COUNTY).count() == 20
