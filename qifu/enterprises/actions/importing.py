"""Bringing a list of enterprises into the register (导入企业名录).

In deeds of some hundred lines: what is written stays written, and the same file again
goes on where it stopped, because whatever the register already says is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Q

from qifu.enterprises import access
from qifu.enterprises.columns import Table
from qifu.enterprises.gazetteers import gazetteer_of
from qifu.enterprises.imported import Entry, Fault, read_entry
from qifu.enterprises.models import Enterprise
from qifu.enterprises.models.enterprises import names, shorten
from qifu.enterprises.sheets import Line
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.organisations.models import Unit, User

BATCH = 400
# What a line says is the column's value, letter by letter.
PLAIN = ("uscc", "industry", "size", "contact_name", "contact_phone", "address", "status")


@dataclass
class Imported:
    """What became of the lines; the rejected ones with what is wrong with them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unassigned: int = 0
    rejected: list[tuple[Line, list[Fault]]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return the four counts; together they are the lines of the table."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": len(self.rejected),
        }


@dataclass
class _Plan:
    """What a batch of lines would do to the register as it is now."""

    new: list[Entry] = field(default_factory=list)
    changes: list[tuple[Enterprise, dict[str, Any]]] = field(default_factory=list)
    unchanged: int = 0
    rejected: list[tuple[Line, list[Fault]]] = field(default_factory=list)


def import_enterprises(
    table: Table,
    *,
    county: str,
    by: User | None,
    at: datetime,
    progress: Callable[[int], None] = lambda lines: None,
) -> Imported:
    """Register what is new, correct what differs, and name what is wrong, cell by cell.

    A blank cell says nothing, so it changes nothing. A line with any fault is left out
    whole; the other lines are taken.
    """
    if not access.can_tie(by, county):
        raise NotAllowed("只有县办可以导入企业名录。")
    return _Importing(table, county, by, at).run(progress)


