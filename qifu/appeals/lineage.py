"""What units were called on a day: a step after a merger is its successor's (继任单位)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qifu.organisations.models import Unit


def units_on(units: Mapping[int, Unit], day: date) -> Mapping[int, Unit]:
    """Return the units by their keys, each as what it was, or had become, by the day.

    What happened before a merger keeps the old name, what happens after it has the new.
    """
    named = dict(units)
    heirs = [unit for unit in units.values() if unit.absorbed and unit.is_in_force(day)]
    for heir in sorted(heirs, key=lambda unit: unit.valid_from):
        for pk in heir.absorbed:
            if pk in units and not units[pk].is_in_force(day):
                named[pk] = heir
    return named
