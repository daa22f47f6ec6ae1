"""复制到工作群: a list as plain lines, narrowed like the list, with nobody's name in it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from qifu.appeals.actions import confiding
from tests.cast import PERSONS
from tests.story import PROBLEM, Story
from tests.web.desk.appeals.conftest import SeatOf
from tests.web.portal.many import many_cases
from tests.web.portal.reading import words

AREA = re.compile(r"<textarea[^>]*data-select[^>]*>(.*?)</textarea>", re.DOTALL)
BOOKS = ("appeals", "promises", "refusals", "escalations", "post-backs")


def lines(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    found = AREA.search(answer.content.decode())
    return found[1].strip().splitlines() if found else []


def test_a_line_says_which_case_whose_and_until_when_and_no_more(
    story: Story, seat: SeatOf
) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)

    head, *rest = lines(seat(story.cast.zhou), "/desk/queues/to-sign/?as=lines")

    case = story.fresh()
    (line,) = rest
    assert head == "待签收，共1件："
    unit = story.cast.finance.short_name
    assert line.startswith(f"{case.number}｜{case.enterprise_name}｜{unit}｜")
    assert line.endswith("前")
    assert PROBLEM[:6] not in line
    assert PERSONS["boss"] not in line


def test_a_units_own_queue_names_its_part(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)

    _, line = lines(seat(story.cast.zhu), "/desk/queues/to-sign/?as=lines")

    assert f"{story.cast.finance.short_name}（主办）" in line


def test_the_conditions_of_the_list_hold_for_its_lines(story: Story, seat: SeatOf) -> None:
    story.submitted()
    zhou = seat(story.cast.zhou)

    assert len(lines(zhou, "/desk/appeals/?state=SUBMITTED&as=lines")) == 2
    assert lines(zhou, "/desk/appeals/?state=CLOSED&as=lines") == []
    page = zhou.get("/desk/appeals/?state=SUBMITTED").content.decode()
    assert 'href="?state=SUBMITTED&amp;as=lines"' in page


def test_a_confidential_case_is_in_no_line_though_the_director_sees_it(
    story: Story, seat: SeatOf
) -> None:
    story.submitted()
    confiding.keep_confidential(story.fresh(), "老板来电", by=story.cast.zhou, at=story.at)
    wang = seat(story.cast.wang)

    assert story.fresh().number in words(wang.get("/desk/queues/to-accept/"))
    assert lines(wang, "/desk/queues/to-accept/?as=lines") == []
    assert lines(wang, "/desk/appeals/?as=lines") == []


def test_of_many_only_the_first_are_listed_and_that_is_said(story: Story, seat: SeatOf) -> None:
    many_cases(story, 60)

    head, *rest = lines(seat(story.cast.zhou), "/desk/appeals/?as=lines")

    assert head == "全部诉求，共60件，只列前50件："
    assert len(rest) == 50


@pytest.mark.parametrize("book", BOOKS)
def test_each_book_has_its_lines(story: Story, seat: SeatOf, book: str) -> None:
    answer = seat(story.cast.zhou).get(f"/desk/{book}/?as=lines")

    assert answer.status_code == 200
    assert "复制到工作群" in words(answer)


def test_who_keeps_the_system_has_no_lines(story: Story, seat: SeatOf) -> None:
    story.submitted()

    assert seat(story.cast.sys).get("/desk/appeals/?as=lines").status_code == 403
