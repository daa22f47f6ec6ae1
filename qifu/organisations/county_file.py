"""The county's one data file, read and checked before anything of it is used."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from qifu.organisations.models import UnitKind


class CountyFileWrong(Exception):
    """The file says something that cannot be; the text names the entry, in Chinese."""


@dataclass(frozen=True)
class UnitEntry:
    """One line of the unit table."""

    code: str
    kind: str
    name: str
    short: str
    since: date
    until: date | None = None
    successor: str = ""
    parent: str = ""
    phone: str = ""
    assessed: bool = True
    member: bool = False


@dataclass(frozen=True)
class MemberEntry:
    """One name of the attachment."""

    name: str
    unit: str
    printed: str


@dataclass(frozen=True)
class GroupEntry:
    """One working group of the attachment, the leader first."""

    number: int
    name: str
    quota: tuple[int, int]
    people: tuple[MemberEntry, ...]


@dataclass(frozen=True)
class CountyFile:
    """What a county file holds; `sections` are the tables that rooms above read."""

    county: Mapping[str, Any]
    units: tuple[UnitEntry, ...]
    groups: tuple[GroupEntry, ...]
    sections: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return str(self.county["code"])

    @property
    def office(self) -> UnitEntry:
        """Return the unit that coordinates (县“四送一服”办公室)."""
        return next(unit for unit in self.units if unit.code == self.county["office"])


def read(path: Path) -> CountyFile:
    """Read a county file.

    Raises:
        CountyFileWrong: a unit that is named nowhere, a lineage in a circle and the like.
    """
    with path.open("rb") as stream:
        try:
            raw = tomllib.load(stream)
        except tomllib.TOMLDecodeError as error:
            raise CountyFileWrong(f"{path.name}不是合格的TOML文件：{error}") from error
    try:
        county = raw.pop("county")
        units = tuple(_units(raw.pop("units")))
        groups = tuple(_group(row) for row in raw.pop("groups", []))
    except (KeyError, TypeError) as error:
        raise CountyFileWrong(f"{path.name}缺少或多出一项：{error}") from error
    found = CountyFile(county, units, groups, raw)
    _check(found)
    return found


def _units(table: Mapping[str, Any]) -> Iterable[UnitEntry]:
    for row in table["rows"]:
        entry = dict(row)
        yield UnitEntry(since=entry.pop("from", table["from"]), **entry)


def _group(row: Mapping[str, Any]) -> GroupEntry:
    people = tuple(MemberEntry(**entry) for entry in [row["leader"], *row["members"]])
    low, high = row["quota"]
    return GroupEntry(row["number"], row["name"], (low, high), people)


def _check(found: CountyFile) -> None:
    by_code = {unit.code: unit for unit in found.units}
    if len(by_code) != len(found.units):
        raise CountyFileWrong("有两个单位用了同一个代码")
    if found.county["office"] not in by_code:
        raise CountyFileWrong("office 所指的单位不在单位表中")
    for unit in found.units:
        _check_unit(unit, by_code)
    for group in found.groups:
        for person in group.people:
            if person.unit not in by_code:
                raise CountyFileWrong(f"{group.name}{person.name}的单位{person.unit}不在单位表中")


def _check_unit(unit: UnitEntry, by_code: Mapping[str, UnitEntry]) -> None:
    if unit.kind not in UnitKind.values:
        raise CountyFileWrong(f"{unit.short}的类别{unit.kind}不认识")
    for code in filter(None, (unit.parent, unit.successor)):
        if code not in by_code:
            raise CountyFileWrong(f"{unit.short}所指的单位{code}不在单位表中")
    if bool(unit.successor) and unit.until is None:
        raise CountyFileWrong(f"{unit.short}有继任单位，却没有写自何日起不再")
    heir, steps = unit, 0
    while heir.successor:
        heir, steps = by_code[heir.successor], steps + 1
        if steps > len(by_code):
            raise CountyFileWrong(f"{unit.short}的继任单位绕成了圈")


def predecessors(units: Iterable[UnitEntry]) -> dict[str, set[str]]:
    """Return, for each code, the codes of everything that it absorbed, near or far."""
    successor = {unit.code: unit.successor for unit in units}
    found: dict[str, set[str]] = {code: set() for code in successor}
    for code in successor:
        heir = successor[code]
        while heir:
            found[heir].add(code)
            heir = successor[heir]
    return found
