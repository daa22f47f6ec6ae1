"""What each page asks the database, with few cases and with many."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.firms import Firms
from tests.story import Story
from tests.web.portal.many import many_cases
from tests.web.portal.reading import queries_at_most

MANY = pytest.mark.parametrize("count", [10, 1_000])


@MANY
def test_the_list_asks_eight_times_at_most(tea: Story, boss: Client, count: int) -> None:
    many_cases(tea, count)
    boss.get("/appeals/")

    for path in ("/appeals/", f"/appeals/?view=open&after={tea.appeal.number}"):
        with queries_at_most(8):
            boss.get(path)


@MANY
def test_the_follow_page_asks_twelve_times_at_most(tea: Story, boss: Client, count: int) -> None:
    many_cases(tea, count)
    boss.get("/appeals/")

    for part in ("", "next/", "deadline/"):
        with queries_at_most(12):
            boss.get(f"/appeals/{tea.appeal.number}/{part}")


@MANY
def test_the_first_page_asks_twelve_times_at_most(tea: Story, boss: Client, count: int) -> None:
    many_cases(tea, count)
    boss.get("/appeals/")

    with queries_at_most(12):
        boss.get("/")


@MANY
@pytest.mark.parametrize(("grade", "most"), [("4", 12), ("2", 13)])
def test_rating_asks_twelve_times_and_once_more_where_the_office_has_to_call(
    tea: Story, firms: Firms, boss: Client, count: int, grade: str, most: int
) -> None:
    many_cases(tea, count)
    tea.replied().approved().published()
    boss.get("/appeals/")

    with queries_at_most(most):
        answer = boss.post(
            f"/appeals/{tea.appeal.number}/rating/",
            {
                "contacted": "yes",
                "solved": "PARTLY",
                "grade": grade,
                "tags": ["来回跑"],
                "words": "跑了三趟。",
                "attitude-jinrongban": "4",
            },
        )

    assert answer.status_code == 303


@MANY
def test_a_followed_case_that_has_ended_asks_no_more(tea: Story, boss: Client, count: int) -> None:
    many_cases(tea, count)
    tea.replied().approved().published().rated()
    boss.get("/appeals/")

    with queries_at_most(12):
        boss.get(f"/appeals/{tea.appeal.number}/")


@MANY
def test_sending_asks_ten_times_at_most(tea: Story, firms: Firms, boss: Client, count: int) -> None:
    many_cases(tea, count)
    boss.post("/raise/problem/", {"problem": "招不到采茶工，要30个人。", "category": "talent"})
    boss.post("/raise/enterprise/", {"own": firms.tea.number})
    boss.post("/raise/contact/", {"contact_name": "吴经理", "contact_way": "PHONE"})
    key = boss.get("/raise/check/").context["draft"].key

    with queries_at_most(10):
        answer = boss.post("/raise/check/", {"once_key": key})

    assert answer.status_code == 303


def test_the_steps_ask_little(story: Story, boss: Client) -> None:
    boss.get("/appeals/")

    with queries_at_most(5):
        boss.get("/raise/problem/")
    with queries_at_most(5):
        boss.post("/raise/problem/", {"problem": "招不到采茶工，要30个人。"})
    with queries_at_most(6):
        boss.post("/raise/enterprise/", {"name": "竹木厂"})
    with queries_at_most(5):
        boss.post("/raise/contact/", {"contact_name": "吴", "contact_way": "PHONE"})
    with queries_at_most(5):
        boss.get("/raise/check/")
