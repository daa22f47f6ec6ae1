"""The page of all components shows each of them, and is there on a demonstration only."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from qifu.web import ui
from tests.cast import Cast

UI = Path(__file__).resolve().parents[3] / "qifu" / "web" / "ui" / "templates" / "ui"
# Parts of the shells and of other components; every page shows them.
INSIDE = {"nav", "viewer", "keys", "field", "field_error", "error_summary"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


def test_every_component_is_shown() -> None:
    shown = "".join(path.read_text() for path in (UI / "showcase").glob("*.html"))
    names = {path.stem for path in (UI / "components").glob("*.html")} - INSIDE

    assert sorted(name for name in names if f"components/{name}.html" not in shown) == []


def test_every_component_is_on_the_cheat_sheet() -> None:
    names = {path.stem for path in (UI / "components").glob("*.html")} - INSIDE - {"toasts"}

    assert sorted(name for name in names if f"\n    {name} " not in (ui.__doc__ or "")) == []


def test_the_page_shows_every_lamp_and_says_its_word(cast: Cast, client: Client) -> None:
    page = client.get("/ui/").content.decode()

    for lamp in ("overdue", "soon", "half", "fine", "paused", "done", "none"):
        assert f"lamp-{lamp}" in page
    assert "流波䃥镇" in page


def test_the_large_mode_is_a_class_that_the_server_sets(cast: Cast, client: Client) -> None:
    answer = client.post("/ui/large/", {"large": "1", "next": "/ui/"})

    assert answer.status_code == 303
    assert 'class="large"' in client.get("/ui/").content.decode()


def test_a_county_at_work_has_no_such_page(cast: Cast, client: Client, settings: Settings) -> None:
    settings.DEMO = False

    assert client.get("/ui/").status_code == 404
