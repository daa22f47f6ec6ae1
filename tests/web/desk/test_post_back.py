"""What the desk asks and shows of cases from above, to whom, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from qifu.appeals.actions import confiding
from qifu.appeals.actions.escalating import escalate
from qifu.appeals.models import Appeal, PostBack, UpperOrder
from qifu.kernel.clock import local_date, now
from tests.appeals.test_escalate import PLEA
from tests.attachments.samples import picture
from tests.cast import COUNTY, Cast
from tests.story import ORDERED, PROBLEM, Story, lay_rules
from tests.web.desk.test_upward import case_page, desk, seen
from tests.web.portal.reading import queries_at_most

LIST = "/desk/post-backs/"
CALLED = {
    "firm": "立夏茶业",
    "problem": PROBLEM,
    "contact_name": "吴经理",
    "contact_phone": "13900000001",
}
FROM_ABOVE = {
    **CALLED,
    "channel": "UPPER",
    "reply_channel": "PROVINCE",
    "upper_number": "皖企服2026-77",
    "upper_due_on": "2099-12-31",
}


@pytest.fixture
def story(cast: Cast) -> Story:
    """A case from the city whose answer went out an hour ago."""
    lay_rules(cast.county)
    told = Story(cast, at=now() - timedelta(hours=1)).forwarded().accepted().dispatched()
    return told.signed().replied().approved().published()


def said(**more: object) -> dict[str, object]:
    return {"posted_on": f"{local_date(now())}", "proof": "回执12号", **more}


def test_registering_asks_for_number_and_day_where_it_came_from_above(story: Story) -> None:
    zhou = desk(story.cast.zhou)
    page = zhou.get("/desk/appeals/new/").content.decode()
    assert "答复报到哪里" in page

    half = zhou.post("/desk/appeals/new/", {**CALLED, "channel": "UPPER"})
    assert half.status_code == 422
    for sentence in ("没有填上级编号", "没有填上级期限", "要选答复报到哪里"):
        assert sentence in half.content.decode()

    with queries_at_most(12):
        assert zhou.post("/desk/appeals/new/", FROM_ABOVE).status_code == 303
    order = UpperOrder.objects.in_county(COUNTY).get(number="皖企服2026-77")
    assert order.appeal.reply_channel == "PROVINCE"
    assert "省平台" in seen(story.cast.zhou, f"/desk/appeals/{order.appeal.number}/")


def test_a_township_is_not_asked_and_cannot_choose_it(story: Story) -> None:
    qian = desk(story.cast.qian)
    page = qian.get("/desk/appeals/new/").content.decode()
    assert "上级编号" not in page
    assert "上级转办" not in page

    assert qian.post("/desk/appeals/new/", FROM_ABOVE).status_code == 422


def test_the_clerk_finds_it_posts_it_back_and_it_is_shown(story: Story) -> None:
    cast = story.cast
    assert "待回填" in seen(cast.zhou, "/desk/", 8)
    assert story.appeal.number in seen(cast.zhou, LIST, 8)
    page = seen(cast.zhou, case_page(story))
    assert "把答复回填到市平台" in page
    assert "回填限1个工作日" in page
    form = seen(cast.zhou, case_page(story, "post-backs"))
    assert "六企办2026-118" in form
    assert 'name="number"' not in form

    client = desk(cast.zhou)
    client.get("/desk/")
    with queries_at_most(12):
        answer = client.post(case_page(story, "post-backs"), said())

    assert answer.status_code == 303
    page = seen(cast.zhou, case_page(story))
    assert "把答复回填到市平台" not in page
    assert "回执12号" in page
    assert "等企业评价" in page
    assert "没有待回填的诉求" in seen(cast.zhou, LIST, 8)
    assert story.appeal.number in seen(cast.zhou, f"{LIST}?show=done", 8)
    assert client.post(case_page(story, "post-backs"), said()).status_code == 409


def test_a_picture_is_proof_enough_and_only_staff_opens_it(story: Story) -> None:
    paper = BytesIO(picture())
    paper.name = "市平台截图.jpg"

    client = desk(story.cast.zhou)
    answer = client.post(case_page(story, "post-backs"), said(proof="", upload=paper))

    assert answer.status_code == 303
    assert "市平台截图.jpg" in seen(story.cast.zhu, case_page(story))
    row = PostBack.objects.in_county(COUNTY).get()
    assert row.proof is None
    boss = desk(story.cast.boss)
    assert "市平台截图.jpg" not in boss.get(f"/appeals/{story.appeal.number}/").content.decode()


def test_without_proof_the_form_comes_back_with_the_day(story: Story) -> None:
    answer = desk(story.cast.zhou).post(case_page(story, "post-backs"), said(proof=""))

    assert answer.status_code == 422
    assert "没有凭据" in answer.content.decode()


def test_others_read_and_do_not_post(story: Story) -> None:
    cast = story.cast
    for user in (cast.wu, cast.zhu, cast.zheng):
        assert "登记回填" not in seen(user, case_page(story)).split("办理过程")[0]
        assert "上级来件" in seen(user, case_page(story))
        assert desk(user).post(case_page(story, "post-backs"), said()).status_code == 403
    assert "登记回填" not in seen(cast.wu, LIST, 8)
    assert seen(cast.li, LIST, 8).count("row-title") == 0


def test_late_it_shows_as_late(story: Story) -> None:
    rows = Appeal.objects.in_county(COUNTY).filter(pk=story.appeal.pk)
    rows.update(published_at=now() - timedelta(days=10))

    assert "逾期" in seen(story.cast.zhou, f"{LIST}?show=late", 8)
    assert "逾期" in seen(story.cast.zhou, case_page(story))
    assert "1件逾期" in seen(story.cast.zhou, "/desk/", 8)
    assert "1件逾期" in seen(story.cast.wang, "/desk/", 8)


def test_the_list_is_turned_over_by_the_upper_deadline(cast: Cast) -> None:
    lay_rules(cast.county)
    for day in range(30):
        told = Story(cast, at=now() - timedelta(hours=1))
        due_on = local_date(told.at) + timedelta(days=40 - day)
        told.forwarded(type(ORDERED)(ORDERED.reply_channel, f"{day}号", due_on)).accepted()
        told.dispatched().signed().replied().approved().published()

    first = desk(cast.zhou).get(LIST)
    second = desk(cast.zhou).get(f"{LIST}{first.context['pager'].after_url}")

    rows = [*first.context["rows"], *second.context["rows"]]
    assert [row.number for row in rows] == [f"{day}号" for day in reversed(range(30))]
    seen(cast.zhou, f"{LIST}{first.context['pager'].after_url}", 8)


def test_a_confidential_case_stays_out_of_lists_and_files(story: Story) -> None:
    cast = story.cast
    other = Story(cast, at=now()).submitted().accepted().dispatched().signed()
    part = other.part(cast.finance)
    part.appeal = other.fresh()
    escalate(part.appeal, PLEA, part=part, by=cast.zhou, at=other.at)
    lists = ("/desk/escalations/", LIST)
    for told in (other, story):
        confiding.keep_confidential(told.fresh(), "老板来电", by=cast.zhou, at=now())

    for path in lists:
        for user in (cast.zhou, cast.wu, cast.zheng):
            assert seen(user, path, 8).count("row-title") == 0
        # The director sees it, and oversight only that there is one before it is written down.
        assert "流动资金" in seen(cast.wang, path, 8)
        assert "流动资金" not in seen(cast.feng, path, 8)
        assert "打开即记入日志" in seen(cast.feng, path, 8)
    answer = desk(cast.wang).post("/desk/escalations/export/")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book["转省市问题清单"].max_row == 1


def test_another_county_sees_nothing_of_it(story: Story, other_cast: Cast) -> None:
    lay_rules(other_cast.county)

    assert story.appeal.number not in seen(other_cast.zhou, LIST, 8)
    assert desk(other_cast.zhou).post(case_page(story, "post-backs"), said()).status_code == 404
