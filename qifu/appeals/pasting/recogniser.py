"""From what was pasted to drafts (识别): nothing raises, and no line is lost. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from qifu.appeals.pasting.chat import Line, blocks, label_of, messages
from qifu.appeals.pasting.drafts import (
    LEAST,
    MOST,
    NOISE,
    SHORT,
    TOO_MANY,
    Block,
    Draft,
    LeftOver,
    Pasted,
)
from qifu.appeals.pasting.sheet import SheetRow, columns, is_sheet, rows_of
from qifu.appeals.pasting.words import (
    FIRM,
    NAMED,
    PERSON,
    SHOWN,
    day_in,
    firm_in,
    is_noise,
    parts_of,
    person_in,
    phone_in,
    tidy,
)

BREAK = re.compile(r"\r\n|\r|\n")


def recognise(text: str, today: date) -> Pasted:
    """Take apart what was pasted: chat lines, a list, or a block of a spreadsheet.

    `today` is the day on which it is read: a day without a year is the last such day.
    """
    split = BREAK.split(text)
    lines: list[Line] = [(at, words) for at, words in enumerate(split) if words.strip()]
    found = _of_sheet(lines, today) if is_sheet(lines) else _of_chat(lines, today)
    drafts = [each for each in found if isinstance(each, Draft)]
    late = {id(each) for each in drafts[MOST:]}
    left = [
        LeftOver(each.lines, each.source, TOO_MANY) if isinstance(each, Draft) else each
        for each in found
        if not isinstance(each, Draft) or id(each) in late
    ]
    return Pasted(tuple(drafts[:MOST]), tuple(left))


def _of_chat(lines: Sequence[Line], today: date) -> list[Draft | LeftOver]:
    typed = dict(lines)
    return [_of_block(each, typed, today) for each in messages(blocks(lines, today))]


def _of_block(block: Block, typed: dict[int, str], today: date) -> Draft | LeftOver:
    source = "\n".join(typed[at] for at in block.lines)
    if is_noise("".join(block.words)):
        return LeftOver(block.lines, source, NOISE)
    told: dict[str, str] = {}
    rest: list[str] = []
    for words in block.words:
        kind, value = label_of(words)
        if kind == "problem" or not kind or told.get(kind) or not value:
            rest.append(value if kind == "problem" else words)
        else:
            told[kind] = value
    words = SHOWN.sub("", "\n".join(rest))
    phone, problem = phone_in(told.get("phone", ""))[0], words
    if not phone:
        phone, problem = phone_in(words)
        phone = phone or told.get("phone", "")
    problem = tidy(problem)
    if len(problem) < LEAST:
        return LeftOver(block.lines, source, SHORT)
    parts = parts_of(block.sender)
    return Draft(
        block.lines,
        source,
        problem,
        told.get("firm") or _whose(parts) or firm_in(problem),
        tuple(part for part in parts if len(part) > 1 and not PERSON.fullmatch(part)),
        told.get("contact") or person_in(problem) or _who(parts),
        phone,
        day_in(told.get("day", ""), today) or block.said_on,
    )


def _of_sheet(lines: Sequence[Line], today: date) -> list[Draft | LeftOver]:
    rows = rows_of(lines)
    places, has_heading = columns(rows, today)
    made: list[Draft | LeftOver] = []
    for at, row in enumerate(rows):
        if at == 0 and has_heading:
            made.append(LeftOver(row.lines, row.source, "表头"))
        else:
            made.append(_of_row(row, places, today))
    return made


def _of_row(row: SheetRow, places: dict[str, int], today: date) -> Draft | LeftOver:
    cell = {kind: row.cells[at] if at < len(row.cells) else "" for kind, at in places.items()}
    said = cell.get("problem", "")
    phone, problem = phone_in(cell.get("phone", ""))[0] or cell.get("phone", ""), said
    if not phone:
        phone, problem = phone_in(said)
    if len(problem) < LEAST:
        return LeftOver(row.lines, row.source, SHORT)
    firm, contact = cell.get("firm", ""), cell.get("contact", "")
    return Draft(
        row.lines,
        row.source,
        problem,
        firm or firm_in(problem),
        (),
        contact or person_in(problem),
        phone,
        day_in(cell.get("day", ""), today),
    )


def _whose(parts: Sequence[str]) -> str:
    found = (FIRM.search(part) for part in parts)
    return next((each[0] for each in found if each), "")


def _who(parts: Sequence[str]) -> str:
    """Return who of a name in a chat is the person: 立夏茶业-吴经理."""
    bare = [name for part in parts if len(name := FIRM.sub("", part)) > 1]
    people = [name for name in bare if PERSON.fullmatch(name) or NAMED.fullmatch(name)]
    return next(iter((*people, *sorted(bare, key=len))), "")
