"""Which county a page is of, and who is still at the screen."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from qifu.web.ui.middleware import CLICKED
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


@pytest.fixture(autouse=True)
def hosts(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]


def said(client: Client, **given: Any) -> str:
    return client.get("/who/", **given).content.decode()


def session_of(client: Client) -> SessionBase:
    return client.session


def click_before(client: Client, seconds: int) -> None:
    session = session_of(client)
    session[CLICKED] -= seconds
    session.save()


def test_a_stranger_sees_the_county_of_the_setting(
    cast: Cast, other_cast: Cast, client: Client
) -> None:
    assert said(client).startswith("金寨县")


def test_a_stranger_sees_the_county_whose_address_he_came_by(
    cast: Cast, other_cast: Cast, client: Client
) -> None:
    assert said(client, headers={"Host": "341525.example.cn:8000"}).startswith("霍山县")
    assert said(client, headers={"Host": "341524.EXAMPLE.cn"}).startswith("金寨县")


def test_somebody_signed_in_sees_his_own_county_by_whatever_address(
    cast: Cast, other_cast: Cast, client: Client
) -> None:
    client.force_login(other_cast.zhou)

    assert said(client).startswith("霍山县 周敏")
    assert said(client, headers={"Host": "341524.example.cn"}).startswith("霍山县 周敏")


def test_the_furniture_of_a_page_costs_a_signed_in_reader_no_query_of_its_own(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.zhou)
    client.get("/no-such-page/")

    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/no-such-page/")

    # The session, and the account with its posts.
    assert len(queries) == 2
    page = answer.content.decode()
    assert "金寨县" in page


def test_the_first_page_of_a_process_and_the_next_ones(cast: Cast, client: Client) -> None:
    said(client)

    with CaptureQueriesContext(connection) as queries:
        said(client)

    # Whether the county's own data have changed.
    assert len(queries) == 1


def test_somebody_who_clicks_stays(cast: Cast, client: Client) -> None:
    client.force_login(cast.zhou)
    said(client)
    click_before(client, 29 * 60)

    assert "周敏" in said(client)
    click_before(client, 29 * 60)
    assert "周敏" in said(client)


def test_somebody_who_has_not_clicked_for_long_is_signed_out_and_told(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.zhou)
    said(client)
    click_before(client, 31 * 60)

    answer = client.get("/desk/staff/7/", follow=True)

    assert answer.redirect_chain == [("/desk/sign-in/?next=%2Fdesk%2Fstaff%2F7%2F", 302)]
    page = answer.content.decode()
    assert "AnonymousUser" in page
    assert "您有30分钟没有操作，为安全起见已自动退出。请重新登录，没提交的文字还在。" in page


def test_a_page_that_asks_by_itself_does_not_keep_anybody_signed_in(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.zhou)
    said(client)
    click_before(client, 20 * 60)
    said(client, headers={"Qifu-By-Itself": "1"})
    click_before(client, 11 * 60)

    assert "AnonymousUser" in said(client, headers={"Qifu-By-Itself": "1"})


def test_clicks_are_written_once_a_minute(cast: Cast, client: Client) -> None:
    client.force_login(cast.zhou)
    said(client)

    with CaptureQueriesContext(connection) as queries:
        said(client)
    assert not [query for query in queries if "UPDATE" in query["sql"]]

    click_before(client, 61)
    with CaptureQueriesContext(connection) as queries:
        said(client)
    assert [query for query in queries if "UPDATE" in query["sql"]]


def test_pages_carry_the_headers_of_a_careful_house(cast: Cast, client: Client) -> None:
    answer = client.get("/who/")

    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Permissions-Policy"].startswith("camera=()")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_health_check_asks_nothing_of_the_county(client: Client) -> None:
    answer = client.get("/healthz/")

    assert (answer.status_code, answer.content) == (200, b"ok")
