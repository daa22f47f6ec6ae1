"""A step is taken once, or refused with a sentence and everything still in the form."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.test.client import RequestFactory
from django_htmx.middleware import HtmxDetails
from pytest_django.fixtures import Settings

from qifu.organisations.models import Unit
from qifu.web.ui.answers import page, see_other
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


def post(client: Client, code: str, key: str = "k1") -> Any:
    return client.post("/founding/", {"code": code, "once_key": key})


def test_a_look_at_the_form_takes_no_step(cast: Cast, client: Client) -> None:
    assert client.get("/founding/").status_code == 200
    assert not Unit.objects.in_county(cast.county).filter(code="new").exists()


def test_a_step_is_answered_by_303(cast: Cast, client: Client) -> None:
    answer = post(client, "new")

    unit = Unit.objects.in_county(cast.county).get(code="new")
    assert (answer.status_code, answer["Location"]) == (303, f"/units/{unit.pk}/")


def test_the_same_form_twice_is_the_same_success(cast: Cast, client: Client) -> None:
    first = post(client, "new")
    second = post(client, "again")

    assert second.status_code == 303
    assert second["Location"] == first["Location"]
    assert not Unit.objects.in_county(cast.county).filter(code="again").exists()


def test_nobody_meets_anothers_step_by_using_his_key(cast: Cast, client: Client) -> None:
    first = post(client, "new")
    client.force_login(cast.boss)
    second = post(client, "again")

    assert second.status_code == 303
    assert second["Location"] != first["Location"]


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [
        ("", 422, ""),
        ("stale", 409, "刚刚有人先办了这一步，您写的内容还在。请核对后再试。"),
        ("barred", 403, "只有县办可以设立单位。"),
        ("field", 422, "代码不对。请核对。"),
        ("other", 422, "别处不对。请核对。"),
        ("no", 422, "不行。请换一个。"),
    ],
)
def test_a_refusal_keeps_the_form_and_says_why(
    cast: Cast, client: Client, code: str, status: int, sentence: str
) -> None:
    answer = post(client, code)

    assert answer.status_code == status
    body = answer.content.decode()
    assert "errorlist" in body
    assert sentence in body
    assert f'value="{code}"' in body or not code


def request_of(**headers: str) -> Any:
    request: Any = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    return request


PAGE = """{% load partials %}<html><body>
{% partialdef rows inline %}<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul>
{% endpartialdef %}</body></html>"""


@pytest.fixture
def parts_page(settings: Settings) -> str:
    """A page with a part, in a template of its own."""
    loader = ("django.template.loaders.locmem.Loader", {"parts.html": PAGE})
    engine = settings.TEMPLATES[0]
    options = engine["OPTIONS"] | {"loaders": [("template_partials.loader.Loader", [loader])]}
    settings.TEMPLATES = [engine | {"OPTIONS": options}]
    return "parts.html"


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        ({"HX-Request": "true"}, False),
        ({"HX-Request": "true", "HX-Boosted": "true"}, True),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, True),
    ],
)
def test_htmx_gets_its_part_and_everybody_else_the_page(
    parts_page: str, headers: dict[str, str], whole: bool
) -> None:
    answer = page(request_of(**headers), parts_page, {"rows": [1, 2]}, part="rows")

    assert ("<html" in answer.content.decode()) is whole
    assert answer["Vary"] == "HX-Request"


def test_after_a_step_htmx_is_told_where_to_go() -> None:
    plain = see_other(request_of(), "/there/")
    htmx = see_other(request_of(**{"HX-Request": "true"}), "/there/")

    assert (plain.status_code, plain["Location"]) == (303, "/there/")
    assert (htmx.status_code, htmx["HX-Redirect"]) == (200, "/there/")
