"""Signing in people of enterprises with a code sent to their phone."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils.crypto import constant_time_compare

from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date, start_of_day
from qifu.kernel.county import CountyQuerySet
from qifu.kernel.errors import InvalidInput, TooOften
from qifu.notices.addresses import Address
from qifu.notices.outbox import Draft, send_now
from qifu.organisations.digests import digest
from qifu.organisations.models import County, PhoneCode, User, UserKind
from qifu.organisations.phones import normalise_mobile

VALID = timedelta(minutes=5)
TRIES = 5
PAUSE = timedelta(minutes=1)
PER_DAY = 5
PER_SOURCE = 30
SOURCE_WINDOW = timedelta(hours=1)

WRONG_CODE = "验证码不对或已过期。请核对短信，或重新获取。"


class TooMany(TooOften):
    """Codes were asked for too often."""


class JustSent(TooMany):
    """A code left a moment ago and still opens."""


def request_code(county: str, *, phone: str, at: datetime, ip: str, device: str = "") -> PhoneCode:
    """Send a six-digit code to the phone (发验证码).

    `device` is the number of a device on which this phone has signed in before: it has
    five a day of its own, whatever strangers have asked for elsewhere.

    Raises:
        InvalidInput: the number cannot receive one.
        JustSent: the last one is less than a minute old.
        TooMany: once a minute, five times a day, thirty times an hour from one address.
    """
    number = normalise_mobile(phone)
    who = digest("phone", county, number)
    source = digest("device", device) if device else digest("source", ip)
    code = f"{secrets.randbelow(1_000_000):06}"
    with deed("phone_code.sent", county=county, by=None, at=at) as work:
        one_at_a_time(who)
        refuse_flood(county, who, source, at, known=bool(device))
        row = work.add(
            PhoneCode(
                phone_digest=who,
                code_digest=code_digest(who, code),
                source=source,
                requested_at=at,
                expires_at=at + VALID,
            )
        )
        work.about(row)
        send_now(work, _message(county, row, number, code))
    return row


def confirm_code(county: str, *, phone: str, code: str, at: datetime) -> User:
    """Return the person whose phone received the code, making the account if new (验证).

    Raises:
        InvalidInput: wrong, used or expired; after five wrong ones the code is dead.
    """
    number = normalise_mobile(phone)
    who = digest("phone", county, number)
    user: User | None = None
    with deed("phone_code.confirmed", county=county, by=None, at=at) as work:
        row = newest(county, who).select_for_update(no_key=True).first()
        opened = row is not None and opens(work, row, who, code)
        work.note(opened=opened)
        if opened:
            user = _person(work, number)
            work.about(user)
    if user is None:
        raise InvalidInput("code", WRONG_CODE)
    if not user.is_active:
        raise InvalidInput("phone", f"这个号码已停用。请致电{_office(county)}。")
    return user


def forget_old(*, before: datetime) -> int:
    """Delete codes that were asked for before the moment: they open nothing any more.

    Not a deed: what is deleted are digests that served their five minutes.
    """
    old = PhoneCode.objects.across_counties("housekeeping visits every county")
    return old.filter(requested_at__lt=before).delete()[0]


def one_at_a_time(who: str) -> None:
    # There is no row yet to wait at, and two requests at once must not both be first.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"code:{who}"])


def newest(county: str, who: str) -> CountyQuerySet[PhoneCode]:
    rows = PhoneCode.objects.in_county(county).filter(phone_digest=who)
    return rows.order_by("-requested_at", "-pk")


def refuse_flood(county: str, who: str, source: str, at: datetime, *, known: bool = False) -> None:
    codes = newest(county, who)
    if last := codes.filter(requested_at__gt=at - PAUSE).first():
        sentence = "验证码刚刚发过。请1分钟后再获取。"
        raise JustSent(sentence) if _still_opens(last, at) else TooMany(sentence)
    today = start_of_day(local_date(at))
    sent = codes.filter(requested_at__gte=today)
    if (sent.filter(source=source) if known else sent).count() >= PER_DAY:
        raise TooMany(f"今天已发过{PER_DAY}次验证码。请明天再试，或致电{_office(county)}。")
    near = PhoneCode.objects.in_county(county).filter(
        source=source, requested_at__gt=at - SOURCE_WINDOW
    )
    if near.count() >= PER_SOURCE:
        raise TooMany(f"这个网络上获取的次数太多。请1小时后再试，或致电{_office(county)}。")


def opens(work: Deed, row: PhoneCode, who: str, code: str) -> bool:
    if not _still_opens(row, work.at):
        return False
    typed = "".join(letter for letter in code if letter.isdecimal())
    if constant_time_compare(row.code_digest, code_digest(who, typed)):
        work.change(row, tries=row.tries + 1, used_at=work.at)
        return True
    work.change(row, tries=row.tries + 1)
    return False


def _still_opens(row: PhoneCode, at: datetime) -> bool:
    return row.used_at is None and row.expires_at > at and row.tries < TRIES


def _person(work: Deed, number: str) -> User:
    people = User.objects.in_county(work.county).enterprise_persons().filter(phone=number)
    return people.first() or work.add(
        User(
            kind=UserKind.ENTERPRISE,
            phone=number,
            password=make_password(None),
            created_at=work.at,
        )
    )


def code_digest(who: str, code: str) -> str:
    return digest("code", who, code)


def _message(county: str, row: PhoneCode, number: str, code: str) -> Draft:
    title = County.objects.get(pk=county).platform
    return Draft(
        kind="SIGN_IN_CODE",
        to=Address.of_phone(number),
        body=f"【{title}】验证码{code}，5分钟内有效。不是本人操作请忽略，不要告诉他人。",
        why="您在登录页获取了验证码",
        dedup=f"code-{row.pk}",
        about=row,
    )


def _office(county: str) -> str:
    row = County.objects.get(pk=county)
    return f"{row.office_name} {row.office_phone}"
