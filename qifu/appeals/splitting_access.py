"""Who may take a second problem out of a case (拆分), and out of which."""

from __future__ import annotations

from qifu.appeals.access import is_clerk
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal
from qifu.organisations.models import User


def is_splittable(appeal: Appeal) -> bool:
    """Tell whether a problem can be taken out of it: not handed out yet, and never answered."""
    waits = appeal.state in (State.SUBMITTED, State.TO_DISPATCH)
    return waits and appeal.cycle == 1 and appeal.published_at is None


def can_split(user: User, appeal: Appeal) -> bool:
    """Make a second case of one problem of two (拆分); what was split off stays whole."""
    return is_splittable(appeal) and appeal.split_from_id is None and is_clerk(user)
