"""How a list is narrowed and turned over: filter chips and the keyset pager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Filter:
    """One condition of the filter bar; `choices` are (value, label) pairs."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    value: str = ""
    clear_url: str = ""

    @property
    def chosen(self) -> str:
        """Name the active choice, or nothing."""
        return next((label for value, label in self.choices if value and value == self.value), "")


@dataclass(frozen=True)
class Pager:
    """A stretch of a long list, turned by keys and not by page numbers."""

    before_url: str = ""
    after_url: str = ""
    before_label: str = "更急的"
    after_label: str = "更缓的"
    says: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.before_url and not self.after_url
