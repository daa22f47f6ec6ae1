"""List, page, search, export and policy show each person one and the same set of cases."""

from __future__ import annotations

import logging
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from qifu.appeals.models import Appeal, Assignment, Confidentiality, Viewer
from qifu.enterprises.models import Binding, Tie
from qifu.enterprises.sight import SEES_ALL, SEES_UNIT
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import User
from tests.cast import Cast
from tests.contracts.crowd import WORD, Crowd

# In the county of those who ask, and beside it: none of these is theirs.
OURS, THERE = 325, 1000
# One of every post tries a thousand cases that are not his; colleagues of theirs some.
TRIED, TRIED_BY_COLLEAGUES = 1000, 50
# Of his own, each opens so many.
OPENED = 40
POSTS = (
    "zhou", "zheng", "zhu", "sys", "boss", "wu", "xu", "he", "wang", "chen", "feng", "sec",
    "auditor",
)  # fmt: skip
COLLEAGUES = ("li", "zhao", "qian", "sun", "fan", "clerk", "outsider")
EVERYBODY = (*POSTS, *COLLEAGUES)
GIVEN_UP = {"TAKEN_BACK", "HANDED_UP", "TAKEN_OVER", "RETURNED", "CALLED_OFF"}
NEXT = re.compile(r'href="([^"]+)" rel="next"')


@pytest.fixture
def crowds(cast: Cast, other_cast: Cast) -> tuple[Crowd, Crowd]:
    """Two counties full of cases, whose people, units and firms have the same names."""
    return Crowd(cast, OURS, first=1001), Crowd(other_cast, THERE, first=5001)