class _Importing:
    def __init__(self, table: Table, county: str, by: User | None, at: datetime) -> None:
        self.table, self.county, self.by, self.at = table, county, by, at
        on = local_date(at)
        self.places = gazetteer_of(county, on)
        units = Unit.objects.in_county(county).in_force(on).places()
        self.units = {unit.code: unit.pk for unit in units}
        self.done = Imported()

    def run(self, progress: Callable[[int], None]) -> Imported:
        entries = self.sound()
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            plan = self.plan(batch, self.there(batch))
            if plan.new or plan.changes:
                plan = self.settle(batch)
            self.count(plan)
            progress(start + len(batch))
        self.done.rejected.sort(key=lambda pair: pair[0].number)
        return self.done

    def sound(self) -> list[Entry]:
        """Return the lines without a fault of their own, each enterprise once."""
        codes: dict[str, int] = {}
        named: dict[str, int] = {}
        nameless_code: dict[str, int] = {}
        sound = []
        for line in self.table.lines:
            entry = read_entry(line, self.table, self.places)
            if not entry.faults:
                self.refuse_twice(entry, codes, nameless_code if entry.code else named)
            if entry.faults:
                self.done.rejected.append((line, entry.faults))
                continue
            sound.append(entry)
            named.setdefault(entry.name, line.number)
            if entry.code:
                codes[entry.code] = line.number
            else:
                nameless_code[entry.name] = line.number
        return sound

    def refuse_twice(
        self, entry: Entry, codes: Mapping[str, int], names: Mapping[str, int]
    ) -> None:
        if first := codes.get(entry.code) if entry.code else None:
            self.blame(entry, "uscc", f"和第{first}行是同一个代码，只取了第{first}行。请核对。")
        elif first := names.get(entry.name):
            self.blame(
                entry, "name", f"和第{first}行同名而有一行没有代码，分不清是不是一家。请补上代码。"
            )

    def blame(self, entry: Entry, particular: str, sentence: str) -> None:
        column = self.table.columns.get(particular, self.table.columns["name"])
        entry.faults.append(Fault(entry.line.name_of(column), sentence))

    def there(self, batch: Sequence[Entry], *, lock: bool = False) -> list[Enterprise]:
        codes = [entry.code for entry in batch if entry.code]
        called = [entry.name for entry in batch]
        rows = Enterprise.objects.in_county(self.county).filter(
            Q(uscc__in=codes) | Q(name__in=called)
        )
        return list((rows.select_for_update() if lock else rows).order_by("pk"))

    def plan(self, batch: Sequence[Entry], there: Sequence[Enterprise]) -> _Plan:
        plan = _Plan()
        by_code = {row.uscc: row for row in there if row.uscc}
        by_name: dict[str, list[Enterprise]] = {}
        for row in there:
            by_name.setdefault(row.name, []).append(row)
        for entry in batch:
            entry.faults = []
            known = self.match(entry, by_code, by_name.get(entry.name, []))
            if entry.faults:
                plan.rejected.append((entry.line, entry.faults))
            elif known is None:
                plan.new.append(entry)
            elif changed := self.changed(known, entry):
                plan.changes.append((known, changed))
            else:
                plan.unchanged += 1
        return plan

    def match(
        self, entry: Entry, by_code: Mapping[str, Enterprise], alike: Sequence[Enterprise]
    ) -> Enterprise | None:
        """Return the enterprise that the line is about; a doubt is a fault, not a guess."""
        if entry.code:
            known = by_code.get(entry.code)
            if known is None and any(not row.uscc for row in alike):
                self.blame(
                    entry,
                    "uscc",
                    "名录里有一家同名、没有代码的企业。请先在系统里给它补上代码，再导入。",
                )
            return known
        if len(alike) > 1:
            self.blame(
                entry, "name", f"名录里有{len(alike)}家企业叫这个名字。请在表里补上代码，再导入。"
            )
        return alike[0] if len(alike) == 1 else None

    def changed(self, known: Enterprise, entry: Entry) -> dict[str, Any]:
        wanted = {name: entry.says[name] for name in PLAIN if name in entry.says}
        if known.name != entry.name:
            custom = "" if known.short_name == shorten(known.name) else known.short_name
            wanted |= names(entry.name, entry.says.get("short_name", custom))
        elif "short_name" in entry.says:
            wanted["short_name"] = entry.says["short_name"]
        place = entry.township
        # An address never moves an enterprise whose place somebody has given.
        if not place and known.township_id is None:
            place = entry.township_by_address
        return {
            name: value
            for name, value in {**wanted, **self.place(place)}.items()
            if getattr(known, name) != value
        }

    def place(self, code: str) -> dict[str, Any]:
        return {"township_id": self.units[code]} if code else {}

    def settle(self, batch: Sequence[Entry]) -> _Plan:
        """Write one batch; somebody who registers one of them meanwhile is met once more."""
        try:
            return self.write(batch)
        except IntegrityError:
            pass
        try:
            return self.write(batch)
        except IntegrityError as error:
            raise StaleState from error

    def write(self, batch: Sequence[Entry]) -> _Plan:
        with deed("enterprises.imported", county=self.county, by=self.by, at=self.at) as work:
            if not access.can_tie(self.by, self.county):
                raise NotAllowed("只有县办可以导入企业名录。")
            plan = self.plan(batch, self.there(batch, lock=True))
            work.add_all([self.row(entry) for entry in plan.new])
            _change(work, plan.changes)
            work.note(
                created=len(plan.new),
                updated=len(plan.changes),
                lines=[batch[0].line.number, batch[-1].line.number],
            )
        return plan

    def row(self, entry: Entry) -> Enterprise:
        says = {name: entry.says[name] for name in PLAIN if name in entry.says}
        place = self.place(entry.township or entry.township_by_address)
        called = names(entry.name, entry.says.get("short_name", ""))
        return Enterprise(registered_at=self.at, **says, **place, **called)

    def count(self, plan: _Plan) -> None:
        self.done.created += len(plan.new)
        self.done.updated += len(plan.changes)
        self.done.unchanged += plan.unchanged
        self.done.rejected += plan.rejected
        self.done.unassigned += sum(
            not (entry.township or entry.township_by_address) for entry in plan.new
        )


def _change(work: Deed, changes: Sequence[tuple[Enterprise, dict[str, Any]]]) -> None:
    """Write all changes with one statement: the rows were locked and read in this deed."""
    if not changes:
        return
    columns = sorted({name for _, changed in changes for name in changed})
    work.change_all(
        [
            (
                row,
                {name: changed.get(name, getattr(row, name)) for name in columns}
                | {"revision": row.revision + 1},
            )
            for row, changed in changes
        ]
    )
