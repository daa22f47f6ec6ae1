"""What the desk and the enterprise see of what was put off, and what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from qifu.appeals.actions import confiding
from qifu.appeals.actions.promising import break_due
from qifu.appeals.lifecycle import State
from qifu.kernel.clock import local_date, now
from tests.appeals.put_off import put_off
from tests.cast import COUNTY, Cast
from tests.story import Story, lay_rules
from tests.web.desk.test_upward import case_page, desk, seen
from tests.web.portal.reading import queries_at_most

LEDGER = "/desk/promises/"
WHAT = "进园道路拓宽到6米"


@pytest.fixture
def story(cast: Cast) -> Story:
    lay_rules(cast.county)
    return Story(cast, at=now())


def day(days: int) -> date:
    return local_date(now()) + timedelta(days=days)


def test_the_unit_reads_on_the_case_what_it_owes_and_reports_it(story: Story) -> None:
    put_off(story, day(20))
    zhu, path = story.cast.zhu, case_page(story)

    page = seen(zhu, path)
    empty = desk(zhu).post(f"{path}fulfilments/", {"words": ""})
    done = desk(zhu).post(f"{path}fulfilments/", {"words": "路拓宽了"})

    assert WHAT in page
    assert "办成了，报兑现" in page
    assert (empty.status_code, done.status_code) == (422, 303)
    assert "没有写。请写明办成了什么。" in empty.content.decode()
    assert story.fresh().state == State.HANDLING
    assert "已兑现" in seen(zhu, LEDGER)


def test_what_was_typed_stays_where_the_new_day_is_no_day(story: Story) -> None:
    put_off(story, day(20))
    path = f"{case_page(story)}breaches/"

    answer = desk(story.cast.zhu).post(path, {"words": "还在征地", "new_on": "下个月"})

    assert answer.status_code == 422
    assert "这不是日期" in answer.content.decode()
    assert "还在征地" in answer.content.decode()


def test_the_way_is_planned_and_ticked_off(story: Story) -> None:
    put_off(story, day(20))
    zhu, path = story.cast.zhu, case_page(story)
    step = {"what": "完成招标", "planned_on": day(7).isoformat()}

    assert desk(zhu).post(f"{path}milestones/", step).status_code == 303
    assert "完成招标" in seen(zhu, f"{path}milestone-completions/")
    assert desk(zhu).post(f"{path}milestone-completions/", {"milestone": "1"}).status_code == 303

    assert "完成招标" in seen(story.cast.wang, path)
    follow = desk(story.cast.boss).get(f"/appeals/{story.appeal.number}/").content.decode()
    assert WHAT in follow
    assert "完成招标" in follow


def test_the_enterprise_says_once_that_the_day_is_too_late(story: Story) -> None:
    put_off(story, day(20))
    path = f"/appeals/{story.appeal.number}/promise-objections/"
    boss = desk(story.cast.boss)

    assert boss.post(path, {"words": "等不到那天"}).status_code == 303
    assert boss.post(path, {"words": "等不到那天"}).status_code == 409
    assert "等不到那天" in seen(story.cast.wang, case_page(story))


def test_the_ledger_says_how_many_were_kept_and_each_figure_opens_to_its_rows(
    story: Story, cast: Cast
) -> None:
    assert "还没有承诺" in seen(cast.wang, LEDGER)
    put_off(story, day(3))
    break_due(COUNTY, at=story.at + timedelta(days=4))

    page = seen(cast.wang, LEDGER, most=8)

    assert "已有结果1条" in page
    assert "未兑现" in page
    assert story.appeal.number in seen(cast.wang, f"{LEDGER}?state=broken", most=8)
    assert story.appeal.number not in seen(cast.wang, f"{LEDGER}?state=kept", most=8)
    sheet = load_workbook(BytesIO(b"".join(desk(cast.wang).post(f"{LEDGER}export/"))))
    cells = [[str(cell) for cell in row] for row in sheet.worksheets[0].values]
    assert story.appeal.number in cells[1]
    assert sheet.sheetnames == ["承诺台账", "口径说明"]


def test_a_confidential_case_is_in_no_ledger(story: Story, cast: Cast) -> None:
    put_off(story, day(20))
    confiding.keep_confidential(story.fresh(), by=cast.boss, at=story.at)

    for person in (cast.wang, cast.feng, cast.chen):
        assert WHAT not in seen(person, LEDGER)
        assert WHAT.encode() not in b"".join(desk(person).post(f"{LEDGER}export/"))


def test_every_step_asks_twelve_times_and_a_new_day_once_more(story: Story, cast: Cast) -> None:
    # A new day ends one clock and begins another, beside what else a report writes.
    put_off(story, day(20))
    zhu = desk(cast.zhu)
    zhu.get("/desk/")
    steps = (
        ("milestones", {"what": "完成招标", "planned_on": day(7).isoformat()}),
        ("milestone-completions", {"milestone": "1"}),
        ("breaches", {"words": "还在征地", "new_on": day(30).isoformat()}),
        ("fulfilments", {"words": "路拓宽了"}),
    )
    for verb, form in steps:
        path = f"{case_page(story)}{verb}/"
        zhu.get(path)
        with queries_at_most(13 if verb == "breaches" else 12):
            answer = zhu.post(path, form)
        assert answer.status_code == 303, verb
