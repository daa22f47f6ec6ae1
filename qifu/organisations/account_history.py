"""What happened to an account, in sentences: for the security administrator and the auditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qifu.journal.timeline import timeline
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
    return [
        AccountEntry(
            entry.at,
            SENTENCES.get(entry.kind) or OUTCOMES.get(str(entry.data.get("outcome")), entry.kind),
            names.get(entry.actor or 0, "") if entry.actor else "",
        )
        for entry in reversed(entries)
    ]
