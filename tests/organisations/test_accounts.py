"""Making and closing accounts, and their passwords."""

import re

import pytest
from django.core.management import CommandError, call_command

from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.organisations import passwords
from qifu.organisations.actions.accounts import (
    change_password,
    create_user,
    deactivate,
    lock,
    reactivate,
    reset_password,
    unlock,
)
from qifu.organisations.actions.signing_in import NotSignedIn, sign_in
from qifu.organisations.backends import CountyBackend
from qifu.organisations.models import User
from tests.cast import COUNTY, NOW, PASSWORD, Cast

FRESH = "chun-jiang-shui-nuan-6"


def _create(cast: Cast, login: str = "gao", key: str = "", password: str = FRESH) -> User:
    return create_user(
        COUNTY, login=login, name="高干事", password=password, by=cast.sys, at=NOW, key=key
    )


def test_a_new_account_must_change_its_password_and_may_do_nothing(cast: Cast) -> None:
    user = _create(cast)

    assert user.must_change_password
    assert not user.reach.roles
    assert sign_in(COUNTY, login="gao", password=FRESH, at=NOW, ip="10.0.0.1") == user


@pytest.mark.parametrize("who", ["wang", "sec", "auditor", "zhu", "boss"])
def test_only_the_system_administrator_makes_accounts(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed, match="系统管理员"):
        create_user(COUNTY, login="gao", name="高", password=FRESH, by=getattr(cast, who), at=NOW)


