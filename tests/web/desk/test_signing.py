"""Coming in, going out, and choosing a password."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qifu.organisations.actions.accounts import deactivate, reset_password
from qifu.organisations.models import User
from tests.cast import COUNTY, NOW, OTHER_COUNTY, PASSWORD, Cast
from tests.story import lay_rules

DOOR = "/desk/sign-in/"
FRESH = "chun-jiang-shui-nuan-6"


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    """Give both counties of a test what the column counts by."""
    for county in (COUNTY, OTHER_COUNTY):
        lay_rules(county)


def _sign_in(client: Client, login: str = "zhou", password: str = PASSWORD, **more: str) -> object:
    return client.post(DOOR, {"login": login, "password": password, **more})


def test_the_right_password_leads_to_where_one_wanted_to_go(client: Client, cast: Cast) -> None:
    asked = client.get("/desk/units/")
    assert asked.headers["Location"] == f"{DOOR}?next=%2Fdesk%2Funits%2F"

    answer = client.post(DOOR, {"login": "zhou", "password": PASSWORD, "next": "/desk/units/"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/units/")
    assert client.get("/desk/units/").status_code == 200


def test_a_stranger_is_not_led_to_a_strange_house(client: Client, cast: Cast) -> None:
    there = "https://evil.example.com/"

    answer = client.post(DOOR, {"login": "zhou", "password": PASSWORD, "next": there})

    assert answer.headers["Location"] == "/desk/"


@pytest.mark.parametrize("login", ["zhou", "nobody", "13900000001", "<b>", "😀䃥", "' OR 1=1 --"])
def test_a_wrong_password_says_the_same_of_every_login_and_keeps_it(
    client: Client, cast: Cast, login: str
) -> None:
    answer = client.post(DOOR, {"login": login, "password": "wrong-password"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "账号或密码不对。连续输错5次锁30分钟" in page
    assert "wrong-password" not in page
    assert "<b>" not in page.partition("<form")[2].partition("</form>")[0] or login != "<b>"


def test_nothing_typed_says_what_is_missing(client: Client, cast: Cast) -> None:
    answer = client.post(DOOR, {})

    assert answer.status_code == 422
    assert "没有填账号。请填写。" in answer.content.decode()


def test_a_first_password_must_be_changed_before_anything_else(client: Client, cast: Cast) -> None:
    reset_password(cast.zhou, password=FRESH, by=cast.sys, at=NOW)

    arrived = client.post(DOOR, {"login": "zhou", "password": FRESH})

    assert arrived.headers["Location"] == "/desk/password/"
    assert client.get("/desk/units/").headers["Location"] == "/desk/password/"
    changed = client.post("/desk/password/", {"old": FRESH, "new": PASSWORD, "again": PASSWORD})
    assert changed.status_code == 303
    assert client.get("/desk/units/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong", FRESH, FRESH, "原密码不对"),
        (PASSWORD, FRESH, "other", "两次输入的新密码不一样"),
        (PASSWORD, "1234567890", "1234567890", "全是数字"),
    ],
)
def test_a_refused_password_says_why(
    client: Client, cast: Cast, old: str, new: str, again: str, sentence: str
) -> None:
    client.force_login(cast.zhou)

    answer = client.post("/desk/password/", {"old": old, "new": new, "again": again})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(
    client: Client, cast: Cast
) -> None:
    elsewhere = Client()
    for each in (client, elsewhere):
        each.post(DOOR, {"login": "zhou", "password": PASSWORD})

    client.post("/desk/password/", {"old": PASSWORD, "new": FRESH, "again": FRESH})

    assert client.get("/desk/units/").status_code == 200
    assert elsewhere.get("/desk/units/").status_code == 302


def test_signing_out_ends_the_session_and_a_mere_visit_does_not(client: Client, cast: Cast) -> None:
    client.force_login(cast.zhou)
    client.get("/desk/sign-out/")
    assert client.get("/desk/units/").status_code == 200

    client.post("/desk/sign-out/")

    assert client.get("/desk/units/").status_code == 302


def test_a_closed_account_is_out_at_its_next_click(client: Client, cast: Cast) -> None:
    client.force_login(cast.zhou)

    deactivate(cast.relieved(cast.zhou), by=cast.sys, at=NOW)

    assert client.get("/desk/units/").status_code == 302


def test_a_person_of_an_enterprise_finds_no_desk(client: Client, cast: Cast) -> None:
    client.force_login(cast.boss)

    assert client.get("/desk/units/").status_code == 404
    assert client.get(DOOR).status_code == 200


def test_the_session_is_renewed_at_sign_in(client: Client, cast: Cast) -> None:
    client.get(DOOR)
    before = client.session.session_key

    client.post(DOOR, {"login": "zhou", "password": PASSWORD})

    assert client.session.session_key != before


def test_signing_in_takes_few_queries(client: Client, cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.post(DOOR, {"login": "zhou", "password": PASSWORD})

    assert len(queries) <= 18, [query["sql"] for query in queries]
    assert User.objects.in_county(COUNTY).get(pk=cast.zhou.pk).failed_sign_ins == 0
