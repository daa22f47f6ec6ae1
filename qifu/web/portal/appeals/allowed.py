"""What an enterprise may say of its case now, beside rating it."""

from __future__ import annotations

from typing import Any

from qifu.appeals import access, clocks
from qifu.appeals.lifecycle import WITH_UNITS, State
from qifu.appeals.models import Again, Appeal, Extension, Supplement, SupplementState
from qifu.appeals.rules import Role
from qifu.kernel.clock import now
from qifu.organisations.models import User


def may_ask(person: User, appeal: Appeal) -> dict[str, Any]:
    """Return what the person may say now, for the page to offer it."""
    return {
        "supplement": open_supplement(appeal),
        "can_confide": access.is_confidant(person, appeal),
        "can_urge": access.can_urge(person, appeal),
        "can_withdraw": access.can_withdraw(person, appeal),
        "can_reopen": may_reopen(person, appeal),
        "extension": extension_granted(appeal),
    }


def open_supplement(appeal: Appeal) -> Supplement | None:
    """Return what the enterprise is asked for now."""
    if appeal.state != State.SUPPLEMENT:
        return None
    rows = appeal.supplements.filter(state=SupplementState.OPEN)
    row = rows.select_related("words", "assignment__unit").first()
    if row is not None:
        row.appeal = appeal
        if row.assignment is not None:
            row.assignment.appeal = appeal
    return row


def extension_granted(appeal: Appeal) -> Extension | None:
    """Return the LEAD's longer time with which the enterprise may still disagree."""
    if appeal.state not in (*WITH_UNITS, State.SUPPLEMENT):
        return None
    rows = appeal.extensions.filter(
        granted__gt=0, objected_at=None, assignment__role=Role.LEAD, cycle=appeal.cycle
    )
    row = rows.select_related("ruling").order_by("pk").last()
    if row is not None:
        row.appeal = appeal
    return row


def may_reopen(person: User, appeal: Appeal) -> bool:
    """Tell whether the person can ask once more, in time and for the first time."""
    at = now()
    limits = clocks.timing(appeal.county, at).limits
    if not access.can_reopen(person, appeal, limits, at):
        return False
    return not appeal.second_handlings.filter(cause=Again.REOPENED).exists()
