"""What rooms above tell this one when the program starts: kinds, and who is who.

Called from `AppConfig.ready`, so that notices never imports what lies above it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from qifu.notices.addresses import AddressBook, Recipient
from qifu.notices.hours import MANNERS, Manners
from qifu.notices.links import PLACE, LinkBook
from qifu.notices.models import Notice

if TYPE_CHECKING:
    from qifu.notices.outbox import Draft

StillTrue = Callable[[Notice], bool]
MannersOf = Callable[[str, datetime], Manners]
Veil = Callable[["Sequence[Draft]"], "list[Draft]"]


def always(_notice: Notice) -> bool:
    """Say that the fact cannot become untrue: a code was asked for, a case received."""
    return True


@dataclass(frozen=True)
class Kind:
    """A kind of notice (通知种类).

    `still_true` is asked when the notice leaves; `secret` words (a sign-in code) are
    wiped once it has left. An `urgent` one (★) heeds neither hours nor the day's number
    and is not `counted`; one that is counted but not `capped` (a digest) is of its hour
    and does not wait for tomorrow.
    """

    code: str
    still_true: StillTrue
    secret: bool
    urgent: bool = False
    capped: bool = True
    counted: bool = True


class Registry:
    """The kinds and the address book of this process."""

    def __init__(self) -> None:
        self._kinds: dict[str, Kind] = {}
        self._book: AddressBook | None = None
        self._manners: MannersOf | None = None
        self._veil: Veil = list
        self._links: LinkBook | None = None

    def declare(
        self,
        code: str,
        *,
        still_true: StillTrue = always,
        secret: bool = False,
        urgent: bool = False,
        capped: bool = True,
        counted: bool = True,
    ) -> None:
        """Make a kind known; a kind nobody declared cannot be put into the outbox."""
        capped, counted = capped and not urgent, counted and not urgent
        self._kinds[code] = Kind(code, still_true, secret, urgent, capped, counted)

    def kind(self, code: str) -> Kind:
        """Return the kind, or say which room forgot to declare it."""
        if code not in self._kinds:
            raise LookupError(f"Notice kind {code} is not declared in any AppConfig.ready")
        return self._kinds[code]

    @property
    def counted(self) -> list[str]:
        """The kinds of which a person gets only so many in a day."""
        return sorted(kind.code for kind in self._kinds.values() if kind.counted)

    @property
    def secret(self) -> list[str]:
        """The kinds whose words nobody but the addressee may read."""
        return sorted(kind.code for kind in self._kinds.values() if kind.secret)

    def use_manners(self, manners: MannersOf) -> None:
        """Take the room that knows each county's hours."""
        self._manners = manners

    def manners(self, county: str, at: datetime) -> Manners:
        """Return the county's hours; before a room has told them, the usual ones."""
        return self._manners(county, at) if self._manners else MANNERS

    def use_veil(self, veil: Veil) -> None:
        """Take the room that knows what may not be said, and to whom it may not go."""
        self._veil = veil

    def veiled(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts as they may go into the outbox."""
        return self._veil(drafts)

    def use(self, book: AddressBook) -> None:
        """Take the address book that the room of people keeps."""
        self._book = book

    def use_links(self, links: LinkBook) -> None:
        """Take the room that makes the links which messages carry."""
        self._links = links

    def words(self, notice: Notice, to: Recipient, at: datetime) -> str:
        """Return the words as they leave: with the link, where there is a place for one."""
        if PLACE not in notice.body or self._links is None:
            return notice.body
        return notice.body.replace(PLACE, self._links.address(notice, to, at))

    def shown_words(self, notices: Sequence[Notice]) -> dict[int, str]:
        """Return the words as they arrived, by the notice's key; only a demonstration asks."""
        linked = [notice for notice in notices if PLACE in notice.body]
        found = self._links.shown(linked) if self._links and linked else {}
        return {
            notice.pk: notice.body.replace(PLACE, found.get(notice.pk, PLACE)) for notice in notices
        }

    @property
    def book(self) -> AddressBook:
        """Return the address book."""
        if self._book is None:
            raise LookupError("No room has registered an address book")
        return self._book


registry = Registry()
