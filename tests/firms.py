"""Two enterprises of the county in a box, both made up, and those who speak for them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from qifu.enterprises import uscc
from qifu.enterprises.actions import (
    Particulars,
    bind_by_phone,
    invite,
    register_enterprise,
    tie,
)
from qifu.enterprises.models import Binding, Enterprise, Size, TieKind
from qifu.journal.deed import deed
from qifu.organisations.models import User, UserKind
from tests.cast import NOW, PERSONS, Cast

TODAY = NOW.date()
# The boss is the registered contact of the tea firm.
TEA_CONTACT = PERSONS["boss"]
TEA_CODE = uscc.complete("91341524MA8TEA001")
LAMPS_CODE = uscc.complete("91341524MA8DENG01")


@dataclass
class Firms:
    """The enterprises of one county, beside its cast."""

    cast: Cast
    tea: Enterprise
    lamps: Enterprise

    def person(self, phone: str) -> User:
        """Return a new person of some enterprise, who has signed in by phone."""
        user = User(kind=UserKind.ENTERPRISE, phone=phone, created_at=NOW, password="!")
        with deed("test.laid", county=self.cast.county, by=None, at=NOW) as work:
            return work.add(user)

    def bound_to_tea(self, phone: str) -> Binding:
        """Invite the phone to the tea firm and sign it in."""
        invite(self.tea, phone, by=self.cast.zhou, at=NOW)
        (binding,) = bind_by_phone(self.person(phone), at=NOW)
        return binding

    def speaking_for_tea(self) -> dict[str, str]:
        """Return phone and role of everybody who speaks for the tea firm."""
        bindings = Binding.objects.in_county(self.cast.county).in_force(TODAY)
        rows = bindings.filter(enterprise=self.tea).select_related("person")
        return {row.person.phone: row.role for row in rows if row.person}


def make_firms(cast: Cast) -> Firms:
    """Register the two; the officer 何 is paired with the lamps."""
    tea = Particulars(
        name="安徽立夏茶业有限公司",
        township=cast.township,
        uscc=TEA_CODE,
        industry="1530",
        size=Size.SMALL,
        contact_name="夏青",
        contact_phone=TEA_CONTACT,
        address="油坊店乡街道18号",
    )
    lamps = Particulars(
        name="皖西灯饰制造有限公司",
        township=cast.park,
        uscc=LAMPS_CODE,
        industry="3872",
        size=Size.MEDIUM,
        contact_name="丁明",
        contact_phone="0564-7350099",
    )
    firms = Firms(
        cast,
        tea=register_enterprise(tea, county=cast.county, by=None, at=NOW),
        lamps=register_enterprise(lamps, county=cast.county, by=None, at=NOW),
    )
    tie(firms.lamps, cast.he, TieKind.PAIRING, by=None, at=NOW)
    return firms


@pytest.fixture
def firms(cast: Cast) -> Firms:
    """Two enterprises of 金寨县."""
    return make_firms(cast)


@pytest.fixture
def other_firms(other_cast: Cast) -> Firms:
    """The same two in 霍山县: names, codes and phones collide."""
    return make_firms(other_cast)
