"""A room of people that exists only here, and doors that remember what went out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from qifu.journal.deed import deed
from qifu.kernel.clock import SHANGHAI
from qifu.notices import deliveries, outbox
from qifu.notices.addresses import Address, Recipient
from qifu.notices.models import Notice
from qifu.notices.outbox import Draft
from qifu.notices.ports import Refused, Unreachable
from qifu.notices.registry import Registry

COUNTY = "341524"
OTHER_COUNTY = "341525"
# A Tuesday.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
AFTER_HOLD = NOW + timedelta(seconds=61)


@dataclass
class People:
    """Who holds which duty and who has which number."""

    on_duties: dict[tuple[int, str], Recipient] = field(default_factory=dict)
    persons: dict[int, Recipient] = field(default_factory=dict)

    def on_duty(self, *, county: str, unit: int, role: str, at: datetime) -> Recipient | None:
        return self.on_duties.get((unit, role))

    def person(self, *, county: str, person: int, at: datetime) -> Recipient | None:
        return self.persons.get(person)


@dataclass
class Door:
    """A channel that remembers, and can be down."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)
    down: bool = False
    refuses: bool = False
    shows_words: bool = False

    def send(self, *, phone: str, body: str, key: str) -> str:
        if self.down:
            raise Unreachable("短信通道没有应答")
        if self.refuses:
            raise Refused("号码是空号")
        self.sent.append((phone, body, key))
        return f"r{len(self.sent)}"


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture(autouse=True)
def registry(people: People, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Give each test a register of its own: T1 leaves at any hour, T2 minds its manners."""
    fresh = Registry()
    fresh.use(people)
    fresh.declare("T1", urgent=True)
    fresh.declare("T2")
    fresh.declare("CODE", secret=True, urgent=True)
    for room in (outbox, deliveries):
        monkeypatch.setattr(room, "registry", fresh)
    return fresh


@pytest.fixture
def door() -> Door:
    return Door()


def draft(dedup: str = "T1:1", to: Address | None = None, kind: str = "T1") -> Draft:
    """Return a notice to a number nobody has."""
    return Draft(
        kind=kind,
        to=to or Address.of_phone("19900000001"),
        body=f"已收到您反映的问题，编号{dedup}。",
        why="您在本平台提交了诉求",
        dedup=dedup,
    )


def put(*drafts: Draft, county: str = COUNTY, at: datetime = NOW) -> list[Notice]:
    """Put notices in a deed of their own."""
    with deed("test.told", county=county, by=None, at=at) as work:
        return outbox.put_all(work, drafts)
