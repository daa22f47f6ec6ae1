"""What a face puts into its left column or foot bar: groups of links with counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class NavItem:
    """One link; `tone` is `soon` or `overdue` where the count should be seen."""

    label: str
    url: str
    icon: str
    count: int | None = None
    tone: str = ""
    current: bool = False
    name: str = ""


@dataclass(frozen=True)
class NavGroup:
    """Links under one heading; the first group usually has none."""

    title: str
    items: Sequence[NavItem]


@dataclass(frozen=True)
class Viewer:
    """The person at the screen, as the top bar names him."""

    name: str
    title: str
    sign_out_url: str = ""
    links: Sequence[NavItem] = field(default_factory=tuple)

    @property
    def initial(self) -> str:
        return self.name[:1]
