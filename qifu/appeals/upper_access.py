"""Who takes a case further up, and who posts an answer back to where the case came from."""

from __future__ import annotations

from qifu.appeals.access import is_clerk, works_for
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Appeal, Assignment
from qifu.appeals.rules import Role
from qifu.organisations.models import User


def can_ask(user: User, appeal: Appeal, part: Assignment) -> bool:
    """Ask the office to take it further up: the LEAD, while it handles."""
    leads = part.role == Role.LEAD and part.state == Work.HANDLING
    return leads and appeal.state == State.HANDLING and works_for(user, part)


def can_escalate(user: User, appeal: Appeal) -> bool:
    """Take a case further up: only the office, asked or not (amendment 1)."""
    return appeal.state in (State.TO_DISPATCH, State.HANDLING) and is_clerk(user)


def posts_back(user: User) -> bool:
    """Post answers back to the platform above: the office, which has the account there."""
    return is_clerk(user)


def can_enter_upper(user: User, appeal: Appeal) -> bool:
    """Enter what the upper organ says: its number, its day, its reply."""
    return appeal.state == State.ESCALATED and is_clerk(user)
