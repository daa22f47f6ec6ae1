"""The ledger of promises (承诺台账): which are due, which were kept, and the ratio of the two.

兑现率 = kept by their day ÷ those of which one knows: kept or broken. What is not due yet
is unknown, and unknown is not nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from qifu.appeals import clocks
from qifu.appeals.models import COUNTED, PromiseQuerySet, PromiseState
from qifu.kernel.clock import local_date

# The stretches of the ledger, and what each is called.
SOON, OPEN, BROKEN, KEPT, DUE = "soon", "open", "broken", "kept", "due"
STRETCHES = (
    (SOON, "将到期"),
    (OPEN, "待兑现"),
    (BROKEN, "未兑现"),
    (KEPT, "已兑现"),
    (DUE, "已有结果"),
)


@dataclass(frozen=True)
class Reach:
    """The days by which the ledger tells what is due soon."""

    today: date
    soon: date

    def of(self, stretch: str) -> Q:
        """Return what a stretch gathers; anything else is the whole ledger."""
        found: Mapping[str, Q] = {
            SOON: Q(state=PromiseState.OPEN, due_on__lte=self.soon),
            OPEN: Q(state=PromiseState.OPEN),
            BROKEN: Q(state=PromiseState.BROKEN),
            KEPT: Q(state=PromiseState.KEPT),
            DUE: Q(state__in=COUNTED),
        }
        return found.get(stretch, Q())


@dataclass(frozen=True)
class Ratio:
    """兑现率: what it is made of, and a per cent only where there is something to divide by."""

    kept: int
    due: int

    @property
    def percent(self) -> str:
        """Write `50%`, or nothing while nothing is known."""
        return f"{self.kept * 100 / self.due:.0f}%" if self.due else ""


@dataclass(frozen=True)
class Sums:
    """How many promises there are in each stretch."""

    by_stretch: Mapping[str, int]
    all: int

    @property
    def ratio(self) -> Ratio:
        return Ratio(self.by_stretch[KEPT], self.by_stretch[DUE])


def reach(county: str, at: datetime) -> Reach:
    """Return the days that count at this moment in the county."""
    timing = clocks.timing(county, at)
    today = local_date(at)
    return Reach(today, timing.calendar.add(today, timing.limits.tracking["soon"]))


def sums(rows: PromiseQuerySet, within: Reach) -> Sums:
    """Count the stretches of a ledger in one query."""
    counts: Any = {code: Count("pk", filter=within.of(code)) for code, _ in STRETCHES}
    found = rows.order_by().aggregate(all=Count("pk"), **counts)
    return Sums({code: found[code] for code, _ in STRETCHES}, found["all"])
