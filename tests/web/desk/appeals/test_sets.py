"""Whoever looks: list, search, export and the cases themselves show the same set."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from qifu.appeals.actions import lodging
from qifu.appeals.models import Appeal
from qifu.appeals.rules import Channel
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import User
from tests.cast import PEOPLE, Cast
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf

NUMBER = re.compile(r'href="/desk/appeals/(\d{4}-\d{4,})/"')
KEEPERS = ("sys", "sec", "auditor")


def told(story: Story) -> None:
    """Tell a case for every way in which somebody may come to see one."""
    cast = story.cast
    for _ in range(3):
        story.submitted()
    story.submitted().accepted().dispatched()
    story.submitted().accepted().dispatched(cast.labour).signed()
    story.submitted().accepted().dispatched(lead=cast.labour)
    for unit, by in ((cast.township, cast.qian), (cast.park, cast.fan), (cast.finance, cast.zhu)):
        said = story.said(channel=Channel.VISIT)
        lodging.register(said, unit=unit, by=by, at=story.at)


def listed(client: Client, path: str) -> set[str]:
    found: set[str] = set()
    while path:
        page = client.get(path).content.decode()
        found |= set(NUMBER.findall(page))
        more = re.search(r'href="(\?[^"]*after=[^"]*)" rel="next"', page)
        path = "/desk/appeals/" + more[1].replace("&amp;", "&") if more else ""
    return found


def exported(client: Client, query: str = "") -> set[str]:
    answer = client.post(f"/desk/appeals/export/{query}")
    if answer.status_code == 403:
        return set()
    assert answer.status_code == 200
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    return {row[0].value for row in book["诉求清单"].iter_rows(min_row=2)}


def opened(client: Client, numbers: set[str]) -> set[str]:
    return {n for n in numbers if client.get(f"/desk/appeals/{n}/").status_code == 200}


def allowed(user: User) -> set[str]:
    rows = Appeal.objects.visible_to(user, local_date(now()))
    return set(rows.values_list("number", flat=True))


@pytest.fixture
def county(story: Story, other_story: Story) -> Cast:
    told(story)
    told(other_story)
    # The neighbour's numbers go further, so that some are in one county only.
    for _ in range(3):
        other_story.submitted()
    return story.cast


def test_the_sets_are_equal_for_every_role(county: Cast, seat: SeatOf) -> None:
    every = set(Appeal.objects.across_counties("a test").values_list("number", flat=True))

    for login in PEOPLE:
        user: User = getattr(county, login)
        client, mine = seat(user), allowed(user)
        assert listed(client, "/desk/appeals/") == mine, login
        assert listed(client, "/desk/appeals/?q=流动资金") == mine, login
        assert exported(client) == mine, login
        # The neighbour's numbers that are ours as well open ours; the others are not there.
        assert opened(client, every) == mine, login
        assert bool(mine) != (login in (*KEEPERS, "he")), login


def test_conditions_hold_for_the_export_as_for_the_list(county: Cast, seat: SeatOf) -> None:
    zhou = seat(county.zhou)

    for query in ("?state=SUBMITTED", "?channel=VISIT", "?unit=jinrongban&lamp=soon", "?q=2026"):
        assert exported(zhou, query) == listed(zhou, f"/desk/appeals/{query}"), query


def test_a_search_finds_by_number_enterprise_and_words(county: Cast, seat: SeatOf) -> None:
    zhou = seat(county.zhou)
    number = sorted(allowed(county.zhou))[0]

    assert listed(zhou, f"/desk/appeals/?q={number}") == {number}
    assert listed(zhou, "/desk/appeals/?q=立夏茶业") == allowed(county.zhou)
    assert listed(zhou, "/desk/appeals/?q=%25") == set()
