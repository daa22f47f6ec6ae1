"""Ending the parts of units whose case has ended or goes another way."""

from __future__ import annotations

from qifu.appeals.lifecycle import work_step
from qifu.appeals.models import Appeal, Assignment
from qifu.journal.deed import Deed


def call_off(work: Deed, appeal: Appeal) -> list[Assignment]:
    """End every part that a unit still has to move, before the case itself is moved."""
    open_ = work_step("call_off").sources
    ended = list(appeal.assignments.filter(state__in=open_).order_by("pk"))
    for part in ended:
        part.advance(work, "call_off", due_on=None)
    return ended
