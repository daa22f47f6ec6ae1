"""Making accounts, and what happens to them afterwards: passwords, locks, closing."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password

from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed
from qifu.organisations import access, passwords, phones
from qifu.organisations.models import User, UserKind
from qifu.organisations.open_things import StillOpen, open_for
from qifu.organisations.refusals import explained

# A lock set by the security administrator holds until it is lifted.
UNTIL_LIFTED = timedelta(days=36500)
LOGIN_FORM = re.compile(r"[a-z][a-z0-9._-]{1,39}")


def create_user(
    county: str,
    *,
    login: str,
    name: str,
    password: str,
    by: User | None,
    at: datetime,
    phone: str = "",
    key: str = "",
) -> User:
    """Make a staff account with a first password that must be changed (建账号).

    It may do nothing until the security administrator appoints it to a post.
    """
    if not access.can_make_accounts(by, county):
        raise NotAllowed("只有系统管理员可以建账号。")
    user = User(
        kind=UserKind.STAFF,
        login=_login(login),
        name=_name(name),
        phone=phones.normalise(phone) if phone else "",
        must_change_password=True,
        created_at=at,
    )
    passwords.check(password, user)
    user.password = make_password(password)
    taken = InvalidInput("login", f"账号“{user.login}”已有人使用。请换一个。")
    with (
        explained({"user_login_once": taken}),
        deed("account.created", county=county, by=by, at=at, key=key) as work,
    ):
        work.about(work.add(user))
    return user


def change_password(
    user: User, *, old: str, new: str, by: User, at: datetime, key: str = ""
) -> None:
    """Let somebody change the own password (改密码); other sessions end with the old one."""
    if by.pk != user.pk:
        raise NotAllowed("只能改自己的密码。忘了密码请找系统管理员重置。")
    if not check_password(old, user.password):
        raise InvalidInput("old", "原密码不对。请重新输入。")
    if old == new:
        raise InvalidInput("new", "新密码和原密码一样。请换一个。")
    passwords.check(new, user, field="new")
    with deed("account.password_changed", county=user.county, by=by, at=at, key=key) as work:
        work.about(user)
        work.change(
            user,
            expect={"password": user.password},
            password=make_password(new),
            must_change_password=False,
        )


def reset_password(
    user: User, *, password: str, by: User | None, at: datetime, key: str = ""
) -> None:
    """Give a new first password, to be changed at once (重置密码)."""
    if not access.can_reset_password(by, user):
        raise NotAllowed(
            "您不能重置这个账号的密码。普通账号找系统管理员；系统、审计管理员找安全管理员；"
            "安全管理员在服务器上重置。"
        )
    if not user.is_staff_person:
        raise InvalidInput("user", "企业人员用手机验证码登录，没有密码。")
    passwords.check(password, user)
    with deed("account.password_reset", county=user.county, by=by, at=at, key=key) as work:
        work.about(user)
        work.change(user, password=make_password(password), must_change_password=True)


def lock(user: User, *, by: User | None, at: datetime, key: str = "") -> None:
    """Keep somebody out until the lock is lifted (锁定)."""
    if not access.can_unlock(by, user):
        raise NotAllowed("只有安全管理员可以锁定他人的账号。")
    with deed("account.locked", county=user.county, by=by, at=at, key=key) as work:
        work.about(user)
        work.change(user, locked_until=at + UNTIL_LIFTED)


def unlock(user: User, *, by: User | None, at: datetime, key: str = "") -> None:
    """Let somebody in again before the lock runs out (解锁)."""
    if not access.can_unlock(by, user):
        raise NotAllowed("只有安全管理员可以解锁他人的账号。")
    with deed("account.unlocked", county=user.county, by=by, at=at, key=key) as work:
        work.about(user)
        work.change(user, locked_until=None, failed_sign_ins=0)


def deactivate(user: User, *, by: User | None, at: datetime, key: str = "") -> None:
    """Close an account for good or for now (停用); its open sessions end at once.

    Nobody goes while anything is open that only he would have done (交接).
    """
    if not access.can_make_accounts(by, user.county):
        raise NotAllowed("只有系统管理员可以停用账号。")
    if by is not None and by.pk == user.pk:
        raise NotAllowed("不能停用自己的账号。请另一位管理员办理。")
    with deed("account.deactivated", county=user.county, by=by, at=at, key=key) as work:
        work.about(user)
        if found := open_for(user, local_date(at)):
            raise StillOpen(user, found, "停用")
        work.change(user, expect={"is_active": True}, is_active=False)


def reactivate(user: User, *, by: User | None, at: datetime, key: str = "") -> None:
    """Open a closed account again (启用)."""
    if not access.can_make_accounts(by, user.county):
        raise NotAllowed("只有系统管理员可以启用账号。")
    with deed("account.reactivated", county=user.county, by=by, at=at, key=key) as work:
        work.about(user)
        work.change(user, expect={"is_active": False}, is_active=True)


def _login(text: str) -> str:
    login = text.strip().lower()
    if not LOGIN_FORM.fullmatch(login):
        raise InvalidInput(
            "login", "账号要以字母开头，只用小写字母、数字、点和横线，2—40位。请重新填写。"
        )
    return login


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise InvalidInput("name", "没有填姓名。请填写。")
    if len(name) > 40:
        raise InvalidInput("name", "姓名太长。请填40字以内。")
    return name
