"""Ending the parts of units whose case has ended or goes another way."""

from __future__ import annotations

from collections.abc import Sequence

from qifu.appeals import clocks
from qifu.appeals.lifecycle import work_step
from qifu.appeals.models import Appeal, Assignment, Clock
from qifu.journal.deed import Deed


def call_off(work: Deed, appeal: Appeal) -> list[Assignment]:
    """End every part that a unit still has to move, before the case itself is moved."""
    open_ = work_step("call_off").sources
    parts = list(appeal.assignments.filter(state__in=open_).order_by("pk"))
    for part in parts:
        part.advance(work, "call_off", due_on=None)
    return parts


def stop_clocks_of(work: Deed, parts: Sequence[Assignment]) -> None:
    """Stop the clocks of parts that were called off, after the case was moved.

    An ASSIST that has not answered by then is late up to here and not a day longer.
    """
    if parts:
        running = Clock.objects.in_county(work.county).filter(assignment__in=parts)
        clocks.stop_all(work, list(running.filter(stopped_at=None).order_by("pk")))
