"""What a round of the day says to each desk (U2, U8, O1): counts first, then the most urgent.

A digest instead of a drizzle: at most so many lines, the overdue first, and the name of
somebody of the office who can be rung.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Assignment
from qifu.appeals.queues import OFFICE_TURNS, StateCount, Tally
from qifu.kernel.calendars import Calendar


@dataclass(frozen=True)
class Line:
    """One part on a digest: its number and why it is on it."""

    number: str
    role: str
    due_on: date
    late_days: int
    unsigned: bool

    def said(self, today: date) -> str:
        """Return the line as it is read."""
        what = "待签收，" if self.unsigned else ""
        if self.due_on < today:
            late = f"逾期{self.late_days}个工作日" if self.late_days else "已逾期"
            return f"{self.number}{self.role}，{what}{late}"
        if self.due_on == today:
            return f"{self.number}{self.role}，{what}今天到期"
        return f"{self.number}{self.role}，{what}{self.due_on.month}月{self.due_on.day}日到期"


@dataclass(frozen=True)
class Sheet:
    """A unit's digest: how many of each, and its lines, the most urgent first."""

    overdue: int
    due_today: int
    unsigned: int
    lines: Sequence[Line]

    def body(self, today: date, most: int, signed: str) -> str:
        """Write the digest; what does not fit is counted."""
        counts = [
            f"{word}{count}"
            for word, count in (
                ("逾期", self.overdue),
                ("今日到期", self.due_today),
                ("待签收", self.unsigned),
            )
            if count
        ]
        head = "、".join(counts) or f"临近到期{len(self.lines)}"
        shown = [line.said(today) for line in self.lines[:most]]
        rest = len(self.lines) - len(shown)
        more = [f"其余{rest}件请登录看"] if rest else []
        return "\n".join([f"{head}件。最急的：", *shown, *more, signed])


def sheets(parts: Iterable[Assignment], today: date, calendar: Calendar) -> dict[int, Sheet]:
    """Return each unit's digest, by the unit's key; a unit with nothing urgent has none."""
    soon = calendar.add(today, 1)
    found: dict[int, list[Line]] = {}
    for part in parts:
        unsigned = part.state == Work.DISPATCHED
        if part.due_on is None or (part.due_on > soon and not unsigned):
            continue
        late = max(0, calendar.between(part.due_on, today))
        line = Line(part.appeal.number, part.get_role_display(), part.due_on, late, unsigned)
        found.setdefault(part.unit_id, []).append(line)
    return {unit: _sheet(lines, today) for unit, lines in found.items()}


def _sheet(lines: list[Line], today: date) -> Sheet:
    lines.sort(key=lambda line: (line.due_on, line.number))
    return Sheet(
        overdue=sum(line.due_on < today for line in lines),
        due_today=sum(line.due_on == today for line in lines),
        unsigned=sum(line.unsigned and line.due_on >= today for line in lines),
        lines=lines,
    )


def approvals(parts: Iterable[Assignment]) -> dict[int, str]:
    """Return what each unit's leader is told of what waits for his signature, by unit (U8)."""
    found: dict[int, list[date | None]] = {}
    for part in parts:
        if part.state == Work.APPROVAL:
            found.setdefault(part.unit_id, []).append(part.due_on)
    return {unit: _waiting(days) for unit, days in found.items()}


def _waiting(days: list[date | None]) -> str:
    first = min((day for day in days if day), default=None)
    earliest = f"（最早{first.month}月{first.day}日到期）" if first else ""
    return f"{len(days)}件答复待您审签{earliest}。"


def of_office(counted: Tally, failed: int) -> str:
    """Return what the office is told of its own desk (O1), or nothing where there is nothing."""
    parts = [
        _count(state, counted.by_state[state])
        for state in State
        if state in OFFICE_TURNS and state in counted.by_state
    ]
    if failed:
        parts.append(f"通知发送失败{failed}")
    return "、".join(parts)


def _count(state: State, count: StateCount) -> str:
    late = f"（逾期{count.overdue}）" if count.overdue else ""
    return f"{state.label}{count.all}{late}"
