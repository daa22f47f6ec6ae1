"""Every page, whoever asks and whatever becomes of it, carries the same careful headers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast
from tests.contracts.test_routes import routes
from tests.story import Story, lay_rules

PLAIN = sorted(f"/{route}" for route, _ in routes() if "<" not in route)
CARRIED = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = (
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=\"|javascript:",
    re.IGNORECASE,
)


def _stranger(cast: Cast) -> Client:
    return Client()


def _clerk(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.zhou)
    return client


def _boss(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.boss)
    return client


@pytest.mark.parametrize("sit", [_stranger, _clerk, _boss])
def test_every_page_carries_them_and_holds_nothing_inline(
    cast: Cast, sit: Callable[[Cast], Client]
) -> None:
    lay_rules(cast.county)
    Story(cast).submitted()
    client = sit(cast)

    pages = 0
    for path in [*PLAIN, "/nowhere/", "/desk/appeals/NONE/"]:
        answer = client.get(path)
        assert {name: answer.get(name) for name in CARRIED} == CARRIED, path
        assert "Referrer-Policy" in answer, path
        assert "Permissions-Policy" in answer, path
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert [line for line in POLICY if line not in policy] == [], path
        if answer.get("Content-Type", "").startswith("text/html"):
            assert not INLINE.search(answer.content.decode()), path
            pages += 1

    assert pages > 5


def test_a_refused_form_and_a_strange_host_carry_them_too(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)

    for answer in (client.post("/sign-in/"), client.get("/", headers={"Host": "evil.example"})):
        assert answer.status_code in (400, 403)
        assert {name: answer.get(name) for name in CARRIED} == CARRIED
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_no_page_of_a_person_is_kept_by_anybody(cast: Cast) -> None:
    lay_rules(cast.county)

    for client, path in ((_clerk(cast), "/desk/"), (_boss(cast), "/me/")):
        assert {"private", "no-cache"} <= set(client.get(path)["Cache-Control"].split(", "))
