"""Making the demo county: its people, its enterprises, and its cases in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import itemgetter

from django.contrib.auth.hashers import make_password

from qifu.appeals.actions.calling import Call, conclude_call
from qifu.appeals.actions.rating import close_unrated
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Callback, CallbackOutcome, Grade, Solved
from qifu.demo.bends import People
from qifu.demo.complaints import make_complaints
from qifu.demo.exclusions import make_exclusion
from qifu.demo.firms import make_firms, rows
from qifu.demo.history import OLDEST, more_cases
from qifu.demo.people import ROLES, UNFILED, make_people
from qifu.demo.roads import Step, Tale
from qifu.enterprises.models import Enterprise
from qifu.journal.deed import deed
from qifu.journal.timeline import last_at
from qifu.kernel.clock import SHANGHAI, local_date
from qifu.notices import outbox
from qifu.notices.ports import MailboxPort
from qifu.organisations.demonstration import PASSWORD
from qifu.organisations.models import Post, PostKind, User, UserKind
from qifu.workdays.almanac import current

# The county has been at work for so many days.
DAYS = 75
HEARD = Call(
    CallbackOutcome.SATISFIED,
    "问题办好了，没有别的意见。",
    contacted=True,
    solved=Solved.YES,
    grade=Grade.GOOD,
)


def seed(county: str, *, now: datetime, history: int = 0) -> int:
    """Fill the county with its fictional life and return the number of cases.

    `history` is how many cases of the year before come besides those written out.
    Cases are moved in order of time, so a filling that was interrupted is taken up where
    it stopped. A county that has been filled is left alone.
    """
    began = now - timedelta(days=OLDEST + 5 if history else DAYS)
    accounts = make_people(county, began)
    firms = make_firms(county, accounts["hebaolian"], began, more=history // 5)
    people = _cast(county, accounts, _persons(county, firms, began))
    written = rows("cases")
    # Where nobody is named yet, nobody could have answered.
    known = [name for name, firm in firms.items() if firm.township.code not in UNFILED]
    drawn = more_cases(history, written, known, local_date(now))
    tales = [
        Tale(county, row, firms[row["firm"]], people, current(county), now, place)
        for place, row in enumerate([*written, *drawn])
    ]
    told = last_at(county, "appeal.")
    steps = [(*step, tale) for tale in tales for step in tale.steps()]
    if history:
        steps += [(*step, tales[0]) for step in _evenings(county, people, began, now)]
    port = MailboxPort()
    for at, do, tale in sorted(steps, key=itemgetter(0)):
        outbox.sweep(at=at, port=port)
        if told is None or at > told or not tale.begun:
            do(at)
    # A little ago, so that what is told of them has arrived by now.
    lately = now - timedelta(minutes=10)
    make_exclusion(county, people.leaders, now=lately)
    make_complaints(county, people.persons, accounts["feng"], now=lately)
    close_unrated(county, at=now)
    while outbox.sweep(at=now, port=port):
        pass
    return len(tales)


def _evenings(county: str, people: People, began: datetime, now: datetime) -> Iterator[Step]:
    """Yield what is done of an evening, week by week: the unrated closed, the drawn called."""

    def do(at: datetime) -> None:
        rows = Callback.objects.in_county(county).filter(outcome="", appeal__state=State.CALLBACK)
        for row in rows.select_related("appeal"):
            conclude_call(row, HEARD, by=people.caller, at=at)
        close_unrated(county, at=at)

    first = began.astimezone(SHANGHAI).replace(hour=19, minute=0, second=0, microsecond=999)
    for week in range((now - first).days // 7):
        yield first + timedelta(weeks=week), do


def logins() -> str:
    """Return what the sign-in page and the terminal show of the demo's accounts."""
    shown = [f"  {PostKind(kind).label:<8}{login}" for login, _, _, kind in ROLES]
    return "\n".join(
        [
            f"工作人员（http://…/desk/，密码都是 {PASSWORD}）：",
            *shown,
            "企业（手机验证码登录，验证码在“演示信箱”里看）：",
            "  立夏茶业 13900000001",
            "  华岭光伏 13900000002",
        ]
    )


def _persons(county: str, firms: dict[str, Enterprise], at: datetime) -> dict[str, User]:
    there = {user.phone: user for user in User.objects.in_county(county).enterprise_persons()}
    if there:
        return there
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
                for firm in firms.values()
            ]
        )
    return {person.phone: person for person in made}


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
