"""From a postal address to the township (属地), by rules; what is unsure stays unassigned.

The township has to stand where an address puts it: after province, city and county, at
the start of the rest. A street of that name elsewhere (合肥市金寨路) never begins so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Townships are raised to towns and keep their name otherwise (白塔畈乡, 白塔畈镇).
RANKS = ("乡", "镇")
# 梅山镇路 is a road that is called after the place, 古碑镇路口村 lies in it.
STREET = re.compile(r"路(?!口)|大道|大街|巷")


@dataclass(frozen=True)
class Gazetteer:
    """The names of a county's places: old and new, each with the code of today's unit."""

    county: str
    short: str
    # What may stand before the county: province and city.
    within: tuple[str, ...]
    names: Mapping[str, str]
    # Names that other counties have too: they count only after the county's own.
    shared: frozenset[str]

    def named(self, text: str) -> str:
        """Return the code of the place that is named and nothing else, or blank."""
        rest, _ = self._past_county(plain(text))
        return self.names.get(rest, "")

    def place_of(self, address: str) -> str:
        """Return the code of the place in which the address lies, or blank if unsure."""
        text = plain(address)
        rest, is_here = self._past_county(text)
        name = self._leading(rest)
        if not name or STREET.match(rest, len(name)):
            return ""
        if not is_here and name in self.shared:
            return ""
        code = self.names[name]
        return code if self._others(text) <= {code} else ""

    def _past_county(self, text: str) -> tuple[str, bool]:
        """Return what follows province, city and county, and whether the county was named."""
        for outer in self.within:
            text = text.removeprefix(outer)
        if text.startswith(self.county):
            # 金寨县金寨现代产业园区 names it twice.
            rest = text.removeprefix(self.county)
            inner = rest.removeprefix(self.short)
            return (inner if self._leading(inner) else rest), True
        rest = text.removeprefix(self.short)
        # 金寨梅山镇 is a way to write it, 金寨路 is a street.
        return (rest, True) if rest != text and self._leading(rest) else (text, False)

    def _leading(self, text: str) -> str:
        fitting = (name for name in self.names if text.startswith(name))
        return max(fitting, key=len, default="")

    def _others(self, text: str) -> set[str]:
        # 金寨县梅山镇（经营场所：金寨县古碑镇）: two places, and nobody says which counts.
        found = (self._leading(text[hit.end() :]) for hit in re.finditer(self.county, text))
        return {self.names[name] for name in found if name}


def plain(text: str) -> str:
    """Return the text in half width and without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def with_ranks(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the names with their other rank too; a name of two places is left out."""
    known = list(names)
    found: dict[str, set[str]] = {}
    for name, code in known:
        found.setdefault(plain(name), set()).add(code)
    for name, code in known:
        stem, rank = plain(name)[:-1], plain(name)[-1:]
        if rank in RANKS and len(stem) > 1:
            found.setdefault(stem + RANKS[rank == "乡"], set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
