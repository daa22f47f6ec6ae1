"""What is open for a person: each room says it of its own, so that nobody leaves it behind.

A room above declares its families in `AppConfig.ready`; this one never imports it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qifu.journal.deed import Deed
from qifu.kernel.errors import InvalidInput
from qifu.organisations import access
from qifu.organisations.models import Post, User


@dataclass(frozen=True)
class Thing:
    """One thing that is open: what it is called, and its case's number if it has one."""

    title: str
    case: str = ""


class Family:
    """Things of one sort that somebody may have open (交接事项), received by one person."""

    code = ""
    name = ""
    measure = "件"
    # Rows are touched in this order when they move: parts, cases, the rest.
    place = 50
    giver = "移交人、本单位分管负责同志或县办"

    def of(self, person: User, on: date) -> list[Thing]:
        """Return what the person has open on the day."""
        raise NotImplementedError

    def through(self, post: Post, on: date) -> list[Thing]:
        """Return what the person has open on the day only because he holds the post."""
        return []

    def may_give(self, by: User, person: User, on: date) -> bool:
        """Tell whether `by` may sign these away for the person."""
        return access.can_give(by, person, on)

    def refusal(self, person: User, receivers: Mapping[str, User], on: date) -> str:
        """Say why the receiver named for this family cannot have it; nothing if he can."""
        return ""

    def move(self, work: Deed, person: User, receiver: User, on: date) -> int:
        """Give everything open to the receiver from the day on; return how many."""
        raise NotImplementedError


@dataclass(frozen=True)
class Open:
    """What is open of one family."""

    family: Family
    things: Sequence[Thing]

    @property
    def words(self) -> str:
        """Write `在办诉求2件`."""
        return f"{self.family.name}{len(self.things)}{self.family.measure}"


class StillOpen(InvalidInput):
    """A person cannot go yet; the sentence names what is open."""

    def __init__(self, person: User, found: Sequence[Open], what: str) -> None:
        named = "、".join(each.words for each in found)
        super().__init__(
            "user",
            f"{person.name}还有{named}没有交接，不能{what}。请先办移交，双方签字后再{what}。",
        )
        self.person = person


_families: dict[str, Family] = {}


def declare(family: Family) -> None:
    """Make a family known to the hand-over."""
    _families[family.code] = family


def families() -> list[Family]:
    """Return the families in the order in which they move."""
    return sorted(_families.values(), key=lambda family: family.place)


def family_of(code: str) -> Family:
    """Return one family."""
    return _families[code]


def open_for(person: User, on: date) -> list[Open]:
    """Return everything that the person has open on the day."""
    if not person.is_staff_person:
        return []
    found = [Open(family, family.of(person, on)) for family in families()]
    return [each for each in found if each.things]


def open_through(post: Post, on: date) -> list[Open]:
    """Return everything that is open through one post of its holder."""
    found = [Open(family, family.through(post, on)) for family in families()]
    return [each for each in found if each.things]
