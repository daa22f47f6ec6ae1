"""What presses on a row of a list: 已催办, and for whose late part a late LEAD waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from qifu.appeals import lateness
from qifu.appeals.models import Appeal, Assignment
from qifu.kernel.readings import Lamp
from qifu.web.desk.appeals.rows import Row

URGED = "已催办"


def pressed_cases(rows: Sequence[Row], cases: Sequence[Appeal], at: datetime) -> list[Row]:
    """Mark the cases' rows; each row stands where its case does."""
    urged = lateness.urged_cases(cases)
    late = [case for row, case in zip(rows, cases, strict=True) if row.reading.lamp == Lamp.OVERDUE]
    held = lateness.held_up(late, at)
    return [
        _pressed(row, urged=case.pk in urged, waits_for=held.get(case.pk, ()))
        for row, case in zip(rows, cases, strict=True)
    ]


def pressed_parts(rows: Sequence[Row], parts: Sequence[Assignment]) -> list[Row]:
    """Mark the rows of units' parts."""
    urged = lateness.urged_parts(parts)
    return [_pressed(row, urged=part.pk in urged) for row, part in zip(rows, parts, strict=True)]


def _pressed(row: Row, *, urged: bool, waits_for: Sequence[str] = ()) -> Row:
    marks = (URGED, *row.marks[:1]) if urged else row.marks
    sub = (*row.sub, f"等{'、'.join(waits_for)}") if waits_for else row.sub
    return replace(row, marks=marks, sub=sub)
