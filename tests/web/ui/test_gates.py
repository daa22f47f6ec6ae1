"""Who comes through which gate, and where everybody else is led."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from qifu.journal.deed import deed
from qifu.organisations.models import User
from qifu.web.ui.gates import Gate
from tests.cast import NOW, Cast
from tests.web.ui import doors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/staff/7/?page=2"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_staff_come_to_the_desk(cast: Cast) -> None:
    answer = signed_in(cast.zhou).get("/desk/staff/JZ2026-0001/")

    assert answer.content.decode() == "周敏 JZ2026-0001"


@pytest.mark.parametrize(
    ("url", "door"),
    [
        ("/desk/staff/7/?page=2", "/desk/sign-in/?next=%2Fdesk%2Fstaff%2F7%2F%3Fpage%3D2"),
        ("/desk/office/", "/desk/sign-in/?next=%2Fdesk%2Foffice%2F"),
        ("/person/", "/sign-in/?next=%2Fperson%2F"),
    ],
)
def test_a_stranger_is_led_to_the_right_door_and_back(
    cast: Cast, client: Client, url: str, door: str
) -> None:
    answer = client.get(url)

    assert (answer.status_code, answer["Location"]) == (302, door)


def test_after_a_post_the_way_back_is_the_page_it_was_on(cast: Cast, client: Client) -> None:
    def location(referer: str) -> str:
        answer = client.post("/desk/staff/7/", headers={"Referer": referer})
        return str(answer["Location"])

    assert location("http://testserver/who/?a=1") == "/desk/sign-in/?next=%2Fwho%2F%3Fa%3D1"
    assert location("http://elsewhere.cn/who/") == "/desk/sign-in/"


def test_htmx_leads_the_whole_page_to_the_door(cast: Cast, client: Client) -> None:
    answer = client.get("/desk/office/", headers=HTMX)

    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/desk/sign-in/?next=%2Fdesk%2Fstaff%2F7%2F%3Fpage%3D2"


def test_the_wrong_kind_of_account_finds_nothing(cast: Cast) -> None:
    assert signed_in(cast.boss).get("/desk/staff/7/").status_code == 404
    assert signed_in(cast.boss).get("/desk/password/").status_code == 404
    assert signed_in(cast.zhou).get("/person/").status_code == 404
    assert signed_in(cast.boss).get("/person/").status_code == 200


def test_a_page_for_some_posts_is_not_there_for_others(cast: Cast) -> None:
    assert signed_in(cast.wu).get("/desk/office/").status_code == 200
    assert signed_in(cast.wang).get("/desk/office/").status_code == 200
    assert signed_in(cast.zhou).get("/desk/office/").status_code == 404
    assert signed_in(cast.sys).get("/desk/office/").status_code == 404


def test_somebody_with_a_first_password_chooses_his_own_before_anything_else(cast: Cast) -> None:
    with deed("account.reset", county=cast.county, by=None, at=NOW) as work:
        work.change(cast.zhou, must_change_password=True)
    client = signed_in(cast.zhou)

    assert client.get("/desk/staff/7/")["Location"] == "/desk/password/"
    assert client.get("/desk/password/").status_code == 200


def test_an_account_that_was_closed_is_a_stranger(cast: Cast) -> None:
    client = signed_in(cast.zhou)
    with deed("account.closed", county=cast.county, by=None, at=NOW) as work:
        work.change(cast.zhou, is_active=False)

    assert client.get("/desk/staff/7/").status_code == 302


def test_a_demonstration_page_is_on_a_demonstration_only(
    cast: Cast, client: Client, settings: Settings
) -> None:
    assert client.get("/demo/").status_code == 200
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404


@pytest.mark.parametrize(
    ("view", "gate"),
    [
        (doors.who, Gate("anyone")),
        (doors.staff, Gate("staff")),
        (doors.office, Gate("staff", frozenset({"OFFICE_REVIEWER", "OFFICE_DIRECTOR"}))),
        (doors.password, Gate("staff")),
        (doors.person, Gate("person")),
        (doors.demo, Gate("demo")),
    ],
)
def test_a_view_says_which_gate_it_wears(view: Any, gate: Gate) -> None:
    assert view.gate == gate
