"""The fictional enterprises, who looks after some of them, and who speaks for two."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from qifu.demo.history import more_firms
from qifu.enterprises import uscc
from qifu.enterprises.actions.registering import Particulars
from qifu.enterprises.models import Enterprise, Tie, TieKind
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.organisations.models import Unit, User

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of one of the demo's data files."""
    return list(tomllib.loads((HERE / f"{name}.toml").read_text())["rows"])


def make_firms(county: str, officer: User, at: datetime, *, more: int = 0) -> dict[str, Enterprise]:
    """Register the enterprises and pair a few with their officer; return them by name.

    `more` is how many invented ones come besides those written out.
    """
    there = list(Enterprise.objects.in_county(county).select_related("township"))
    if there:
        return {firm.short_name: firm for firm in there}
    units = {unit.code: unit for unit in Unit.objects.in_county(county)}
    wanted = rows("enterprises")
    wanted += more_firms(more, sorted({row["township"] for row in wanted}))
    with deed("demo.enterprises", county=county, by=None, at=at) as work:
        firms = work.add_all(
            [
                Enterprise(registered_at=at, **_particulars(row, place, units).columns())
                for place, row in enumerate(wanted)
            ]
        )
        work.add_all(
            [
                Tie(
                    enterprise=firm,
                    user=officer,
                    kind=TieKind.PAIRING,
                    valid_from=local_date(at),
                )
                for firm in firms
                if firm.short_name in {"立夏茶业", "清泉饮品"}
            ]
        )
    return {firm.short_name: firm for firm in firms}


def _particulars(row: dict[str, Any], place: int, units: dict[str, Unit]) -> Particulars:
    return Particulars(
        name=row["name"],
        short_name=row["short"],
        township=units[row["township"]],
        uscc=uscc.complete(f"91341524MA2Q{place:05d}"),
        industry=row["industry"],
        size=row["size"],
        contact_name=row["contact"],
        contact_phone=row.get("phone", f"1390001{place:04d}"),
    )