@pytest.fixture
def hurried(settings: Any) -> Iterator[None]:
    """Spare each of many thousand requests its session's query and its line in the log."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    log = logging.getLogger("django.request")
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("roles", [EVERYBODY[::2], EVERYBODY[1::2]])
def test_everybody_sees_one_and_the_same_set_everywhere(
    crowds: tuple[Crowd, Crowd], roles: tuple[str, ...]
) -> None:
    ours, there = (_numbers(crowd) for crowd in crowds)
    # A number that a case of ours had before it was confided leads whoever may see it there.
    there -= _former(crowds[0])
    draw, wrong = random.Random(251), []
    for role in roles:
        user = getattr(crowds[0].cast, role)
        mine = {row.number for row in Appeal.objects.visible_to(user, local_date(now()))}
        assert mine == _by_hand(user), role
        tried = TRIED_BY_COLLEAGUES if role in COLLEAGUES else TRIED
        foreign = draw.sample(sorted((ours | there) - mine), tried)
        opened = draw.sample(sorted(mine), min(OPENED, len(mine)))
        wrong += [f"{role} {what}" for what in _differences(user, mine, {*foreign, *opened})]

    assert wrong == []


def _numbers(crowd: Crowd) -> set[str]:
    rows = Appeal.objects.in_county(crowd.county).values_list("number", flat=True)
    return set(rows)


def _former(crowd: Crowd) -> set[str]:
    rows = Confidentiality.objects.in_county(crowd.county).values_list("old_number", flat=True)
    return set(rows)


def _differences(user: User, mine: set[str], tried: set[str]) -> Iterator[str]:
    """Name each way in which somebody would see another set than his own."""
    client = Client()
    client.force_login(user)
    staff = user.is_staff_person
    listed = _listed(client, "/desk/appeals/?" if staff else "/appeals/?")
    yield from _compared("list", listed, mine)
    if staff:
        # What oversight has to open first is found by its number, not by its words.
        masked = _confidential(user.county) if user.reach.has("SUPERVISOR") else set()
        found = _listed(client, f"/desk/appeals/?q={WORD}&")
        yield from _compared("search", found, mine - masked)
        # What is confidential does not leave the house.
        yield from _compared("export", _exported(client), mine - _confidential(user.county))
    base = "/desk/appeals" if staff else "/appeals"
    for number in sorted(tried):
        status = client.get(f"{base}/{number}/").status_code
        if status != (200 if number in mine else 404):
            yield f"page {number} {status}"


def _compared(what: str, shown: Counter[str] | None, mine: set[str]) -> Iterator[str]:
    if shown is None:
        # Who keeps the system takes nothing out, and has nothing.
        if mine:
            yield f"{what} refused"
        return
    for number in sorted(set(shown) ^ mine):
        yield f"{what} {number}"
    for number, times in shown.items():
        if times > 1:
            yield f"{what} {number} {times} times"


def _listed(client: Client, path: str) -> Counter[str]:
    """Turn a list over to its end."""
    shown: Counter[str] = Counter()
    base = path.partition("?")[0]
    title = re.compile(
        rf'class="row-title[^"]*"[^>]*href="{base}(\d{{4}}-\d+)/|href="{base}(\d{{4}}-\d+)/"[^>]*class="row-title'
    )
    while path:
        page = client.get(path).content.decode()
        shown.update(first or second for first, second in title.findall(page))
        following = NEXT.search(page)
        path = base + following[1].replace("&amp;", "&") if following else ""
    return shown


def _exported(client: Client) -> Counter[str] | None:
    answer = client.post("/desk/appeals/export/")
    if answer.status_code == 403:
        return None
    rows = load_workbook(BytesIO(b"".join(answer)), read_only=True).worksheets[0]
    return Counter(str(row[0]) for row in rows.iter_rows(min_row=2, values_only=True))


def _by_hand(user: User) -> set[str]:
    """Work out from the facts alone, case by case, what the person may see."""
    sees = _staff_facts(user) if user.is_staff_person else _person_facts(user)
    return {case.number for case in Appeal.objects.in_county(user.county) if case.pk in sees}


def _confidential(county: str) -> set[str]:
    cases = Appeal.objects.in_county(county)
    return {case.number for case in cases if case.confidential}


def _confided(user: User) -> set[int]:
    """Return the cases of which somebody leads the LEAD, or has them in hand."""
    posts = user.reach.posts
    own = {unit for post in posts for unit in (post.unit, *post.absorbed)}
    led = {
        unit
        for post in posts
        if post.kind == "RESPONSIBLE_LEADER"
        for unit in (post.unit, *post.absorbed)
    }
    return {
        part.appeal_id
        for part in Assignment.objects.in_county(user.county)
        if part.role == "LEAD"
        and part.state not in GIVEN_UP
        and (part.unit_id in led or (part.handler_id == user.pk and part.unit_id in own))
    }


def _staff_facts(user: User) -> set[int]:
    county, today = user.county, local_date(now())
    cases = list(Appeal.objects.in_county(county))
    if user.reach.roles & {"OFFICE_DIRECTOR", "SUPERVISOR"}:
        return {case.pk for case in cases}
    secret = {case.pk for case in cases if case.confidential}
    viewers = Viewer.objects.in_county(county).filter(user=user)
    named = {v.appeal_id for v in viewers if v.valid_to is None or v.valid_to >= today}
    return (_common_facts(user, cases, today) - secret) | named | (_confided(user) & secret)


def _common_facts(user: User, cases: list[Appeal], today: date) -> set[int]:
    county = user.county
    if user.reach.roles & set(SEES_ALL):
        return {case.pk for case in cases}
    units = {
        unit
        for post in user.reach.posts
        if post.kind in SEES_UNIT
        for unit in (post.unit, *post.absorbed)
    }
    parts = Assignment.objects.in_county(county)
    sees = {p.appeal_id for p in parts if p.unit_id in units and p.state != "TAKEN_BACK"}
    ties = [tie for tie in Tie.objects.in_county(county) if _holds(tie, today)]
    firms = {tie.enterprise_id for tie in ties if tie.user_id == user.pk or tie.unit_id in units}
    return sees | {c.pk for c in cases if c.lodged_at_id in units or c.enterprise_id in firms}


def _person_facts(user: User) -> set[int]:
    today = local_date(now())
    bindings = Binding.objects.in_county(user.county).filter(person=user, state="ACTIVE")
    firms = {binding.enterprise_id for binding in bindings if _holds(binding, today)}
    cases = Appeal.objects.in_county(user.county)
    return {
        c.pk
        for c in cases
        if c.submitted_by_id == user.pk or (c.enterprise_id in firms and not c.confidential)
    }


def _holds(row: Any, today: Any) -> bool:
    begun = row.valid_from is not None and row.valid_from <= today
    return begun and (row.valid_to is None or row.valid_to > today)
