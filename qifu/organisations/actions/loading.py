"""Loading a county's data file: what is missing is added, what differs is set right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from qifu.journal.deed import Deed, deed
from qifu.kernel.county import CountyModel
from qifu.organisations.county_file import CountyFile, GroupEntry, UnitEntry, predecessors
from qifu.organisations.models import County, GroupMember, Unit, WorkingGroup
from qifu.organisations.pinyin import sort_key

R = TypeVar("R", bound=CountyModel)


@dataclass
class Loaded:
    """What loading a file did."""

    added: int = 0
    changed: int = 0
    units: int = 0
    groups: int = 0
    members: int = 0

    def __str__(self) -> str:
        return (
            f"单位{self.units}个，工作小组{self.groups}个、{self.members}人；"
            f"新增{self.added}行，改动{self.changed}行"
        )


def load_county(file: CountyFile, *, at: datetime) -> Loaded:
    """Bring the county's furniture, units and roster to what the file says (装载县文件).

    Running it again changes nothing. Nothing is deleted: what the county has added or
    ended by itself stays.
    """
    with deed("county.loaded", county=file.code, by=None, at=at) as work:
        loading = _Loading(work)
        loading.furniture(file)
        loading.unit_rows(file)
        for group in file.groups:
            loading.group(group)
        work.note(added=loading.done.added, changed=loading.done.changed)
    return loading.done


class _Loading:
    """One run: what is there already, and the counts."""

    def __init__(self, work: Deed) -> None:
        self.work = work
        self.done = Loaded()
        self.units: dict[str, Unit] = {
            unit.code: unit for unit in Unit.objects.in_county(work.county)
        }

    def furniture(self, file: CountyFile) -> None:
        values = {key: value for key, value in file.county.items() if key != "office"}
        values |= {"office_name": file.office.short, "office_phone": file.office.phone}
        county = County.objects.filter(pk=file.code).first()
        if county is None:
            self.add(County(**values))
        else:
            self.settle(county, values)

    def unit_rows(self, file: CountyFile) -> None:
        self.done.units = len(file.units)
        fresh = [_unit(entry) for entry in file.units if entry.code not in self.units]
        for unit in self.work.add_all(fresh):
            self.units[unit.code] = unit
        self.done.added += len(fresh)
        lineage = predecessors(file.units)
        for entry in file.units:
            self.settle(self.units[entry.code], self.wanted(entry, lineage[entry.code]))

    def wanted(self, entry: UnitEntry, lineage: set[str]) -> dict[str, Any]:
        unit = self.units[entry.code]
        wanted: dict[str, Any] = {
            "name": entry.name,
            "short_name": entry.short,
            "pinyin": sort_key(entry.short),
            "kind": entry.kind,
            "phone": entry.phone,
            "assessed": entry.assessed,
            "member_unit": entry.member,
            "parent_id": self.units[entry.parent].pk if entry.parent else None,
            "valid_from": entry.since,
            "absorbed": sorted({*unit.absorbed, *(self.units[code].pk for code in lineage)}),
        }
        # A merger that the county has entered by itself is not undone by an older file.
        if entry.until is not None:
            wanted["valid_to"] = entry.until
        if entry.successor:
            wanted["successor_id"] = self.units[entry.successor].pk
        return wanted

    def group(self, entry: GroupEntry) -> None:
        self.done.groups += 1
        self.done.members += len(entry.people)
        groups = WorkingGroup.objects.in_county(self.work.county)
        values = {"name": entry.name, "quota_low": entry.quota[0], "quota_high": entry.quota[1]}
        group = groups.filter(number=entry.number).first()
        if group is None:
            group = self.add(WorkingGroup(number=entry.number, **values))
        self.settle(group, values)
        there = {
            member.position: member
            for member in GroupMember.objects.in_county(self.work.county).filter(group=group)
        }
        for position, person in enumerate(entry.people):
            values = {
                "name": person.name,
                "unit_id": self.units[person.unit].pk,
                "printed_unit": person.printed,
                "is_leader": position == 0,
            }
            if position in there:
                self.settle(there[position], values)
            else:
                self.add(GroupMember(group=group, position=position, **values))

    def add(self, row: R) -> R:
        self.done.added += 1
        return self.work.add(row)

    def settle(self, row: CountyModel, wanted: Mapping[str, Any]) -> None:
        differing = {key: value for key, value in wanted.items() if getattr(row, key) != value}
        if differing:
            self.done.changed += 1
            self.work.change(row, **differing)


def _unit(entry: UnitEntry) -> Unit:
    return Unit(
        code=entry.code,
        name=entry.name,
        short_name=entry.short,
        kind=entry.kind,
        phone=entry.phone,
        assessed=entry.assessed,
        member_unit=entry.member,
        valid_from=entry.since,
        valid_to=entry.until,
    )
