"""What happened to an account, in sentences: for the security administrator and the auditor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from qifu.journal.timeline import Entry, timeline
from qifu.organisations.models import User

SENTENCES = {
    "account.created": "建立账号",
    "account.password_changed": "本人改密码",
    "account.password_reset": "重置密码",
    "account.locked": "锁定",
    "account.unlocked": "解锁",
    "account.deactivated": "停用",
    "account.reactivated": "启用",
}
OUTCOMES = {
    "opened": "登录",
    "wrong": "输错密码",
    "wrong_and_locked": "连续输错密码，锁定30分钟",
    "locked": "锁定期间尝试登录",
    "closed": "停用期间尝试登录",
}


@dataclass(frozen=True)
class AccountEntry:
    """One line: when, what, by whom."""

    at: datetime
    title: str
    actor: str


def account_history(user: User, *, latest: int = 50) -> list[AccountEntry]:
    """Return what happened to the account, the newest first."""
    entries = timeline(user)[-latest:]
    actors = {entry.actor for entry in entries if entry.actor}
    people = User.objects.in_county(user.county).filter(pk__in=actors)
    names = {person.pk: person.name for person in people}
    return [_line(entry, names) for entry in reversed(entries)]


def _line(entry: Entry, names: Mapping[int, str]) -> AccountEntry:
    outcome = str(entry.data.get("outcome", ""))
    if outcome:
        # Whoever types a wrong password is not known to be the person.
        return AccountEntry(entry.at, OUTCOMES[outcome], "本人" if outcome == "opened" else "不明")
    actor = names.get(entry.actor, "") if entry.actor else "系统"
    return AccountEntry(entry.at, SENTENCES.get(entry.kind, entry.kind), actor)
