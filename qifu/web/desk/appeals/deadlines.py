"""时限怎么算的: each clock of a case in three sentences, and day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from qifu.appeals import clocks, readings
from qifu.appeals.models import Clock
from qifu.appeals.rules import ClockKind
from qifu.kernel.clock import now
from qifu.kernel.explanations import Day, Explanation, day_by_day, explain
from qifu.kernel.readings import Lamp, Reading
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import step_case
from qifu.web.ui.answers import page
from qifu.web.ui.dates import desk_date
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/deadline.html"


@dataclass(frozen=True)
class Count:
    """One clock: whose, how it stands, why, and every day of it."""

    title: str
    reading: Reading
    why: Explanation
    days: Sequence[tuple[str, Day]]
    versions: str
    is_open: bool


@staff_only
def deadline(request: StaffRequest, number: str) -> HttpResponse:
    """Explain every clock of a case, those that run first (时限怎么算的)."""
    case, at = step_case(request, number), now()
    rows = case.clocks.select_related("unit", "assignment").order_by("pk")
    counts = [_count(clock) for clock in rows]
    counts.sort(key=lambda count: not count.is_open)
    context = {
        "title": f"时限怎么算的 {number}",
        "case": case,
        "counts": counts,
        "whole": readings.case_reading(case, rows, at),
        "back_url": case_url(number),
    }
    return page(request, TEMPLATE, context)


def _count(clock: Clock) -> Count:
    at = now()
    found = clocks.deadline(clock)
    reading = readings.read_clock(clock, at)
    nobody = "" if clock.kind == ClockKind.UPPER else "县办"
    unit = clock.unit.short_name if clock.unit else nobody
    role = f"（{clock.assignment.get_role_display()}）" if clock.assignment else ""
    return Count(
        f"{unit}{role}{clock.get_kind_display()}",
        reading,
        explain(found, at),
        [(desk_date(day.on), day) for day in day_by_day(found, at)],
        f"时限规则第{clock.rule_version}版，工作日历第{clock.calendar_version}版",
        reading.lamp not in (Lamp.DONE, Lamp.NONE),
    )
