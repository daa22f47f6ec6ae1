"""作风反映 on the desk: a list that turns, and what could not be done is said."""

from __future__ import annotations

import pytest
from django.test import Client

from qifu.conduct.actions import complain, take_up
from qifu.conduct.models import Complaint
from qifu.journal.models import Event
from qifu.kernel.clock import now
from qifu.notices.models import Notice, State
from tests.cast import COUNTY, Cast
from tests.story import lay_rules
from tests.web.portal.reading import queries_at_most


@pytest.fixture
def feng(cast: Cast) -> Client:
    lay_rules(COUNTY)
    client = Client()
    client.force_login(cast.feng)
    return client


def said(cast: Cast, times: int = 1) -> list[Complaint]:
    return [complain(cast.labour, f"推了{n}次", by=cast.boss, at=now()) for n in range(times)]


def test_nothing_said_yet_is_said(feng: Client) -> None:
    assert "没有待受理的作风反映" in feng.get("/desk/conduct/").content.decode()


def test_every_row_is_on_exactly_one_page_and_costs_no_query(cast: Cast, feng: Client) -> None:
    rows = said(cast, 27)

    first = feng.get("/desk/conduct/")
    second = feng.get(first.context["pager"].after_url.replace("?", "/desk/conduct/?"))

    shown = [row["number"] for page in (first, second) for row in page.context["rows"]]
    assert shown == [row.number for row in reversed(rows)]
    with queries_at_most(8):
        feng.get("/desk/conduct/")


def test_opening_one_is_written_down_and_listing_is_not(cast: Cast, feng: Client) -> None:
    (row,) = said(cast)
    feng.get("/desk/conduct/")
    read = Event.objects.in_county(COUNTY).filter(kind="conduct.read")
    assert not read.exists()

    feng.get(f"/desk/conduct/{row.number}/")

    assert read.get().actor == cast.feng.pk


def test_whoever_was_slower_reads_how_it_stands(cast: Cast, feng: Client) -> None:
    (row,) = said(cast)
    take_up(row, by=cast.feng, at=now())

    answer = feng.post(f"/desk/conduct/{row.number}/acceptances/", {"words": "已在核实"})

    assert answer.status_code == 409
    assert "已受理" in answer.content.decode()


def test_the_list_of_what_could_not_be_sent_is_without_it(cast: Cast, feng: Client) -> None:
    said(cast)
    Notice.objects.in_county(COUNTY).update(state=State.FAILED)
    zhou = Client()
    zhou.force_login(cast.zhou)

    assert "没有发送失败的通知" in zhou.get("/desk/notices/").content.decode()
    # Nor does asking for one by its name tell that it is there.
    told = Notice.objects.in_county(COUNTY).get(kind="CONDUCT")
    assert zhou.post("/desk/notices/retries/", {"notice": told.dedup}).status_code == 404
