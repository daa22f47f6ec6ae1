"""A county in which six things happened, and another with the same names."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from qifu.journal.deed import deed
from qifu.journal.models import Text
from qifu.kernel.clock import SHANGHAI
from qifu.organisations.models import Post, PostKind, Unit, UnitKind, User, UserKind

COUNTY = "341524"
OTHER_COUNTY = "341525"
# A Tuesday.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)


def a_unit(code: str) -> Unit:
    """A township, not stored."""
    return Unit(
        code=code,
        name=f"流波䃥镇{code}",
        short_name=code,
        kind=UnitKind.TOWNSHIP,
        valid_from=date(2018, 1, 1),
    )


def found(code: str, county: str = COUNTY, *, at: datetime = NOW, key: str = "") -> Unit:
    """Let a unit be founded: one deed, one row, one text."""
    with deed("unit.founded", county=county, by=None, at=at, key=key) as work:
        work.text("founding", f"{code}的来历：<b>😀</b>'; DROP TABLE", heading="来历")
        unit = work.add(a_unit(code))
        work.about(unit)
        work.note(code=code, days=3)
    return unit


@pytest.fixture
def six_events(tmp_path: object) -> list[Unit]:
    """Six events of one county, and two of another whose names collide with them."""
    found("t1", OTHER_COUNTY)
    units = [found(f"t{number}", at=NOW + timedelta(minutes=number)) for number in range(1, 7)]
    found("t2", OTHER_COUNTY)
    return units


@pytest.fixture
def officer() -> User:
    """The county's security administrator."""
    return an_officer(COUNTY, PostKind.SEC_ADMIN)


def an_officer(county: str, *kinds: PostKind) -> User:
    """A person with these posts in an office of the county."""
    with deed("cast.made", county=county, by=None, at=NOW) as work:
        office = work.add(a_unit(f"office-{len(kinds)}"))
        user = work.add(
            User(kind=UserKind.STAFF, login=f"user-{office.pk}", name="周安全", created_at=NOW)
        )
        for kind in kinds:
            work.add(Post(unit=office, user=user, kind=kind, valid_from=date(2018, 1, 1)))
    return user


def texts() -> list[Text]:
    """The county's texts, the oldest first."""
    return list(Text.objects.in_county(COUNTY).order_by("made_at", "pk"))
