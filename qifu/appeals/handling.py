"""How many working days a unit has for its part, also where the level above has set a day."""

from __future__ import annotations

from datetime import date

from qifu.appeals.clocks import Timing
from qifu.appeals.models import Appeal, UpperOrder
from qifu.appeals.rules import Channel, ClockKind, Role


def upper_day(appeal: Appeal) -> date | None:
    """Return the day by which the level above wants its answer; None where it asked nothing."""
    if appeal.channel != Channel.UPPER:
        return None
    orders = UpperOrder.objects.in_county(appeal.county).filter(appeal=appeal)
    return orders.values_list("due_on", flat=True).first()


def handling_days(
    timing: Timing, nature: str, on: date, *, upper: date | None = None, role: str = Role.LEAD
) -> int:
    """Return the working days from that day on (domain b3).

    A case from above is answered some days before the upper deadline (上级转办), which only
    ever shortens the limit of its kind; one day is left at least.
    """
    days = timing.limits.days(ClockKind.HANDLE, nature=nature, role=role)
    if upper is None:
        return days
    left = timing.calendar.between(on, upper) - timing.limits.days_before_upper
    return max(1, min(days, left))
