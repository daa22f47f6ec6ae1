"""Who may change the working-day calendar."""

from __future__ import annotations

from typing import Any, Protocol

KEEPERS = ("SYS_ADMIN", "OFFICE_DIRECTOR")


class Reach(Protocol):
    """What an account's posts reach, as far as this room asks."""

    def has(self, *kinds: str) -> bool: ...


class Keeper(Protocol):
    """Whoever acts; `None` is the installation's own command line."""

    @property
    def pk(self) -> Any: ...
    @property
    def county(self) -> str: ...
    @property
    def reach(self) -> Reach: ...


def can_edit_calendar(by: Keeper | None, county: str) -> bool:
    """Tell whether the person enters yearly notices and corrects days."""
    return by is None or (by.county == county and by.reach.has(*KEEPERS))
