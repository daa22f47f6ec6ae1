"""To whom a notice goes: an address now, or a duty whose holder is asked for later.

Never an account object: notices lie below people, and people leave.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from qifu.notices.models import AddressKind


@dataclass(frozen=True)
class Address:
    """An addressee; use one of the three makers."""

    kind: AddressKind
    value: str = ""
    person: int | None = None
    unit: int | None = None
    role: str = ""

    @classmethod
    def of_phone(cls, number: str, *, person: int | None = None) -> Self:
        """Address a telephone number as it is."""
        return cls(AddressKind.PHONE, value=number, person=person)

    @classmethod
    def of_person(cls, person: int, *, kind: AddressKind = AddressKind.PHONE) -> Self:
        """Address a person, by the number that he has when it is sent."""
        return cls(kind, person=person)

    @classmethod
    def of_duty(cls, unit: int, role: str, *, kind: AddressKind = AddressKind.PHONE) -> Self:
        """Address whoever holds the post of the unit when it is sent."""
        return cls(kind, unit=unit, role=role)


@dataclass(frozen=True)
class Recipient:
    """Whom an addressee turned out to be."""

    person: int | None
    phone: str


class AddressBook(Protocol):
    """What the room of people offers: who is reached by a duty or a person's key."""

    def on_duty(self, *, county: str, unit: int, role: str, at: datetime) -> Recipient | None:
        """Return the holder of the post in force, or None when nobody holds it."""

    def person(self, *, county: str, person: int, at: datetime) -> Recipient | None:
        """Return the person, or None when the account is closed."""