def test_the_other_countys_administrator_makes_none_here(cast: Cast, other_cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        create_user(COUNTY, login="gao", name="高", password=FRESH, by=other_cast.sys, at=NOW)


def test_a_login_is_taken_once_in_a_county_and_free_in_another(
    cast: Cast, other_cast: Cast
) -> None:
    _create(cast)
    with pytest.raises(InvalidInput, match="账号“gao”已有人使用"):
        _create(cast, login="GAO")

    there = create_user(
        other_cast.county, login="gao", name="高", password=FRESH, by=other_cast.sys, at=NOW
    )

    assert there.county == other_cast.county


def test_the_same_form_twice_makes_one_account(cast: Cast) -> None:
    user = _create(cast, key="form-1")

    with pytest.raises(AlreadyDone) as again:
        _create(cast, key="form-1")

    assert again.value.subject_id == user.pk


@pytest.mark.parametrize("login", ["", "x", "1abc", "高干事", "a b", "a" * 41, "<b>", "a'--"])
def test_an_odd_login_is_refused_with_the_rule(cast: Cast, login: str) -> None:
    with pytest.raises(InvalidInput, match="账号要以字母开头"):
        _create(cast, login=login)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short-1", "密码太短。请设至少10位"),
        ("73920485617", "全是数字"),
        ("qwertyuiop", "常见密码"),
        ("gaoganshi2026", "相近"),
        ("x" * 100_000, "太长"),
    ],
)
def test_a_password_that_can_be_guessed_is_refused(
    cast: Cast, password: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        _create(cast, login="gaoganshi", password=password)


def test_a_suggested_password_satisfies_the_rules() -> None:
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", passwords.suggest())
    passwords.check(passwords.suggest(), User(login="gao", name="高干事"))


def test_somebody_changes_the_own_password(cast: Cast) -> None:
    change_password(cast.zhou, old=PASSWORD, new=FRESH, by=cast.zhou, at=NOW)

    assert sign_in(COUNTY, login="zhou", password=FRESH, at=NOW, ip="10.0.0.1") == cast.zhou
    with pytest.raises(NotSignedIn):
        sign_in(COUNTY, login="zhou", password=PASSWORD, at=NOW, ip="10.0.0.1")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("wrong", FRESH, "原密码不对"),
        (PASSWORD, PASSWORD, "一样"),
        (PASSWORD, "short", "太短"),
    ],
)
def test_a_change_of_password_says_what_is_wrong(
    cast: Cast, old: str, new: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        change_password(cast.zhou, old=old, new=new, by=cast.zhou, at=NOW)


def test_nobody_changes_anothers_password(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        change_password(cast.zhou, old=PASSWORD, new=FRESH, by=cast.sys, at=NOW)


def test_changing_the_password_in_two_windows_is_done_once(cast: Cast) -> None:
    stale = User.objects.in_county(COUNTY).get(pk=cast.zhou.pk)
    change_password(cast.zhou, old=PASSWORD, new=FRESH, by=cast.zhou, at=NOW)

    with pytest.raises(StaleState):
        change_password(stale, old=PASSWORD, new="yi-lan-zhong-shan-9", by=stale, at=NOW)


@pytest.mark.parametrize(
    ("by", "whose", "allowed"),
    [
        ("sys", "zhou", True),
        ("sys", "auditor", False),
        ("sys", "sec", False),
        ("sys", "sys", False),
        ("sec", "sys", True),
        ("sec", "auditor", True),
        ("sec", "zhou", False),
        ("sec", "sec", False),
        ("auditor", "zhou", False),
        ("wang", "zhou", False),
    ],
)
def test_who_resets_whose_password(cast: Cast, by: str, whose: str, allowed: bool) -> None:
    user = getattr(cast, whose)
    if not allowed:
        with pytest.raises(NotAllowed):
            reset_password(user, password=FRESH, by=getattr(cast, by), at=NOW)
        return

    reset_password(user, password=FRESH, by=getattr(cast, by), at=NOW)

    assert user.must_change_password
    assert sign_in(COUNTY, login=whose, password=FRESH, at=NOW, ip="10.0.0.1") == user


def test_a_person_of_an_enterprise_has_no_password_to_reset(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="手机验证码"):
        reset_password(cast.boss, password=FRESH, by=cast.sys, at=NOW)


def test_a_closed_account_is_signed_out_at_once(cast: Cast) -> None:
    assert CountyBackend().get_user(cast.zhou.pk) == cast.zhou

    deactivate(cast.relieved(cast.zhou), by=cast.sys, at=NOW)

    assert CountyBackend().get_user(cast.zhou.pk) is None
    reactivate(cast.zhou, by=cast.sys, at=NOW)
    assert CountyBackend().get_user(cast.zhou.pk) == cast.zhou


def test_nobody_closes_the_own_account_and_none_twice(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        deactivate(cast.sys, by=cast.sys, at=NOW)
    with pytest.raises(NotAllowed):
        deactivate(cast.zhou, by=cast.sec, at=NOW)
    deactivate(cast.relieved(cast.zhou), by=cast.sys, at=NOW)

    with pytest.raises(StaleState):
        deactivate(cast.relieved(cast.zhou), by=cast.sys, at=NOW)


def test_a_lock_by_the_security_administrator_holds_until_lifted(cast: Cast) -> None:
    lock(cast.zhou, by=cast.sec, at=NOW)

    with pytest.raises(NotSignedIn):
        sign_in(COUNTY, login="zhou", password=PASSWORD, at=NOW.replace(year=2027), ip="10.0.0.1")
    unlock(cast.zhou, by=cast.sec, at=NOW)
    assert sign_in(COUNTY, login="zhou", password=PASSWORD, at=NOW, ip="10.0.0.1") == cast.zhou


@pytest.mark.parametrize("who", ["sys", "auditor", "wang"])
def test_only_the_security_administrator_locks_and_unlocks(cast: Cast, who: str) -> None:
    for verb in (lock, unlock):
        with pytest.raises(NotAllowed):
            verb(cast.zhou, by=getattr(cast, who), at=NOW)
    with pytest.raises(NotAllowed):
        unlock(cast.sec, by=cast.sec, at=NOW)


def test_the_command_line_makes_the_first_administrators(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("create_administrator", "SEC_ADMIN", "anquan", "安全员")

    user = User.objects.in_county(COUNTY).get(login="anquan")
    assert user.reach.has("SEC_ADMIN")
    found = re.search(r"初始密码 (\S+)，", capsys.readouterr().out)
    assert found
    assert sign_in(COUNTY, login="anquan", password=found[1], at=NOW, ip="10.0.0.1") == user


def test_the_command_line_resets_the_security_administrators_password(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("reset_password", "sec")

    found = re.search(r"初始密码 (\S+)，", capsys.readouterr().out)
    assert found
    assert sign_in(COUNTY, login="sec", password=found[1], at=NOW, ip="10.0.0.1") == cast.sec
    with pytest.raises(CommandError, match="没有这个账号"):
        call_command("reset_password", "nobody")
