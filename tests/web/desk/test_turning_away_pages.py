"""转出 on the desk and for the enterprise: the form, the case, the list and its file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from qifu.appeals.actions.turning_away import erase_handed_over
from qifu.kernel.clock import local_date, now
from tests.cast import Cast
from tests.story import Story, lay_rules
from tests.web.desk.test_bend_steps import case_page, desk, seen

LIST = "/desk/turned-away/"


@pytest.fixture
def story(cast: Cast) -> Story:
    lay_rules(cast.county)
    return Story(cast, at=now())


def form(**changes: Any) -> dict[str, Any]:
    return {
        "exit": "PETITION",
        "went_to": "县信访局",
        "whom": "接待科，电话0564-7356012",
        "went_on": f"{local_date(now())}",
        **changes,
    }


REPORT = {"exit": "REPORT", "went_to": "县监委", "handed_over": "on", "receipt": "移〔2026〕1号"}


def turned_away(story: Story, **changes: Any) -> Any:
    path = f"{case_page(story)}turn-aways/"
    return desk(story.cast.zhou).post(path, form(**changes))


def test_the_clerk_says_where_to_and_the_case_says_it_too(story: Story) -> None:
    zhou = story.cast.zhou
    story.submitted()
    assert "转出…" in seen(zhou, case_page(story))
    assert "信访、诉讼和举报不在本系统办" in seen(zhou, f"{case_page(story)}turn-aways/")
    assert "属于信访事项" not in seen(zhou, f"{case_page(story)}declines/")

    refused = turned_away(story, went_to="", exit="REPORT")
    done = turned_away(story)

    assert (refused.status_code, done.status_code) == (422, 303)
    assert "没有写转到哪里" in refused.content.decode()
    page = seen(zhou, case_page(story))
    assert "已转出，县信访局" in page
    assert "请企业去那里反映" in page
    assert "转出…" not in page


def test_the_enterprise_reads_where_to_go_and_may_object(story: Story) -> None:
    story.submitted()
    turned_away(story)
    client = Client()
    client.force_login(story.cast.boss)

    page = client.get(f"/appeals/{story.appeal.number}/").content.decode()

    assert "不在这里办，请找县信访局" in page
    assert "找县信访局：接待科，电话0564-7356012。" in page
    assert "提不同意见" in page
    objection = client.get(f"/appeals/{story.appeal.number}/objections/").content.decode()
    assert "找县信访局" in objection


def test_the_list_shows_them_and_narrows(story: Story) -> None:
    wu = story.cast.wu
    assert "还没有转出的诉求" in seen(wu, LIST)
    story.submitted()
    turned_away(story)

    assert story.appeal.number in seen(wu, LIST)
    assert story.appeal.number in seen(wu, f"{LIST}?show=petition")
    assert story.appeal.number not in seen(wu, f"{LIST}?show=lawsuit")
    assert desk(story.cast.zhu).get(LIST).status_code == 403


def test_the_list_asks_the_same_however_long(story: Story) -> None:
    client = desk(story.cast.wu)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    for _ in range(2):
        story.submitted()
        turned_away(story)
    asked()  # what every page reads is kept from now on
    few = asked()
    for _ in range(3):
        story.submitted()
        turned_away(story)

    assert asked() == few <= 8


def test_a_report_is_gone_from_the_eyes_of_the_office(story: Story) -> None:
    cast = story.cast
    story.submitted(problem="验收的人要好处，不给就不签字。")
    old = story.appeal.number

    done = turned_away(story, **REPORT)

    assert done.status_code == 303
    number = story.fresh().number
    assert desk(cast.zhou).get(case_page(story)).status_code == 404
    assert desk(cast.zhou).get(f"/desk/appeals/{old}/").status_code == 404
    assert number not in seen(cast.zhou, LIST)
    assert number in seen(cast.wang, LIST)
    oversight = seen(cast.feng, LIST)
    assert "保密诉求" in oversight
    assert "移〔2026〕1号" not in oversight
    assert "县监委<" not in oversight.partition("<main")[2]
    erase_handed_over(cast.county, at=story.wait(minutes=2).at)
    page = seen(cast.wang, case_page(story))
    assert "（内容已依法删除）" in page
    assert "内容已删除" in page
    assert "好处" not in page
    client = Client()
    client.force_login(cast.boss)
    told = client.get(f"/appeals/{number}/").content.decode()
    assert "已转到县监委" in told
    assert "好处" not in told


def test_the_file_has_what_the_list_has_but_no_report(story: Story) -> None:
    story.submitted()
    turned_away(story)
    number = story.appeal.number
    story.submitted(problem="验收的人要好处，不给就不签字。")
    turned_away(story, **REPORT)

    answer = desk(story.cast.wang).post(f"{LIST}export/")

    book = load_workbook(BytesIO(b"".join(answer)), read_only=True)
    cells = {str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row}
    assert {number, "县信访局", "企业自己去"} <= cells
    assert "县监委" not in cells
