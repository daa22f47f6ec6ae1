"""诉求进度: who has it, by when, what was done; and 接下来会怎样."""

from __future__ import annotations

import pytest
from django.test import Client

from qifu.appeals.actions.accepting import answer_on_the_spot, decline
from qifu.appeals.actions.merging import merge
from qifu.appeals.actions.publishing import recall
from qifu.appeals.actions.rating import close_unrated
from qifu.appeals.models import Clock
from qifu.appeals.promises import handed_out_by
from qifu.appeals.rules import ClockKind, DeclineReason, Role
from qifu.kernel.clock import local_date, now
from qifu.web.ui.dates import letter_date, portal_date
from tests.cast import COUNTY
from tests.story import Story
from tests.web.portal.reading import queries_at_most, read

INSIDE = ("审签", "协办", "主办", "承办", "责任单位", "办理措施", "召集银行")


def page_of(story: Story, client: Client, part: str = "") -> str:
    return read(client, f"/appeals/{story.appeal.number}/{part}")


def due(story: Story) -> str:
    """Return the day by which the case's own unit must answer."""
    clocks = Clock.objects.in_county(COUNTY).filter(appeal=story.appeal, kind=ClockKind.HANDLE)
    clock = clocks.filter(assignment__role=Role.LEAD).latest("pk")
    assert clock.due_on is not None
    return portal_date(clock.due_on)


def test_what_was_just_said_waits_for_the_office_until_a_day(story: Story, boss: Client) -> None:
    page = page_of(story.submitted(), boss)

    day = portal_date(handed_out_by(COUNTY, story.at))
    assert f"县办在看，{day}前告诉您谁来办" in page
    assert "县“四送一服”办公室" in page
    assert "0564-7350000" in page


def test_a_case_with_its_unit_names_unit_person_phone_and_day(story: Story, boss: Client) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)
    assert "还没签收" in page_of(story, boss)

    story.signed()

    page = page_of(story, boss)
    assert f"县金融办在办，{due(story)}前答复您" in page
    assert "县金融办，朱科长" in page
    assert story.cast.finance.phone in page
    assert "协助： 县人社局" in page


def test_late_is_said_plainly(story: Story, boss: Client) -> None:
    story.wait(days=-14).submitted().accepted().dispatched().signed()

    page = page_of(story, boss)

    assert "县金融办已超期" in page
    assert "县金融办已超期" in read(boss, "/")
    assert "县金融办已超期" in read(boss, "/appeals/")


def test_an_answer_is_shown_with_its_proof_and_asks_for_a_rating(
    story: Story, boss: Client
) -> None:
    story.walked()

    page = page_of(story, boss)

    assert "茶叶贷300万元12月1日前放款" in page
    assert "到账凭证：12月1日放款凭证300万元" in page
    assert "办成了" in page
    assert "评一评，办成了没有" in page
    assert "按时" in page


def test_what_stays_inside_is_not_shown(story: Story, boss: Client) -> None:
    story.walked(story.cast.labour)

    page, _, _foot = page_of(story, boss).partition("主办单位：")

    assert [word for word in INSIDE if word in page] == []


def test_a_recalled_answer_is_gone_until_it_comes_again(story: Story, boss: Client) -> None:
    story.walked()
    recall(story.reread(), by=story.cast.wu, at=story.at)

    page = page_of(story, boss)

    assert "茶叶贷" not in page
    assert "县金融办已有答复，县办在核" in page


def test_an_answer_on_the_spot_troubles_no_unit(story: Story, boss: Client) -> None:
    story.submitted()
    story.answer = answer_on_the_spot(
        story.fresh(), story.category, "可以。带营业执照来。", by=story.cast.zhou, at=story.at
    )

    page = page_of(story, boss)

    assert "县办答复您" in page
    assert "可以。带营业执照来。" in page
    assert "签收" not in page


def test_a_refusal_says_why_and_where_to_turn(story: Story, boss: Client) -> None:
    story.submitted()
    outside = DeclineReason.OUTSIDE
    decline(story.fresh(), outside, words="厂在霍邱县。", by=story.cast.zhou, at=story.at)

    page = page_of(story, boss)

    assert "没有受理" in page
    assert "不在本县管辖范围。厂在霍邱县。" in page
    assert "请拨打事项所在地的12345热线。" in page
    assert "提不同意见" in page


def test_a_township_that_has_it_is_named_at_once(tea: Story, boss: Client) -> None:
    tea.lodged_locally()

    page = page_of(tea, boss)

    assert "油坊店乡在办" in page
    assert "等答复" in page
    assert "交办" not in page


def test_an_end_without_a_rating_is_not_called_satisfied(story: Story, boss: Client) -> None:
    story.wait(days=-30).walked()
    close_unrated(COUNTY, at=now())

    page = page_of(story, boss)

    assert "您没有评价，不算满意" in page
    assert "评一评" not in page


def test_the_count_of_days_is_open(story: Story, boss: Client) -> None:
    story.submitted().accepted().dispatched().signed()

    page = page_of(story, boss, "deadline/")

    assert "限5个工作日" in page
    assert "第5个工作日，24:00到期" in page


def test_the_count_stays_open_after_the_answer(story: Story, boss: Client) -> None:
    story.walked().rated()

    assert "限5个工作日" in page_of(story, boss, "deadline/")


def test_what_happens_next_has_real_dates_and_can_be_opened_again(
    story: Story, boss: Client
) -> None:
    story.submitted()
    page = page_of(story, boss, "next/")
    assert f"{letter_date(handed_out_by(COUNTY, story.at))}前" in page
    assert story.appeal.number in page
    assert "0564-7350000" in page

    story.accepted().dispatched().signed()
    page = page_of(story, boss, "next/")
    assert "交给县金融办办" in page
    assert f"{due(story)}" in page

    story.replied().approved().published()
    assert letter_date(local_date(story.at)) in page_of(story, boss, "next/")
    story.rated()
    assert "您来评价" in page_of(story, boss, "next/")


@pytest.mark.parametrize("part", ["", "next/", "deadline/", "rating/", "objections/"])
def test_somebody_elses_case_is_not_there(story: Story, outsider: Client, part: str) -> None:
    story.walked()

    read(outsider, f"/appeals/{story.appeal.number}/{part}", status=404)


def test_staff_follow_at_the_desk_and_strangers_sign_in_first(story: Story, client: Client) -> None:
    story.submitted()
    path = f"/appeals/{story.appeal.number}/"
    assert client.get(path).headers["Location"].startswith("/sign-in/")

    client.force_login(story.cast.zhou)
    assert client.get(path).status_code == 404


def test_a_merged_case_is_followed_within_nine_questions(story: Story) -> None:
    parent = story.submitted().accepted().dispatched().signed()
    child = Story(story.cast, at=story.at).submitted(
        story.cast.clerk, enterprise_name="灯饰厂", contact_phone=story.cast.clerk.phone
    )
    merge(child.fresh(), parent.fresh(), "同一件", by=story.cast.zhou, at=story.at)
    client = Client()
    client.force_login(story.cast.clerk)
    path = f"/appeals/{child.appeal.number}/"
    client.get(path)

    with queries_at_most(9):
        page = read(client, path)

    assert "和同样的问题一起办：县金融办在办" in page
    assert "立夏" not in page
