"""A code to a person's own phone before a step that asks for more than a link (办理验证码).

It is of one person and one step: neither a sign-in code nor that of another step opens it.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from qifu.journal.deed import deed
from qifu.kernel.errors import InvalidInput
from qifu.notices.addresses import Address
from qifu.notices.outbox import Draft, send_now
from qifu.organisations.actions.phone_codes import (
    VALID,
    WRONG_CODE,
    code_digest,
    newest,
    one_at_a_time,
    opens,
    refuse_flood,
)
from qifu.organisations.digests import digest
from qifu.organisations.models import PhoneCode, User
from qifu.organisations.phones import normalise_mobile


def request_step_code(user: User, purpose: str, *, what: str, at: datetime, ip: str) -> PhoneCode:
    """Send a six-digit code to the person's own phone, for this purpose only.

    `what` says in the message what the code is for.

    Raises:
        InvalidInput: no number is registered that can receive one.
        JustSent: the last one is less than a minute old.
        TooMany: five times a day for a purpose, thirty times an hour from one address.
    """
    if not user.phone:
        raise InvalidInput("code", "您的账号没有登记手机号，收不到验证码。请登录办理。")
    number = normalise_mobile(user.phone)
    who, source = _who(user, purpose), digest("source", ip)
    code = f"{secrets.randbelow(1_000_000):06}"
    with deed("step_code.sent", county=user.county, by=None, at=at) as work:
        one_at_a_time(who)
        refuse_flood(user.county, who, source, at)
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
        work.note(person=user.pk)
        body = f"验证码{code}，只用于{what}，5分钟内有效。不是本人操作请忽略，不要告诉他人。"
        send_now(
            work,
            Draft(
                kind="STEP_CODE",
                to=Address.of_phone(number, person=user.pk),
                body=body,
                why="您用链接办理时获取了验证码",
                dedup=f"step-code-{row.pk}",
                about=row,
            ),
        )
    return row


def confirm_step_code(user: User, purpose: str, *, code: str, at: datetime) -> None:
    """Use up the code that the person's phone received for this purpose.

    Raises:
        InvalidInput: wrong, used or expired; after five wrong ones the code is dead.
    """
    who = _who(user, purpose)
    with deed("step_code.confirmed", county=user.county, by=None, at=at) as work:
        row = newest(user.county, who).select_for_update(no_key=True).first()
        opened = row is not None and opens(work, row, who, code)
        if row is not None:
            work.about(row)
        work.note(opened=opened, person=user.pk)
    if not opened:
        raise InvalidInput("code", WRONG_CODE)


def _who(user: User, purpose: str) -> str:
    # The number is in it: a code dies when the person's phone is another.
    return digest("step", user.county, str(user.pk), user.phone, purpose)
