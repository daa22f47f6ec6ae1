"""What is asked of the loaded county, and by whom: the pages and steps of a working day."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice

from django.db.models import Count

from qifu.appeals.lifecycle import ENDED, State, Work
from qifu.appeals.models import Appeal, Assignment
from qifu.appeals.rules import Role
from qifu.organisations.models import Post, PostKind, Unit, User
from qifu.web.portal.drafts import Draft
from tests.bench.loading.words import COMMON, RARE
from tests.bench.measuring.browsing import Ask, session_of
from tests.bench.measuring.floors import EMPTY, TABLE

APPEALS = "/desk/appeals/"
# The unit with the most parts is asked for its list; how deep a deep page lies.
DEEP = 0.9
REPLY = {
    "outcome": "SOLVED",
    "body": "已与银行对接，12月1日前放款，联系人李文静，0564-7350018。",
    "measures": "召集银行到企业核实订单。",
    "proof": "PAYMENT",
    "evidence": "放款凭证300万元。",
}


@dataclass(frozen=True)
class Measure:
    """One row of the table: what it is called, what is asked, and what is aimed at."""

    code: str
    title: str
    asks: Callable[[], Iterator[Ask]]
    aim: str = "page"


class Staff:
    """Who asks, each signed in once."""

    def __init__(self, county: str) -> None:
        self.county = county
        self.sessions: dict[int, str] = {}
        held = Post.objects.in_county(county).select_related("user")
        self.clerk = held.filter(kind=PostKind.OFFICE_OPERATOR)[0].user
        self.liaisons = {p.unit_id: p.user for p in held.filter(kind=PostKind.LIAISON)}
        parts = Assignment.objects.in_county(county).filter(unit__in=self.liaisons)
        counted = parts.values_list("unit").annotate(many=Count("pk")).order_by("-many")
        self.unit, self.parts = counted[0]

    def session(self, user: User) -> str:
        if user.pk not in self.sessions:
            self.sessions[user.pk] = session_of(user)
        return self.sessions[user.pk]

    def clerks(self, *paths: str) -> Iterator[Ask]:
        """Ask for these pages as the office's clerk, over and over."""
        return (Ask(self.session(self.clerk), path) for path in cycle(paths))

    def units(self, *paths: str) -> Iterator[Ask]:
        """Ask for these pages as the liaison of the busiest unit."""
        liaison = self.liaisons[self.unit]
        return (Ask(self.session(liaison), path) for path in cycle(paths))


def measures(staff: Staff) -> list[Measure]:
    """Return all that is measured page by page, in the order of the table."""
    case_pages = [f"{APPEALS}{number}/" for number in _some_cases(staff.county)]
    deep = f"{APPEALS}?after={_deep(staff.county)}"
    unit = Unit.objects.in_county(staff.county).get(pk=staff.unit).short_name
    return [
        Measure("empty", "floor: empty Django view", lambda: staff.clerks(EMPTY), "floor"),
        Measure("table", "floor: session, user, 25 rows", lambda: staff.clerks(TABLE), "floor"),
        Measure("home-office", "今日, the office's counts", lambda: staff.clerks("/desk/")),
        Measure("home-unit", f"今日, {unit}", lambda: staff.units("/desk/")),
        Measure("unit", f"{unit}: all {staff.parts:,} of its cases", lambda: staff.units(APPEALS)),
        Measure("queue", f"{unit}: 办理中", lambda: staff.units("/desk/queues/handling/")),
        Measure("all", "全部诉求, all units", lambda: staff.clerks(APPEALS)),
        Measure("deep", f"the same, {DEEP:.0%} down", lambda: staff.clerks(deep)),
        Measure(
            "rare", f"search, rare: {RARE}", lambda: staff.clerks(f"{APPEALS}?q={RARE}"), "rare"
        ),
        Measure(
            "common",
            f"search, common: {COMMON}",
            lambda: staff.clerks(f"{APPEALS}?q={COMMON}"),
            "common",
        ),
        Measure("case", "the page of a case", lambda: staff.clerks(*case_pages)),
        Measure("submit", "submit (portal)", lambda: _submissions(staff.county), "step"),
        Measure("dispatch", "dispatch", lambda: _dispatches(staff), "step"),
        Measure("reply", "reply", lambda: _replies(staff), "step"),
    ]


def take(measure: Measure, count: int) -> list[Ask]:
    """Return so many requests, or as many as there are."""
    return list(islice(measure.asks(), count))


def _submissions(county: str) -> Iterator[Ask]:
    people = User.objects.in_county(county).enterprise_persons().order_by("pk")[:40]
    for person in cycle(list(people)):
        draft = Draft(
            key=uuid.uuid4().hex,
            owner=person.pk,
            problem="旺季要付货款，流动资金缺口120万元，想问有没有信用贷款的办法。希望给个准日子。",
            enterprise_name="南岭新厂",
            contact_name=person.name,
            contact_phone=person.phone,
        )
        yield Ask(session_of(person, draft), "/raise/check/", {})


def _dispatches(staff: Staff) -> Iterator[Ask]:
    cases = Appeal.objects.in_county(staff.county).filter(
        state=State.TO_DISPATCH, confidential=False
    )
    form = {"lead": Unit.objects.in_county(staff.county).get(pk=staff.unit).code}
    for number in list(cases.order_by("pk").values_list("number", flat=True)):
        yield Ask(
            staff.session(staff.clerk),
            f"{APPEALS}{number}/dispatches/",
            {**form, "nature": "GENERAL", "words": "请抓紧办理。"},
        )


def _replies(staff: Staff) -> Iterator[Ask]:
    parts = Assignment.objects.in_county(staff.county).filter(
        state=Work.HANDLING, role=Role.LEAD, unit__in=staff.liaisons, appeal__local=False
    )
    rows = parts.select_related("appeal").order_by("pk")
    for part in list(rows.filter(appeal__confidential=False)):
        liaison = staff.liaisons[part.unit_id]
        yield Ask(staff.session(liaison), f"{APPEALS}{part.appeal.number}/replies/", REPLY)


def _some_cases(county: str) -> list[str]:
    """Return numbers of cases from all over the year, most of them ended."""
    numbers = Appeal.objects.in_county(county).filter(confidential=False).order_by("pk")
    ended = numbers.filter(state__in=ENDED).values_list("number", flat=True)
    step = max(ended.count() // 40, 1)
    waiting = numbers.exclude(state__in=ENDED).values_list("number", flat=True)
    return [*ended[::step], *waiting[:10]]


def _deep(county: str) -> str:
    rows = Appeal.objects.in_county(county).filter(confidential=False)
    newest = rows.order_by("-submitted_at", "-pk").values_list("number", flat=True)
    return str(newest[int(rows.count() * DEEP)])
