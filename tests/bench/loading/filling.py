"""A line with places to fill: what differs between a lived case and its copies."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

# Private-use signs, so that no word of a case can be taken for a place.
NUMBER, STRING, END = "\ue000", "\ue001", "\ue002"
PLACE = re.compile(f'"{NUMBER}(\\d+){END}"|{NUMBER}(\\d+){END}|{STRING}(\\d+){END}')
NULL = "\\N"

Slot = tuple[Any, ...]
Filled = Callable[[Sequence[str]], str]


class Slots:
    """The places of one case, each named by what belongs there."""

    def __init__(self) -> None:
        self.places: dict[Slot, int] = {}

    def number(self, *what: Any) -> str:
        """Return the sign of a number's place."""
        return f"{NUMBER}{self._place(what)}{END}"

    def string(self, *what: Any) -> str:
        """Return the sign of the place of words, a day or a moment."""
        return f"{STRING}{self._place(what)}{END}"

    def _place(self, what: Slot) -> int:
        return self.places.setdefault(what, len(self.places))


def filler(line: str) -> Filled:
    """Return what puts values into the line's places; numbers lose their quotes."""
    found: list[int] = []

    def note(match: re.Match[str]) -> str:
        found.append(int(next(group for group in match.groups() if group)))
        return "%s"

    text = PLACE.sub(note, line.replace("%", "%%"))
    if not found:
        plain = line
        return lambda values: plain
    if len(found) == 1:
        only = found[0]
        return lambda values: text % values[only]
    pick = itemgetter(*found)
    return lambda values: text % pick(values)


def as_json(value: Any) -> str:
    """Return a value as the journal writes it for its hash."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def for_copy(text: str) -> str:
    """Return a text as COPY reads it."""
    for sign, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, written)
    return text


def as_array(values: Sequence[str] | None) -> str | None:
    """Return words as PostgreSQL writes an array of them."""
    if values is None:
        return None
    return "{" + ",".join(json.dumps(str(value), ensure_ascii=False) for value in values) + "}"


def cell(value: object) -> str:
    """Return a column's value as COPY reads it."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes | memoryview):
        return f"\\\\x{bytes(value).hex()}"
    if isinstance(value, dict | list):
        return for_copy(as_json(value))
    return for_copy(str(value))
