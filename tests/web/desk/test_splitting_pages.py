"""拆分 on the desk and for the enterprise: the form, and each case leading to the other."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from qifu.appeals.models import Appeal
from qifu.kernel.clock import now
from tests.cast import Cast
from tests.story import Story, lay_rules
from tests.web.desk.test_bend_steps import case_page, desk, seen
from tests.web.portal.reading import queries_at_most

LOAN, ROAD = "收茶旺季流动资金缺300万元左右。", "茶园那条路雨后塌了一截。"
WHY = "归两个单位"


@pytest.fixture
def story(cast: Cast) -> Story:
    lay_rules(cast.county)
    return Story(cast, at=now()).submitted(problem=f"{LOAN}{ROAD}")


def split(story: Story, **changes: Any) -> Any:
    form = {"problem": ROAD, "rest": LOAN, "words": WHY, **changes}
    return desk(story.cast.zhou).post(f"{case_page(story)}splits/", form)


def made() -> Appeal:
    return Appeal.objects.in_county("341524").latest("pk")


def test_the_clerk_parts_the_enterprises_words(story: Story) -> None:
    zhou = story.cast.zhou
    assert "拆分…" in seen(zhou, case_page(story))
    form = seen(zhou, f"{case_page(story)}splits/")
    assert form.count(f"{LOAN}{ROAD}") == 3  # to be cut down twice, and as it was said

    refused = split(story, rest="")
    done = split(story)

    assert (refused.status_code, done.status_code) == (422, 303)
    assert ROAD in refused.content.decode()
    number = made().number
    page = seen(zhou, case_page(story))
    assert f"/desk/appeals/{number}/" in page
    assert "拆成了两件" in page
    other = seen(zhou, f"/desk/appeals/{number}/")
    assert case_page(story) in other
    assert ROAD in other
    assert LOAN not in other
    assert "拆分…" not in other
    assert number in seen(zhou, "/desk/queues/to-accept/")


def test_what_was_accepted_asks_what_the_second_is_about(story: Story) -> None:
    story.accepted()

    assert split(story).status_code == 422
    assert split(story, category="talent.workers").status_code == 303

    assert made().category_id != story.category.pk
    assert made().number in seen(story.cast.zhou, "/desk/queues/to-dispatch/")


def test_the_enterprise_finds_each_from_the_other(story: Story) -> None:
    split(story)
    client = Client()
    client.force_login(story.cast.boss)
    client.get("/appeals/")

    with queries_at_most(9):
        page = client.get(f"/appeals/{story.appeal.number}/").content.decode()

    assert f"/appeals/{made().number}/" in page
    other = client.get(f"/appeals/{made().number}/").content.decode()
    assert f"/appeals/{story.appeal.number}/" in other
    assert "您一次说了不止一个问题" in other
    assert WHY not in page + other


def test_a_unit_hears_of_its_own_case_only(story: Story) -> None:
    split(story)
    story.fresh()
    story.accepted().dispatched()

    page = seen(story.cast.zhu, case_page(story))

    assert made().number not in page
    assert ROAD not in page


def test_the_pages_ask_no_more(story: Story) -> None:
    split(story)
    client = desk(story.cast.zhou)
    client.get("/desk/")

    for path in (case_page(story), f"/desk/appeals/{made().number}/"):
        with queries_at_most(12):
            assert client.get(path).status_code == 200
