"""The county's place names, from its units, their lineage and its table of old names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qifu.enterprises.addresses import Gazetteer, plain, with_ranks
from qifu.organisations.furniture import county_of
from qifu.organisations.models import Unit


def gazetteer_of(county: str, on: date) -> Gazetteer:
    """Return the names by which addresses call the places of the day."""
    row = county_of(county)
    said = row.addresses
    units = {unit.pk: unit for unit in Unit.objects.in_county(county).places()}
    names = list(_names(units, on))
    today = {code for _, code in names}
    old = ((name, code) for name, code in said.get("old_names", {}).items() if code in today)
    return Gazetteer(
        county=row.name,
        short=row.short_name,
        within=tuple(said.get("within", ())),
        names=with_ranks([*names, *old]),
        shared=frozenset(plain(name) for name in said.get("shared", ())),
    )


def _names(units: dict[int, Unit], on: date) -> Iterator[tuple[str, str]]:
    for unit in units.values():
        heir: Unit | None = unit
        while heir is not None and not heir.is_in_force(on):
            heir = units.get(heir.successor_id or 0)
        if heir is not None:
            yield unit.short_name, heir.code
