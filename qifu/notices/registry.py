"""What rooms above tell this one when the program starts: kinds, and who is who.

Called from `AppConfig.ready`, so that notices never imports what lies above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qifu.notices.addresses import AddressBook
from qifu.notices.models import Notice

StillTrue = Callable[[Notice], bool]


def always(_notice: Notice) -> bool:
    """Say that the fact cannot become untrue: a code was asked for, a case received."""
    return True


@dataclass(frozen=True)
class Kind:
    """A kind of notice (通知种类).

    `still_true` is asked when the notice leaves; `secret` words (a sign-in code) are
    wiped once it has left.
    """

    code: str
    still_true: StillTrue
    secret: bool


class Registry:
    """The kinds and the address book of this process."""

    def __init__(self) -> None:
        self._kinds: dict[str, Kind] = {}
        self._book: AddressBook | None = None

    def declare(self, code: str, *, still_true: StillTrue = always, secret: bool = False) -> None:
        """Make a kind known; a kind nobody declared cannot be put into the outbox."""
        self._kinds[code] = Kind(code, still_true, secret)

    def kind(self, code: str) -> Kind:
        """Return the kind, or say which room forgot to declare it."""
        if code not in self._kinds:
            raise LookupError(f"Notice kind {code} is not declared in any AppConfig.ready")
        return self._kinds[code]

    def use(self, book: AddressBook) -> None:
        """Take the address book that the room of people keeps."""
        self._book = book

    @property
    def book(self) -> AddressBook:
        """Return the address book."""
        if self._book is None:
            raise LookupError("No room has registered an address book")
        return self._book


registry = Registry()
