"""Signing in with login and password: slow to guess, silent about who exists."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password

from qifu.journal.deed import Deed, deed
from qifu.kernel.errors import DomainError, TooOften
from qifu.organisations.digests import digest
from qifu.organisations.models import SignInFailure, User

# 等保: 登录失败5次锁30分钟.
FAILURES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=30)
# One address may stand for a whole building, so this is wide; it stops a machine.
FAILURES_PER_SOURCE = 30
SOURCE_WINDOW = timedelta(minutes=10)

OPENED = "opened"

# One sentence for every reason, so that nobody learns which accounts exist or are shut.
REFUSED = "账号或密码不对。连续输错5次锁30分钟，急用请安全管理员解锁；忘了密码请系统管理员重置。"
FLOODED = "这个网络上输错的次数太多。请10分钟后再试。"


class NotSignedIn(DomainError):
    """Login and password do not open an account."""


class TooManyTries(NotSignedIn, TooOften):
    """Too many wrong ones came from one address."""


def sign_in(
    county: str, *, login: str, password: str, at: datetime, ip: str, device: str = ""
) -> User:
    """Return the person whose login and password these are (登录).

    Attempts at one account wait for each other, so that of many at once no more than
    five are ever tried against its password. `device` is the number of a device on which
    this person has signed in before: strangers, who lock the account elsewhere, do not
    lock it there.

    Raises:
        NotSignedIn: wrong, unknown, locked or closed: the sentence is the same.
        TooManyTries: from this address, whoever it was about.
    """
    source = digest("device", device) if device else digest("source", ip)
    if not device:
        _refuse_flood(county, source, at)
    with deed("account.sign_in_attempted", county=county, by=None, at=at) as work:
        user = _account(county, login)
        outcome = _attempt(work, user, password, source if device else "")
        work.note(outcome=outcome)
        if outcome != OPENED:
            work.add(SignInFailure(at=at, source=source, account=user))
    if user is None or outcome != OPENED:
        raise NotSignedIn(REFUSED)
    return user


def forget_old(*, before: datetime) -> int:
    """Delete the counts of wrong passwords from before the moment.

    Not a deed: the attempts themselves stay in the journal.
    """
    old = SignInFailure.objects.across_counties("housekeeping visits every county")
    return old.filter(at__lt=before).delete()[0]


def _account(county: str, login: str) -> User | None:
    people = User.objects.in_county(county).staff().filter(login=login.strip().lower())
    return people.select_for_update(no_key=True).first()


def _refuse_flood(county: str, source: str, at: datetime) -> None:
    recent = SignInFailure.objects.in_county(county).filter(
        source=source, at__gt=at - SOURCE_WINDOW
    )
    if recent.count() >= FAILURES_PER_SOURCE:
        raise TooManyTries(FLOODED)


def _attempt(work: Deed, user: User | None, password: str, known: str) -> str:
    if user is None:
        _spend_time(password)
        return "unknown"
    work.about(user)
    if not user.is_active or _is_shut(user, known, work.at):
        _spend_time(password)
        return "locked" if user.is_active else "closed"
    if check_password(password, user.password):
        # What strangers did elsewhere stays locked there.
        if user.failed_sign_ins and not user.is_locked(work.at):
            work.change(user, failed_sign_ins=0, locked_until=None)
        return OPENED
    return "wrong" if known else _counted(work, user)


def _is_shut(user: User, known: str, at: datetime) -> bool:
    if not known:
        return user.is_locked(at)
    # An administrator's lock is longer than that of guesses, and holds everywhere.
    if user.is_locked(at + LOCK):
        return True
    here = SignInFailure.objects.in_county(user.county).filter(source=known, at__gt=at - LOCK)
    return here.filter(account=user).count() >= FAILURES_BEFORE_LOCK


def _counted(work: Deed, user: User) -> str:
    # A lock that has run out begins a new count.
    failures = 1 if user.locked_until else user.failed_sign_ins + 1
    locks = failures >= FAILURES_BEFORE_LOCK
    work.change(user, failed_sign_ins=failures, locked_until=work.at + LOCK if locks else None)
    return "wrong_and_locked" if locks else "wrong"


def _spend_time(password: str) -> None:
    """Take as long as a real check, so that the clock does not tell what the words hide."""
    make_password(password)
