"""The cases that are lived through the real actions; the copies are made from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from operator import itemgetter
from typing import Any

from django.contrib.auth.hashers import make_password

from qifu.appeals.actions.rating import close_unrated
from qifu.appeals.models import Category
from qifu.demo.bends import People
from qifu.demo.firms import make_firms
from qifu.demo.people import make_people
from qifu.demo.roads import Tale
from qifu.enterprises.actions.registering import Particulars
from qifu.enterprises.models import Enterprise
from qifu.journal.deed import deed
from qifu.notices import outbox
from qifu.notices.ports import MailboxPort
from qifu.organisations.models import Post, PostKind, Unit, User, UserKind
from qifu.workdays.almanac import current

# Every one is lived once, on its way to an end or waiting at a step.
ENDED = ("rated", "rated", "unrated", "local_rated", "declined")
OPEN = (
    "submitted",
    "accepted",
    "dispatched",
    "handling",
    "handling",
    "approval",
    "review",
    "to_evaluate",
    "local",
)
# An ended case has to be over with all its days; an open one began lately.
ENDED_AGO = 30
OPEN_AGO = 3
DAYS = 75
# The messages are looked at after so many steps.
SWEPT = 5


@dataclass(frozen=True)
class Firm:
    """An enterprise of whose cases there are copies, and who speaks for it."""

    pk: int
    township: int
    name: str
    contact: str
    phone: str
    person: int


def live(county: str, *, now: datetime, words: Iterator[str], kinds: int | None = None) -> None:
    """Make the people and enterprises, and live one ended and one open case of every kind."""
    began = now - timedelta(days=DAYS)
    accounts = make_people(county, began)
    firms = make_firms(county, accounts["hebaolian"], began)
    persons = _persons(county, list(firms.values()), began)
    people = _cast(county, accounts, persons)
    rows = list(_rows(county, list(firms), words, kinds))
    tales = [
        Tale(county, row, firms[row["firm"]], people, current(county), now, place % 60)
        for place, row in enumerate(rows)
    ]
    steps = [(*step, place) for place, tale in enumerate(tales) for step in tale.steps()]
    port = MailboxPort()
    for place, (at, do, _) in enumerate(sorted(steps, key=itemgetter(0, 2))):
        if place % SWEPT == 0:
            outbox.sweep(at=at, port=port)
        do(at)
    close_unrated(county, at=now)
    while outbox.sweep(at=now, port=port):
        pass


def more_firms(county: str, count: int, *, at: datetime) -> list[Firm]:
    """Register further enterprises, each with somebody who speaks for it; return all there are."""
    townships = list(
        Unit.objects.in_county(county)
        .filter(pk__in=Enterprise.objects.in_county(county).values("township"))
        .order_by("pk")
    )
    known = Enterprise.objects.in_county(county).count()
    for first in range(known, known + count, 200):
        wanted = range(first, min(first + 200, known + count))
        with deed("demo.enterprises", county=county, by=None, at=at) as work:
            made = work.add_all(
                [
                    Enterprise(registered_at=at, **_particulars(place, townships).columns())
                    for place in wanted
                ]
            )
        _persons(county, made, at)
    return _firms(county)


def _firms(county: str) -> list[Firm]:
    people = User.objects.in_county(county).enterprise_persons()
    persons = {user.phone: user.pk for user in people}
    rows = Enterprise.objects.in_county(county).order_by("pk")
    return [
        Firm(
            row.pk,
            row.township_id,
            row.name,
            row.contact_name,
            row.contact_phone,
            persons[row.contact_phone],
        )
        for row in rows
    ]


FIRST = "青云白鹤金桥东溪南岭北坡长山清水丰年和顺永康"
TRADE = ("茶业", "木器", "灯饰", "药材", "石材", "食品", "纺织", "电子", "建材", "物流", "农机")


def _particulars(place: int, townships: list[Unit]) -> Particulars:
    name = FIRST[place * 2 % len(FIRST) :][:2] + FIRST[place // 11 * 2 % len(FIRST) :][:2]
    trade = TRADE[place % len(TRADE)]
    return Particulars(
        name=f"金寨{name}{place}{trade}有限公司",
        short_name=f"{name}{place}{trade}",
        township=townships[place % len(townships)],
        industry="13",
        contact_name=f"{FIRST[place % len(FIRST)]}经理",
        contact_phone=f"1371{place:07d}",
    )


def _persons(county: str, firms: list[Enterprise], at: datetime) -> dict[str, User]:
    nobody = make_password(None)
    with deed("demo.persons", county=county, by=None, at=at) as work:
        made = work.add_all(
            [
                User(
                    kind=UserKind.ENTERPRISE,
                    phone=firm.contact_phone,
                    name=firm.contact_name,
                    password=nobody,
                    created_at=at,
                )
                for firm in firms
            ]
        )
    return {user.phone: user for user in made}


def _cast(county: str, accounts: dict[str, User], persons: dict[str, User]) -> People:
    held: dict[str, dict[int, User]] = {PostKind.LIAISON: {}, PostKind.RESPONSIBLE_LEADER: {}}
    posts = Post.objects.in_county(county).filter(kind__in=held).select_related("user")
    for post in posts:
        held[post.kind][post.unit_id] = post.user
    return People(
        office=accounts["zhoumin"],
        reviewer=accounts["wushen"],
        caller=accounts["xulan"],
        liaisons=held[PostKind.LIAISON],
        leaders=held[PostKind.RESPONSIBLE_LEADER],
        persons=persons,
    )


def _rows(
    county: str, firms: list[str], words: Iterator[str], kinds: int | None
) -> Iterator[dict[str, Any]]:
    leaves = Category.objects.in_county(county).exclude(parent=None).order_by("order", "pk")
    ended, waiting, names = cycle(ENDED), cycle(OPEN), cycle(firms)
    for code in islice(leaves.values_list("code", flat=True), kinds):
        for road, ago in ((next(ended), ENDED_AGO), (next(waiting), OPEN_AGO)):
            yield {
                "firm": next(names),
                "category": code,
                "ago": ago,
                "road": road,
                "problem": next(words),
                "answer": "已当面对接，12月1日前办妥，联系人李文静，0564-7350018。",
                "grade": 4,
                "reason": "NOT_ENTERPRISE",
            }
