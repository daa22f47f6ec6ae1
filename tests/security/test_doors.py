"""The doors, attacked: forged forms, strange houses, borrowed sessions, guesses at who exists."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from pytest_django.fixtures import Settings

from qifu.appeals.models import Appeal
from qifu.web.ui.devices import COOKIE
from tests.cast import COUNTY, PASSWORD, Cast
from tests.contracts.test_routes import routes
from tests.product import ROOT
from tests.story import Story, lay_rules
from tests.web.portal.reading import last_code, words

DESK, PORTAL, CODE = "/desk/sign-in/", "/sign-in/", "/sign-in/code/"
PHONE = "13955550123"
STRANGE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example\\",
    "https:evil.example",
    "http:///evil.example/",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    " //evil.example/",
    "/\t/evil.example/",
]


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    lay_rules(cast.county)


@pytest.mark.parametrize("there", STRANGE)
def test_whoever_signs_in_is_not_led_to_a_strange_house(client: Client, there: str) -> None:
    desk = client.post(DESK, {"login": "zhou", "password": PASSWORD, "next": there})
    other = Client()
    asked = other.post(PORTAL, {"phone": PHONE, "next": there})
    portal = other.post(CODE, {"code": last_code(PHONE), "next": there})

    assert desk.headers["Location"] == "/desk/"
    assert asked.headers["Location"] == f"{CODE}?next=%2F"
    assert portal.headers["Location"] == "/"


def _forgeries() -> list[str]:
    """Return each address of the product with something in every gap that fits there."""
    return [_filled(route) for route, _ in routes()]


def _filled(route: str) -> str:
    for word in ("1", "zhou", "0f" * 32, "2026-11-24"):
        path = f"/{re.sub(r'<[^>]*>', word, route)}"
        with suppress(Resolver404):
            resolve(path)
            return path
    pytest.fail(f"nothing fits into {route}")


def test_a_form_from_another_house_is_taken_at_no_address(cast: Cast) -> None:
    victim = Client(enforce_csrf_checks=True)
    victim.force_login(cast.zhou)

    taken = {
        path: status
        for path in _forgeries()
        if (status := victim.post(path, {"words": "forged"}).status_code) != 403
    }

    assert taken == {}


def test_no_view_is_excused_from_that(cast: Cast) -> None:
    assert [route for route, view in routes() if getattr(view, "csrf_exempt", False)] == []


def test_a_forged_form_writes_nothing_and_says_what_to_do(cast: Cast) -> None:
    victim = Client(enforce_csrf_checks=True)
    victim.force_login(cast.boss)

    answer = victim.post("/raise/problem/", {"problem": "伪造的诉求内容，够长够长够长。"})

    assert answer.status_code == 403
    assert "请" in words(answer)
    assert not Appeal.objects.in_county(COUNTY).exists()


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "a b", "127.0.0.1:x"])
def test_a_host_that_is_not_ours_is_answered_nothing(client: Client, host: str) -> None:
    answer = client.get(DESK, headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_a_session_that_was_planted_is_not_the_one_that_opens(client: Client) -> None:
    client.get(PORTAL)
    client.post(PORTAL, {"phone": PHONE})
    planted = client.session.session_key
    assert planted

    client.post(CODE, {"code": last_code(PHONE)})

    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/appeals/").status_code == 302


def test_a_session_that_was_signed_out_opens_nothing_any_more(client: Client) -> None:
    client.post(DESK, {"login": "zhou", "password": PASSWORD})
    stolen = client.session.session_key
    assert stolen
    client.post("/desk/sign-out/")

    thief = Client()
    thief.cookies["sessionid"] = stolen

    assert thief.get("/desk/units/").status_code == 302


def test_cookies_are_out_of_reach_of_scripts_and_of_other_houses(client: Client) -> None:
    client.post(DESK, {"login": "zhou", "password": PASSWORD})

    for name in ("sessionid", COOKIE):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_behind_tls_everything_is_secure() -> None:
    names = (
        "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS"
        " SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_CONTENT_TYPE_NOSNIFF DEBUG"
    )
    told = (
        "import json, sys; from django.conf import settings;"
        "print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "qifu.config.settings",
        "QIFU_HTTPS": "True",
    }
    said = subprocess.run(
        [sys.executable, "-c", told, *names.split()],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    found: dict[str, Any] = json.loads(said.stdout)
    assert found.pop("DEBUG") is False
    assert found.pop("SECURE_HSTS_SECONDS") >= 31536000
    assert set(found.values()) == {True}


class Counting(MD5PasswordHasher):
    """Counts how often a password is hashed: that is what takes the time."""

    algorithm = "counting"
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.hashed += 1
        return super().encode(password, salt)


def test_a_login_that_nobody_has_takes_as_long_as_one_that_somebody_has(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    cast.zhou.set_password(PASSWORD)
    cast.zhou.save(update_fields=["password"])

    def hashed(login: str) -> int:
        Counting.hashed = 0
        answer = client.post(DESK, {"login": login, "password": "guess"})
        assert answer.status_code == 422
        return Counting.hashed

    assert hashed("zhou") == hashed("nobody") == 1


def test_asking_for_a_code_does_not_tell_who_has_an_account(client: Client, cast: Cast) -> None:
    # What every process reads once, somebody else has read.
    Client().post(PORTAL, {"phone": "13755550100"})
    with CaptureQueriesContext(connection) as known:
        has = client.post(PORTAL, {"phone": cast.boss.phone})
    with CaptureQueriesContext(connection) as unknown:
        has_not = Client().post(PORTAL, {"phone": PHONE})

    assert has.status_code == has_not.status_code == 303
    assert has.headers["Location"] == has_not.headers["Location"]
    assert len(known) == len(unknown)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../qifu/config/settings.py",
        "/static/..%2f..%2fsecrets/django.key",
        "/static/%2e%2e/%2e%2e/secrets/journal.key",
        "/desk/appeals/{number}/files/..%2f..%2fsecrets/django.key/",
        "/desk/appeals/{number}/files/../../../secrets/journal.key",
        "/appeals/{number}/files/..%5c..%5csecrets/x/",
    ],
)
def test_no_address_climbs_out_of_its_folder(cast: Cast, path: str) -> None:
    story = Story(cast).submitted()
    client = Client()
    client.force_login(cast.zhou)

    answer = client.get(path.format(number=story.appeal.number))

    assert answer.status_code in (400, 404)
