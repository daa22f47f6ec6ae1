"""The queues of the office and of a unit, and the figures that lead to them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from qifu.appeals.models import Appeal
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf, case, partly
from tests.web.portal.many import many_cases
from tests.web.portal.reading import read, words

ROW = re.compile(r'class="row-title[^"]*" href="/desk/appeals/([\d-]+)/"')


def rows(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return ROW.findall(answer.content.decode())


def test_a_case_moves_from_queue_to_queue(story: Story, seat: SeatOf) -> None:
    zhou, zhu = seat(story.cast.zhou), seat(story.cast.zhu)
    story.submitted()
    number = story.appeal.number

    assert rows(zhou, "/desk/queues/to-accept/") == [number]
    story.accepted()
    assert rows(zhou, "/desk/queues/to-accept/") == []
    assert rows(zhou, "/desk/queues/to-dispatch/") == [number]
    story.dispatched(story.cast.labour)
    assert rows(zhou, "/desk/queues/to-sign/") == [number]
    assert rows(zhu, "/desk/queues/to-sign/") == [number]
    story.signed()
    assert rows(zhu, "/desk/queues/to-sign/") == []
    assert rows(zhu, "/desk/queues/handling/") == [number]
    story.replied()
    assert rows(seat(story.cast.chen), "/desk/queues/to-approve/") == [number]
    story.approved()
    assert rows(seat(story.cast.wu), "/desk/queues/to-review/") == [number]
    story.published()
    assert rows(zhou, "/desk/queues/to-evaluate/") == [number]
    story.rated()
    assert rows(zhou, "/desk/queues/ended/") == [number]
    assert rows(zhu, "/desk/queues/done/") == [number]


def test_the_queue_to_dispatch_proposes_a_unit_with_its_ground(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted()

    page = read(seat(story.cast.zhou), "/desk/queues/to-dispatch/")

    assert "县金融办 主办" in page
    assert "协办县人社局" in page
    assert "贷款难由县金融办牵头对接银行" in page


def test_where_the_catalogue_is_silent_the_queue_abstains(story: Story, seat: SeatOf) -> None:
    # 说不清 belongs to the place, and nobody knows where this firm lies.
    story.category_code = "other.unsure"
    story.submitted().accepted()

    page = read(seat(story.cast.zhou), "/desk/queues/to-dispatch/")

    assert "把握不大，请人工选定" in page
    assert "选单位" in page


def test_a_unit_has_no_queue_of_the_office(story: Story, seat: SeatOf) -> None:
    zhu = seat(story.cast.zhu)

    assert zhu.get("/desk/queues/to-review/").status_code == 404
    assert zhu.get("/desk/queues/nonsense/").status_code == 404
    assert seat(story.cast.sys).get("/desk/queues/to-accept/").status_code == 404


def test_the_part_is_the_rows_alone(story: Story, seat: SeatOf) -> None:
    story.submitted()

    part = partly(seat(story.cast.zhou), "/desk/queues/to-accept/")

    assert "<html" not in part.content.decode()
    assert story.appeal.number in part.content.decode()
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("category=finance", True),
        ("category=talent", False),
        ("channel=PLATFORM", True),
        ("channel=VISIT", False),
        ("q=立夏", True),
        ("q=流动资金", True),
        ("q=没有这个词", False),
        ("category=no-such-code", True),
    ],
)
def test_conditions_narrow_a_queue(story: Story, seat: SeatOf, condition: str, found: bool) -> None:
    story.submitted().accepted()

    shown = rows(seat(story.cast.zhou), f"/desk/queues/to-dispatch/?{condition}")

    assert shown == ([story.appeal.number] if found else [])


def test_an_empty_result_names_the_conditions_and_clears_them(story: Story, seat: SeatOf) -> None:
    page = seat(story.cast.zhou).get("/desk/queues/to-accept/?channel=VISIT&q=锅炉")

    assert "来源：走访，搜索：锅炉" in words(page)
    assert "清除全部条件" in words(page)


def test_every_row_is_on_exactly_one_page(story: Story, seat: SeatOf) -> None:
    many_cases(story, 60)
    zhou = seat(story.cast.zhou)
    seen: list[str] = []
    path: str | None = "/desk/queues/handling/"
    while path:
        answer = zhou.get(path)
        seen += ROW.findall(answer.content.decode())
        more = re.search(r'href="(\?after=[^"]*)" rel="next"', answer.content.decode())
        path = f"/desk/queues/handling/{more[1]}" if more else None

    every = Appeal.objects.in_county(story.cast.county).values_list("number", flat=True)
    assert len(seen) == len(set(seen)) == 60
    assert set(seen) == set(every)


def test_turning_back_shows_the_rows_before(story: Story, seat: SeatOf) -> None:
    many_cases(story, 60)
    zhou = seat(story.cast.zhou)
    first = zhou.get("/desk/queues/handling/").content.decode()
    after = re.search(r'href="(\?after=[^"]*)" rel="next"', first)
    assert after
    second = zhou.get(f"/desk/queues/handling/{after[1]}").content.decode()
    before = re.search(r'href="(\?before=[^"]*)" rel="prev"', second)
    assert before

    back = rows(zhou, f"/desk/queues/handling/{before[1]}")

    assert back == ROW.findall(first)


def test_a_place_that_is_no_more_shows_the_first_page(story: Story, seat: SeatOf) -> None:
    story.submitted()
    zhou = seat(story.cast.zhou)

    for place in ("2026-01-01.2099-9999", "nonsense", "%00", "2026-99-99.x"):
        assert rows(zhou, f"/desk/queues/to-accept/?after={place}") == [story.appeal.number]


def test_the_office_sees_its_own_lateness(story: Story, seat: SeatOf) -> None:
    story.wait(days=-20).submitted()
    zhou = seat(story.cast.zhou)

    assert rows(zhou, "/desk/queues/overdue/") == [story.appeal.number]
    assert rows(zhou, f"/desk/queues/overdue/?turn={story.cast.office.code}") != []
    assert rows(zhou, f"/desk/queues/overdue/?turn={story.cast.finance.code}") == []
    assert "1件已逾期" in read(zhou, "/desk/")


def test_nobody_is_late_while_the_enterprise_has_the_word(story: Story, seat: SeatOf) -> None:
    story.wait(days=-30).walked()
    zhou, zhu = seat(story.cast.zhou), seat(story.cast.zhu)

    assert rows(zhou, "/desk/queues/overdue/") == []
    assert rows(zhu, "/desk/queues/overdue/") == []


def test_a_unit_narrows_its_queue_by_lamp(story: Story, seat: SeatOf) -> None:
    story.wait(days=-30).submitted().accepted().dispatched().signed()
    zhu = seat(story.cast.zhu)

    assert rows(zhu, "/desk/queues/handling/?lamp=overdue") == [story.appeal.number]
    assert rows(zhu, "/desk/queues/handling/?lamp=soon") == []


def test_somebody_with_posts_here_and_there_has_both_sets(story: Story, seat: SeatOf) -> None:
    from qifu.organisations.models import Post
    from tests.cast import BEGINNING

    cast = story.cast
    Post.objects.create(
        county=cast.county, unit=cast.finance, user=cast.wu, kind="PLATFORM_ADMIN",
        valid_from=BEGINNING,
    )  # fmt: skip
    story.submitted().accepted().dispatched()
    wu = seat(cast.wu)

    assert rows(wu, "/desk/queues/to-sign/") == [story.appeal.number]
    assert rows(wu, "/desk/queues/unit-to-sign/") == [story.appeal.number]
    assert rows(wu, "/desk/queues/unit-handling/") == []
    assert wu.get(case(story)).status_code == 200
