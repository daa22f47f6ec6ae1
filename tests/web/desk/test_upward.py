"""What the desk shows on the way up and back, to whom, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from qifu.appeals.actions.escalating import UpperFacts, ask_escalation, escalate
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Escalation
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import User
from tests.appeals.test_escalate import PLEA
from tests.attachments.samples import picture
from tests.cast import COUNTY, Cast
from tests.story import Story, lay_rules
from tests.web.portal.reading import queries_at_most

LIST = "/desk/escalations/"
FORM = {
    "level": "CITY",
    "organ": "市自然资源和规划局",
    "reason": "POWER",
    "tried": "跑了两次市局",
    "proposal": "请批临时指标",
}


@pytest.fixture
def story(cast: Cast) -> Story:
    lay_rules(cast.county)
    return Story(cast, at=now()).submitted().accepted().dispatched().signed()


def desk(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def seen(person: User, path: str, most: int = 12) -> str:
    client = desk(person)
    client.get(path)
    with queries_at_most(most):
        answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def case_page(story: Story, verb: str = "") -> str:
    path = f"/desk/appeals/{story.appeal.number}/"
    return f"{path}{verb}/" if verb else path


def asked(story: Story) -> Story:
    ask_escalation(story.part(story.cast.finance), PLEA, by=story.cast.zhu, at=story.at)
    return story


def raised(story: Story, days: int | None = 20) -> Story:
    part = story.part(story.cast.finance)
    part.appeal = story.fresh()
    due_on = local_date(story.at) + timedelta(days=days) if days else None
    told = UpperFacts("CITY", "皖N-2026-118" if days else "", due_on, "市局利用科")
    escalate(part.appeal, PLEA, told, part=part, by=story.cast.zhou, at=story.at)
    story.fresh()
    return story


def test_a_unit_asks_from_the_case_and_the_clerk_finds_it(story: Story) -> None:
    cast = story.cast
    assert "申请提级" in seen(cast.zhu, case_page(story))

    answer = desk(cast.zhu).post(case_page(story, "escalation-requests"), FORM)

    assert answer.status_code == 303
    clerk = seen(cast.zhou, case_page(story))
    assert "县金融办申请转市自然资源和规划局" in clerk
    assert "跑了两次市局" in clerk
    assert "申请提级" not in seen(cast.zhu, case_page(story)).split("办理过程")[0]
    assert story.appeal.number in seen(cast.zhou, "/desk/", 8)


def test_the_form_up_begins_with_what_the_unit_wrote(story: Story) -> None:
    page = seen(asked(story).cast.zhou, case_page(story, "escalations"))

    assert "请批临时指标" in page
    assert "市自然资源和规划局" in page


def test_what_is_missing_is_said_and_can_be_entered_later(story: Story) -> None:
    cast = raised(story, days=None).cast
    assert "还没有登记上级编号、上级期限" in seen(cast.zhou, case_page(story))

    due_on = local_date(story.at) + timedelta(days=20)
    told = {"number": "皖N-2026-118", "due_on": f"{due_on}"}
    answer = desk(cast.zhou).post(case_page(story, "upper-facts"), told)

    assert answer.status_code == 303
    page = seen(cast.zhou, case_page(story))
    assert "还没有登记" not in page
    assert "皖N-2026-118" in page


def test_the_upper_organ_stands_on_the_board_beside_the_unit(story: Story) -> None:
    page = seen(raised(story).cast.zhu, case_page(story))

    assert "等市自然资源和规划局答复" in page
    assert "已转上级，计时暂停" in page
    assert "等上级答复" in page
    assert story.appeal.number in seen(story.cast.zhu, "/desk/queues/on-hold/", 8)


def test_the_reply_comes_in_with_its_paper(story: Story) -> None:
    cast = raised(story).cast
    paper = BytesIO(picture())
    paper.name = "批复.jpg"
    said = {"result": "INSTRUCTED", "words": "同意先行用地", "replied_on": f"{local_date(now())}"}

    answer = desk(cast.zhou).post(case_page(story, "upper-replies"), {**said, "upload": paper})

    assert answer.status_code == 303
    assert story.fresh().state == State.HANDLING
    page = seen(cast.zhu, case_page(story))
    assert "批复.jpg" in page
    assert "同意先行用地" in page
    portal = Client()
    portal.force_login(cast.boss)
    follow = portal.get(f"/appeals/{story.appeal.number}/").content.decode()
    assert "批复.jpg" not in follow
    assert "同意先行用地" not in follow
    assert "上级已答复" in follow


def test_the_enterprise_reads_that_it_lies_above(story: Story) -> None:
    client = Client()
    client.force_login(raised(story).cast.boss)
    client.get("/appeals/")
    for path in ("", "next/", "deadline/"):
        with queries_at_most(9):
            page = client.get(f"/appeals/{story.appeal.number}/{path}")
        assert page.status_code == 200, path
    follow = client.get(f"/appeals/{story.appeal.number}/").content.decode()
    assert "已转上级办理" in follow
    assert "皖N-2026-118" in follow


def test_an_early_escalation_has_no_unit_and_no_day(cast: Cast) -> None:
    lay_rules(cast.county)
    story = Story(cast, at=now()).submitted().accepted()
    escalate(story.fresh(), PLEA, by=cast.zhou, at=story.at)

    assert "等市自然资源和规划局答复" in seen(cast.zhou, case_page(story))
    assert "期限未登记" in seen(cast.zhou, LIST, 8)
    client = Client()
    client.force_login(cast.boss)
    for path in ("", "next/", "deadline/"):
        assert client.get(f"/appeals/{story.appeal.number}/{path}").status_code == 200


def test_the_list_is_empty_sorted_and_turned_over(story: Story) -> None:
    cast = story.cast
    assert "没有在上级的诉求" in seen(cast.zhou, LIST, 8)
    for days in [None, *range(3, 31)]:
        other = Story(cast, at=now()).submitted().accepted().dispatched().signed()
        raised(other, days)

    first = desk(cast.zhou).get(LIST)
    pager = first.context["pager"]
    second = desk(cast.zhou).get(f"{LIST}{pager.after_url}")

    rows = [*first.context["rows"], *second.context["rows"]]
    assert len({row.url for row in rows}) == len(rows) == 29
    assert rows[-1].reading.headline == "期限未登记"
    assert "皖N-2026-118" in seen(cast.zhou, f"{LIST}?show=all&sort=newest", 8)
    assert "没有上级逾期的诉求" in seen(cast.zhou, f"{LIST}?show=late", 8)
    assert seen(cast.li, LIST, 8).count("row-title") == 0


def test_the_file_has_the_columns_of_the_sixth_form(story: Story) -> None:
    answer = desk(raised(story).cast.zhou).post(f"{LIST}export/")

    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content)))["转省市问题清单"]  # type: ignore[attr-defined]
    head, row = list(sheet.iter_rows(values_only=True))
    assert "县级已做工作" in head
    assert dict(zip(head, row, strict=True))["上级编号"] == "皖N-2026-118"


def test_another_county_sees_nothing_of_it(story: Story, other_cast: Cast) -> None:
    lay_rules(other_cast.county)
    raised(story)

    assert story.appeal.number not in seen(other_cast.zhou, LIST, 8)
    assert Escalation.objects.in_county(other_cast.county).count() == 0
    assert Escalation.objects.in_county(COUNTY).count() == 1


@pytest.mark.parametrize("with_request", [False, True])
def test_every_step_up_and_back_asks_only_so_often(story: Story, *, with_request: bool) -> None:
    if with_request:
        asked(story)
    client = desk(story.cast.zhou)
    client.get("/desk/")
    due_on = f"{local_date(story.at) + timedelta(days=20)}"
    steps = {
        "escalations": {**FORM, "number": "皖N-1", "due_on": due_on},
        "upper-facts": {"number": "皖N-2", "due_on": due_on},
        "upper-replies": {
            "result": "SETTLED",
            "words": "已批",
            "replied_on": f"{local_date(now())}",
        },
    }
    for verb, form in steps.items():
        with queries_at_most(12):
            assert client.post(case_page(story, verb), form).status_code == 303, verb
