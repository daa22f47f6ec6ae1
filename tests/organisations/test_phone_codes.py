"""Signing in people of enterprises by a code to their phone."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from qifu.kernel.errors import DomainError, InvalidInput
from qifu.notices.models import Notice
from qifu.organisations.actions import phone_codes
from qifu.organisations.actions.phone_codes import TooMany, confirm_code, request_code
from qifu.organisations.models import PhoneCode, User, UserKind
from tests.cast import COUNTY, NOW, OTHER_COUNTY, Cast

PHONE = "13911112222"
IP = "117.1.2.3"


def _request(at: datetime = NOW, phone: str = PHONE, ip: str = IP) -> str:
    """Ask for a code and read it from the message, as its receiver would."""
    row = request_code(COUNTY, phone=phone, at=at, ip=ip)
    body = Notice.objects.in_county(COUNTY).get(dedup=f"code-{row.pk}").body
    found = re.search(r"验证码(\d{6})", body)
    assert found
    return found[1]


def _other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_new_phone_becomes_a_person_who_may_submit(cast: Cast) -> None:
    code = _request()

    user = confirm_code(COUNTY, phone="139 1111 2222", code=code, at=NOW)

    assert user.kind == UserKind.ENTERPRISE
    assert user.phone == PHONE
    assert not user.reach.roles


def test_a_known_phone_finds_its_own_account(cast: Cast) -> None:
    code = _request(phone=cast.boss.phone)

    assert confirm_code(COUNTY, phone=cast.boss.phone, code=code, at=NOW) == cast.boss


def test_the_message_says_who_speaks_and_fits_one_text(cast: Cast) -> None:
    _request()

    body = Notice.objects.in_county(COUNTY).get().body
    assert body.startswith("【企服】验证码")
    assert len(body) <= 70


def test_a_code_of_one_county_opens_nothing_in_the_other(cast: Cast, other_cast: Cast) -> None:
    code = _request()

    with pytest.raises(InvalidInput):
        confirm_code(OTHER_COUNTY, phone=PHONE, code=code, at=NOW)


def test_a_code_opens_once(cast: Cast) -> None:
    code = _request()
    confirm_code(COUNTY, phone=PHONE, code=code, at=NOW)

    with pytest.raises(InvalidInput, match="重新获取"):
        confirm_code(COUNTY, phone=PHONE, code=code, at=NOW)


def test_a_code_is_dead_after_five_minutes(cast: Cast) -> None:
    code = _request()

    with pytest.raises(InvalidInput, match="过期"):
        confirm_code(COUNTY, phone=PHONE, code=code, at=NOW + timedelta(minutes=5))


def test_a_newer_code_replaces_the_older(cast: Cast) -> None:
    older = _request()
    later = NOW + timedelta(minutes=2)
    newer = _request(later)

    if older != newer:
        with pytest.raises(InvalidInput):
            confirm_code(COUNTY, phone=PHONE, code=older, at=later)
    assert confirm_code(COUNTY, phone=PHONE, code=newer, at=later).phone == PHONE


def test_after_five_wrong_codes_the_right_one_is_dead_too(cast: Cast) -> None:
    code = _request()
    for _ in range(phone_codes.TRIES):
        with pytest.raises(InvalidInput):
            confirm_code(COUNTY, phone=PHONE, code=_other(code), at=NOW)

    with pytest.raises(InvalidInput):
        confirm_code(COUNTY, phone=PHONE, code=code, at=NOW)


def test_codes_come_once_a_minute_and_five_times_a_day(cast: Cast) -> None:
    _request()
    with pytest.raises(TooMany, match="1分钟后"):
        _request(NOW + timedelta(seconds=59))
    for minutes in (1, 2, 3, 4):
        _request(NOW + timedelta(minutes=minutes))

    with pytest.raises(TooMany, match="明天再试，或致电县“四送一服”办公室 0564-7350000"):
        _request(NOW + timedelta(hours=2))
    assert _request(NOW + timedelta(days=1))


def test_one_address_cannot_have_codes_sent_to_many_phones(cast: Cast) -> None:
    for number in range(phone_codes.PER_SOURCE):
        _request(phone=f"139222200{number:02}")

    with pytest.raises(TooMany, match="1小时后"):
        _request()
    assert _request(ip="117.9.9.9")


def test_a_landline_cannot_receive_a_code(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="座机收不到"):
        _request(phone="0564-7350000")


def test_a_closed_account_is_told_whom_to_call(cast: Cast) -> None:
    User.objects.in_county(COUNTY).filter(pk=cast.boss.pk).update(is_active=False)
    code = _request(phone=cast.boss.phone)

    with pytest.raises(InvalidInput, match="停用"):
        confirm_code(COUNTY, phone=cast.boss.phone, code=code, at=NOW)


def test_neither_code_nor_phone_is_stored_readably(cast: Cast) -> None:
    code = _request()

    row = PhoneCode.objects.in_county(COUNTY).get()
    stored = " ".join(str(value) for value in vars(row).values())
    assert PHONE not in stored
    assert code not in row.code_digest
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(rows::text || data::text, '') FROM journal_event")
        assert PHONE not in cursor.fetchone()[0]


def test_old_codes_are_forgotten(cast: Cast) -> None:
    _request(NOW - timedelta(days=3))
    _request()

    assert phone_codes.forget_old(before=NOW - timedelta(days=2)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_send_one_code(cast: Cast) -> None:
    def ask(_: int) -> str:
        try:
            request_code(COUNTY, phone=PHONE, at=NOW, ip=IP)
        except DomainError as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "sent"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))

    assert answers.count("sent") == 1
    assert PhoneCode.objects.in_county(COUNTY).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_code_confirmed_twice_at_once_makes_one_person(cast: Cast) -> None:
    code = _request()

    def confirm(_: int) -> str:
        try:
            return str(confirm_code(COUNTY, phone=PHONE, code=code, at=NOW).pk)
        except InvalidInput:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(confirm, range(4)))

    assert answers.count("refused") == 3
    assert User.objects.in_county(COUNTY).filter(phone=PHONE).count() == 1
