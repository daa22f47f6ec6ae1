"""How a row says from when to when it holds.

`valid_to` is the first day on which it no longer holds, so that one unit, or one
person's post, can end on the very day on which the next begins.
"""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db.models import CheckConstraint, F, Func, Q


def in_force_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a row holds on the day."""
    begun = Q(**{f"{prefix}valid_from__lte": day})
    open_ended = Q(**{f"{prefix}valid_to__isnull": True})
    return begun & (open_ended | Q(**{f"{prefix}valid_to__gt": day}))


def validity() -> Func:
    """Return the row's days as one range, for an exclusion constraint."""
    return Func(F("valid_from"), F("valid_to"), function="daterange", output_field=DateRangeField())


def not_backwards(name: str) -> CheckConstraint:
    """Refuse a row that ends before it begins. Ending at once is allowed: it never held."""
    return CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name
    )
