"""The county in a box: a few units and the people that every test knows.

`cast` is 金寨县, `other_cast` is 霍山县 beside it in the same database. Names, logins,
codes and phones of the two are the same on purpose: whatever forgets the county mixes
them up and is found out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from qifu.kernel.clock import SHANGHAI
from qifu.organisations.models import County, Post, PostKind, Unit, UnitKind, User, UserKind

COUNTY = "341524"
OTHER_COUNTY = "341525"
# A Tuesday; the day on which most tests play.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
BEGINNING = date(2018, 9, 28)
PASSWORD = "shan-gao-lu-yuan-8"

UNITS = {
    "office": ("xianban", UnitKind.OFFICE, "县“四送一服”办公室"),
    "government": ("xianzhengfu", UnitKind.GOVERNMENT, "县政府"),
    "oversight": ("jianwei", UnitKind.OVERSIGHT, "县监委"),
    "finance": ("jinrongban", UnitKind.DEPARTMENT, "县金融办"),
    "labour": ("renshe", UnitKind.DEPARTMENT, "县人社局"),
    "township": ("341524202", UnitKind.TOWNSHIP, "油坊店乡"),
    "park": ("341524400", UnitKind.PARK, "产业园区"),
}
PEOPLE = {
    "wang": ("王主任", "office", PostKind.OFFICE_DIRECTOR),
    "zhou": ("周敏", "office", PostKind.OFFICE_OPERATOR),
    "wu": ("吴审", "office", PostKind.OFFICE_REVIEWER),
    "xu": ("许干事", "office", PostKind.OFFICE_CALLBACK),
    "zheng": ("郑书记", "government", PostKind.COUNTY_LEADER),
    "feng": ("冯监察", "oversight", PostKind.SUPERVISOR),
    "chen": ("陈局", "finance", PostKind.RESPONSIBLE_LEADER),
    "zhu": ("朱科长", "finance", PostKind.LIAISON),
    "he": ("何干部", "finance", PostKind.PAIRED_OFFICER),
    "zhao": ("赵局", "labour", PostKind.RESPONSIBLE_LEADER),
    "li": ("李干事", "labour", PostKind.LIAISON),
    "sun": ("孙乡长", "township", PostKind.RESPONSIBLE_LEADER),
    "qian": ("钱专干", "township", PostKind.LIAISON),
    "tang": ("唐主任", "park", PostKind.RESPONSIBLE_LEADER),
    "fan": ("范专干", "park", PostKind.LIAISON),
    "sys": ("系统管理员", "office", PostKind.SYS_ADMIN),
    "sec": ("安全管理员", "office", PostKind.SEC_ADMIN),
    "auditor": ("审计管理员", "office", PostKind.AUDITOR),
}
# Persons of enterprises have a phone and no login; which enterprise is a binding's matter.
PERSONS = {"boss": "13900000001", "clerk": "13900000002", "outsider": "13900000003"}


@dataclass
class Cast:
    """Who is who in one county."""

    county: str

    office: Unit
    government: Unit
    oversight: Unit
    finance: Unit
    labour: Unit
    township: Unit
    park: Unit

    wang: User
    zhou: User
    wu: User
    xu: User
    zheng: User
    feng: User
    chen: User
    zhu: User
    he: User
    zhao: User
    li: User
    sun: User
    qian: User
    tang: User
    fan: User
    sys: User
    sec: User
    auditor: User

    boss: User
    clerk: User
    outsider: User

    def post(self, user: User) -> Post:
        """Return the one post that somebody has from the beginning."""
        return Post.objects.in_county(self.county).get(user=user, valid_from=BEGINNING)

    def relieved(self, user: User) -> User:
        """Take the one post away, so that the account can be closed."""
        posts = Post.objects.in_county(self.county).filter(user=user)
        posts.update(valid_to=BEGINNING)
        return user


def make_cast(county: str, name: str) -> Cast:
    """Make the county with four statements."""
    County.objects.create(
        county=county,
        code=county,
        name=name,
        short_name=name.removesuffix("县"),
        programme="“四送一服”双千工程",
        platform="企服",
        office_name="县“四送一服”办公室",
        office_phone="0564-7350000",
        banner="本系统为非涉密系统，严禁上传涉密信息",
        footer=f"主办：{name}“四送一服”双千工程领导小组办公室",
        hosts=[f"{county}.example.cn"],
        demo=True,
    )
    units = dict(zip(UNITS, Unit.objects.bulk_create(_units(county)), strict=True))
    people = dict(zip([*PEOPLE, *PERSONS], User.objects.bulk_create(_users(county)), strict=True))
    Post.objects.bulk_create(
        Post(county=county, unit=units[unit], user=people[login], kind=kind, valid_from=BEGINNING)
        for login, (_, unit, kind) in PEOPLE.items()
    )
    everybody: dict[str, Any] = {**units, **people}
    return Cast(county, **everybody)


def _units(county: str) -> list[Unit]:
    return [
        Unit(
            county=county,
            code=code,
            kind=kind,
            name=short_name,
            short_name=short_name,
            valid_from=BEGINNING,
            phone=f"0564-735{place:04}",
            assessed=kind in {UnitKind.DEPARTMENT, UnitKind.TOWNSHIP, UnitKind.PARK},
        )
        for place, (code, kind, short_name) in enumerate(UNITS.values())
    ]


def _users(county: str) -> list[User]:
    password, none = make_password(PASSWORD), make_password(None)
    began = datetime(2018, 9, 28, tzinfo=SHANGHAI)
    staff = [
        User(
            county=county,
            kind=UserKind.STAFF,
            login=login,
            name=name,
            phone=f"138000000{place:02}",
            password=password,
            created_at=began,
        )
        for place, (login, (name, _, _)) in enumerate(PEOPLE.items())
    ]
    persons = [
        User(
            county=county,
            kind=UserKind.ENTERPRISE,
            phone=phone,
            password=none,
            created_at=began,
        )
        for phone in PERSONS.values()
    ]
    return [*staff, *persons]


@pytest.fixture
def cast(db: None) -> Cast:
    """金寨县, on which the tests play."""
    return make_cast(COUNTY, "金寨县")


@pytest.fixture
def other_cast(db: None) -> Cast:
    """霍山县, which must never notice."""
    return make_cast(OTHER_COUNTY, "霍山县")
