"""Who speaks for the enterprise in a step: an account, or the phone that had the link."""

from __future__ import annotations

from qifu.appeals import access
from qifu.appeals.models import Appeal
from qifu.kernel.errors import NotAllowed
from qifu.organisations.models import User
from qifu.organisations.queries import is_staff_phone


def check_speaker(appeal: Appeal, by: User | None, what: str) -> None:
    """Refuse who does not speak for the case's enterprise.

    `by` is None where the contact's phone came by its one-time link, without an account.

    Raises:
        NotAllowed: he does not, or the contact's phone is one of a staff account.
    """
    if by is None:
        if is_staff_phone(appeal.county, appeal.contact.body):
            raise NotAllowed(f"这是工作人员的号码，不能{what}。请用企业的手机号登录后办理。")
    elif not access.speaks_for(by, appeal):
        raise NotAllowed(f"只有反映问题的企业可以{what}。")
