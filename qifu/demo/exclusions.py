"""One rating that a unit wants left out of the figures, for the director to have ruled on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from qifu.appeals.actions.excluding import ask_exclusion
from qifu.appeals.exclusion_access import is_uncovered
from qifu.appeals.lifecycle import State
from qifu.appeals.models import ExcludeReason, Exclusion, Rating
from qifu.organisations.models import User

PROOF = "企业的经办人在电话里说按错了一行，本来要点“满意”，有通话录音。"


def make_exclusion(county: str, leaders: Mapping[int, User], *, now: datetime) -> None:
    """Ask once, for the oldest rating that a unit may see by now."""
    if Exclusion.objects.in_county(county).exists():
        return
    rows = Rating.objects.in_county(county).filter(appeal__state=State.CLOSED)
    for row in rows.select_related("unit", "appeal__contact").order_by("grade", "pk"):
        leader = leaders.get(row.unit_id or 0)
        if leader is not None and is_uncovered(leader, row, now):
            ask_exclusion(row, ExcludeReason.MISTAKE, PROOF, by=leader, at=now)
            return
