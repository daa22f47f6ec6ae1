"""A small county with two places, its people and two firms, all of them fictional."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from qifu.enterprises import uscc
from qifu.enterprises.actions import (
    Particulars,
    bind_by_phone,
    invite,
    register_enterprise,
    tie,
)
from qifu.enterprises.models import Binding, Enterprise, TieKind
from qifu.journal.deed import deed
from qifu.kernel.clock import SHANGHAI
from qifu.organisations.models import County, Post, PostKind, Unit, UnitKind, User, UserKind

COUNTY = "341524"
OTHER_COUNTY = "341525"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()

TEA_CONTACT = "13900000201"
TEA_CODE = uscc.complete("91341524MA8TEA001")
LAMPS_CODE = uscc.complete("91341524MA8DENG01")


@dataclass
class Place:
    """Everything of one county that a test may need."""

    county: str
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    tea: Enterprise = field(init=False)
    lamps: Enterprise = field(init=False)

    def speaking_for_tea(self) -> dict[str, str]:
        """Return phone and role of everybody who speaks for the tea firm."""
        rows = Binding.objects.in_county(self.county).in_force(TODAY).filter(enterprise=self.tea)
        return {row.person.phone: row.role for row in rows.select_related("person") if row.person}

    def bound_to_tea(self, phone: str) -> Binding:
        """Invite the phone to the tea firm and sign it in."""
        invite(self.tea, phone, by=self.people["office"], at=NOW)
        (binding,) = bind_by_phone(self.person(phone), at=NOW)
        return binding

    def person(self, phone: str, name: str = "") -> User:
        """Return a new person of some enterprise, signed in by phone."""
        user = User(kind=UserKind.ENTERPRISE, phone=phone, name=name, created_at=NOW, password="!")
        with deed("test.laid", county=self.county, by=None, at=NOW) as work:
            return work.add(user)


def lay(county: str = COUNTY) -> Place:
    """Lay the county; the same names, logins, codes and numbers in each."""
    County.objects.create(
        county=county,
        code=county,
        name="金寨县",
        short_name="金寨",
        programme="“四送一服”",
        platform="金寨企服",
        office_name="县“四送一服”办公室",
        office_phone="0564-7350000",
        banner="本系统为非涉密系统，严禁上传涉密信息",
        footer="金寨县人民政府",
    )
    place = Place(county)
    with deed("test.laid", county=county, by=None, at=NOW) as work:
        for code, name, kind in (
            ("office", "县四送一服办", UnitKind.OFFICE),
            ("youfangdian", "油坊店乡", UnitKind.TOWNSHIP),
            ("park", "产业园区", UnitKind.PARK),
            ("finance", "县金融办", UnitKind.DEPARTMENT),
        ):
            place.units[code] = work.add(
                Unit(
                    code=code,
                    name=name,
                    short_name=name,
                    kind=kind,
                    valid_from=date(2018, 1, 1),
                )
            )
        for login, unit, post in (
            ("office", "office", PostKind.OFFICE_OPERATOR),
            ("leader", "office", PostKind.COUNTY_LEADER),
            ("inspector", "office", PostKind.SUPERVISOR),
            ("township", "youfangdian", PostKind.LIAISON),
            ("finance", "finance", PostKind.LIAISON),
            ("officer", "finance", PostKind.PAIRED_OFFICER),
            ("system", "office", PostKind.SYS_ADMIN),
        ):
            user = work.add(
                User(
                    kind=UserKind.STAFF,
                    login=login,
                    name="某某",
                    phone=f"138000001{len(place.people):02}",
                    created_at=NOW,
                    password="!",
                )
            )
            work.add(
                Post(unit=place.units[unit], user=user, kind=post, valid_from=date(2018, 1, 1))
            )
            place.people[login] = user
    _register(place)
    return place


def _register(place: Place) -> None:
    place.tea = register_enterprise(
        Particulars(
            name="安徽立夏茶业有限公司",
            township=place.units["youfangdian"],
            uscc=TEA_CODE,
            industry="1530",
            size="SMALL",
            contact_name="夏某",
            contact_phone=TEA_CONTACT,
        ),
        county=place.county,
        by=None,
        at=NOW,
    )
    place.lamps = register_enterprise(
        Particulars(
            name="皖西灯饰制造有限公司",
            township=place.units["park"],
            uscc=LAMPS_CODE,
        ),
        county=place.county,
        by=None,
        at=NOW,
    )
    tie(place.lamps, place.people["officer"], TieKind.PAIRING, by=None, at=NOW)
