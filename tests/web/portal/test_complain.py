"""反映工作作风 on the portal: from a case's page or without one, and a list of one's own."""

from __future__ import annotations

from django.test import Client

from qifu.conduct.actions import complain
from qifu.conduct.models import Complaint
from qifu.kernel.clock import now
from tests.cast import COUNTY
from tests.story import Story

NEW = "/me/complaints/new/"


def test_from_a_case_the_unit_and_the_case_are_there_already(boss: Client, story: Story) -> None:
    story.submitted().accepted().dispatched()

    page = boss.get(f"{NEW}?case={story.appeal.number}")

    form = page.context["form"]
    assert (form["unit"].value(), form["case"].value()) == ("jinrongban", story.appeal.number)
    assert page.context["back_url"] == f"/appeals/{story.appeal.number}/"


def test_without_a_case_nothing_is_asked_about_one(boss: Client) -> None:
    page = boss.get(NEW)

    assert "case" not in page.context["form"].fields
    sent = boss.post(NEW, {"unit": "renshe", "words": "推了三次"})
    assert sent.status_code == 303
    row = Complaint.objects.in_county(COUNTY).get()
    assert (row.appeal, row.officer_name) == (None, None)


def test_nobody_elses_case_is_offered_or_taken(outsider: Client, story: Story) -> None:
    story.submitted()
    number = story.appeal.number

    page = outsider.get(f"{NEW}?case={number}")
    sent = {"unit": "renshe", "words": "推了三次", "case": number}
    answer = outsider.post(f"{NEW}?case={number}", sent)

    assert number not in page.content.decode().replace(f"case={number}", "")
    # There is no such field on his page, so what is sent under its name is nothing.
    assert answer.status_code == 303
    assert Complaint.objects.in_county(COUNTY).get().appeal is None


def test_about_oversight_itself_the_person_is_told_where_to_turn(boss: Client) -> None:
    answer = boss.post(NEW, {"unit": "jianwei", "words": "不理人"})

    assert answer.status_code == 422
    assert "12388" in answer.content.decode()


def test_a_long_list_turns_over(boss: Client, story: Story) -> None:
    cast = story.cast
    numbers = [
        complain(cast.labour, f"推了{n}次", by=cast.boss, at=now()).number for n in range(21)
    ]

    first = boss.get("/me/complaints/")
    second = boss.get(f"/me/complaints/{first.context['pager'].after_url}")

    shown = [row["number"] for page in (first, second) for row in page.context["rows"]]
    assert shown == numbers[::-1]
    assert second.context["pager"].before_url


def test_whoever_said_nothing_reads_what_it_is_for(outsider: Client) -> None:
    assert "您没有反映过" in outsider.get("/me/complaints/").content.decode()
