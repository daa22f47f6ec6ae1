"""A block copied out of a spreadsheet: which column holds what, with a heading or without. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qifu.appeals.pasting.words import FIRM, PERSON, PHONE, day_in, plain

HEADINGS: Mapping[str, re.Pattern[str]] = {
    "phone": re.compile("电话|手机|联系方式|号码"),
    "day": re.compile("日期|时间"),
    "problem": re.compile("问题|诉求|内容|困难|事项|反映情况|需求"),
    "contact": re.compile("联系人|姓名|负责人|法人"),
    "firm": re.compile("企业|公司|单位名称|单位$|厂|商户|主体|名称"),
}
HEADING_MOST = 12
# A cell with line breaks is quoted; further away the quote was only a sign of inches.
QUOTED_MOST = 30
# A column that only numbers the rows.
COUNTING = re.compile("[0-9]{0,4}")


@dataclass(frozen=True)
class SheetRow:
    """One row: its lines in what was pasted, and its cells."""

    lines: tuple[int, ...]
    source: str
    cells: tuple[str, ...]


def is_sheet(lines: Sequence[tuple[int, str]]) -> bool:
    """Tell whether it was copied out of a spreadsheet: most lines have tabs."""
    tabbed = sum("\t" in words.strip() for _, words in lines)
    return tabbed > 0 and tabbed * 2 >= len(lines)


def rows_of(lines: Sequence[tuple[int, str]]) -> list[SheetRow]:
    """Return the rows; a quoted cell may run over several lines."""
    made: list[SheetRow] = []
    place = 0
    while place < len(lines):
        taken = _reach(lines, place)
        part = lines[place : place + taken]
        source = "\n".join(words for _, words in part)
        cells = tuple(_bare(cell) for cell in re.split(r'\t(?=(?:[^"]*"[^"]*")*[^"]*$)', source))
        made.append(SheetRow(tuple(at for at, _ in part), source, cells))
        place += taken
    return made


def columns(rows: Sequence[SheetRow], today: date) -> tuple[dict[str, int], bool]:
    """Return which column holds what, and whether the first row is a heading."""
    if rows and (named := _named(rows[0].cells)):
        return named, True
    return _guessed([row.cells for row in rows], today), False


def _reach(lines: Sequence[tuple[int, str]], start: int) -> int:
    quotes = 0
    for taken, (_, words) in enumerate(lines[start : start + QUOTED_MOST], start=1):
        quotes += words.count('"')
        if quotes % 2 == 0:
            return taken
    return 1


def _bare(cell: str) -> str:
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        cell = cell[1:-1].replace('""', '"')
    return cell.strip()


def _named(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if len(cell) > HEADING_MOST or PHONE.search(plain(cell)):
            continue
        kinds = (kind for kind, names in HEADINGS.items() if names.search(cell))
        kind = next((kind for kind in kinds if kind not in found), "")
        if kind:
            found[kind] = place
    return found if len(found) > 1 and "problem" in found else {}


def _guessed(rows: Sequence[Sequence[str]], today: date) -> dict[str, int]:
    """Tell the columns by what most of their cells hold; the longest words are the problem."""
    width = max((len(cells) for cells in rows), default=0)
    by_place = [[cells[at] for cells in rows if at < len(cells)] for at in range(width)]
    free = [at for at in range(width) if not all(map(COUNTING.fullmatch, by_place[at]))]
    found: dict[str, int] = {}
    tests = {
        "phone": lambda cell: bool(PHONE.fullmatch(plain(cell))),
        "day": lambda cell: day_in(cell, today) is not None,
    }
    for kind, holds in tests.items():
        share = {at: sum(map(holds, by_place[at])) / len(by_place[at]) for at in free}
        best = max(share, key=lambda at: share[at], default=-1)
        if best >= 0 and share[best] >= 0.5:
            found[kind] = best
            free.remove(best)
    if free:
        length = {at: sum(map(len, by_place[at])) / len(by_place[at]) for at in free}
        found["problem"] = max(free, key=lambda at: length[at])
        free.remove(found["problem"])
    return found | _names(free, by_place)


def _names(free: Sequence[int], by_place: Sequence[Sequence[str]]) -> dict[str, int]:
    """Tell whose and who among the columns that are left."""
    found: dict[str, int] = {}
    firms = {at: sum(bool(FIRM.search(c)) for c in by_place[at]) for at in free}
    people = {at: sum(_is_person(c) for c in by_place[at]) for at in free}
    contact = max((at for at in free if people[at] > firms[at]), key=people.get, default=-1)  # type: ignore[arg-type]
    if contact >= 0:
        found["contact"] = contact
    rest = [at for at in free if at != contact]
    if rest:
        found["firm"] = max(rest, key=lambda at: (firms[at], -at))
    return found


def _is_person(cell: str) -> bool:
    return bool(PERSON.fullmatch(cell) or re.fullmatch(r"[\u3400-\u9fff·]{2,3}", cell))
