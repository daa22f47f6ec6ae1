"""Every address has a gate and a name that a person can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from qifu.web.ui import gates
from qifu.web.ui.gates import Gate

SEGMENT = r"(?:[a-z0-9]+(?:-[a-z0-9]+)*|<[a-z_]+:[a-z_]+>)"
# Who is known before he reads anything: by his account, or by the link of one step.
KNOWN = ("staff", "link")
READABLE = re.compile(rf"(?:{SEGMENT}/)*")


def routes() -> list[tuple[str, Any]]:
    return list(_routes(get_resolver(), ""))


def _routes(resolver: URLResolver, before: str) -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here, pattern.callback
        else:
            yield from _routes(pattern, here)


def test_there_are_routes() -> None:
    assert "healthz/" in dict(routes())


def test_every_view_wears_a_gate() -> None:
    bare = [route for route, view in routes() if not isinstance(getattr(view, "gate", None), Gate)]

    assert bare == []


def test_addresses_are_readable_and_end_in_a_slash() -> None:
    odd = [route for route, _ in routes() if not READABLE.fullmatch(route)]

    assert odd == []


def test_no_address_shows_a_primary_key() -> None:
    shown = [route for route, _ in routes() if re.search(r"<int:(pk|id)>|<uuid:", route)]

    assert shown == []


def test_the_desk_is_for_staff_and_for_those_who_come_to_sign_in() -> None:
    others = {
        route
        for route, view in routes()
        if route.startswith("desk/") and getattr(view, "gate", Gate("")).kind not in KNOWN
    }

    assert others <= {gates.STAFF_SIGN_IN.lstrip("/")}


def test_a_link_opens_nothing_but_pages_of_links() -> None:
    opened = {route for route, view in routes() if view.gate.kind == "link"}

    assert {route.partition("links/<str:token>/")[1] for route in opened} == {"links/<str:token>/"}


@pytest.mark.parametrize("door", [
    gates.STAFF_SIGN_IN, gates.STAFF_SIGN_OUT, gates.STAFF_PASSWORD,
    gates.PERSON_SIGN_IN, gates.PERSON_SIGN_OUT,
])  # fmt: skip
def test_the_doors_to_which_gates_lead_are_there(door: str) -> None:
    assert door.lstrip("/") in dict(routes())
