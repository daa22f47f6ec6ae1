"""登记: the office writes down a call, a township what comes to it."""

from __future__ import annotations

from typing import Any

from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal
from tests.firms import Firms
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf, partly
from tests.web.portal.reading import words

NEW = "/desk/appeals/new/"
FORM = {
    "firm": "立夏茶业有限公司",
    "problem": "流动资金缺300万元，没有抵押物。",
    "contact_name": "吴经理",
    "contact_phone": "0564-7356611",
    "channel": "PHONE",
}


def made(story: Story) -> Appeal:
    rows = Appeal.objects.in_county(story.cast.county)
    return rows.select_related("said_enterprise", "enterprise", "lodged_at").latest("pk")


def post(client: Any, **form: str) -> Any:
    return client.post(NEW, {**FORM, **form})


def test_what_the_office_writes_down_waits_for_it(story: Story, seat: SeatOf) -> None:
    answer = post(seat(story.cast.zhou))

    case = made(story)
    assert answer["Location"] == f"/desk/appeals/{case.number}/"
    assert (case.state, case.proxy, case.local) == (State.SUBMITTED, True, False)
    assert case.enterprise_name == "立夏茶业有限公司"


def test_a_township_begins_at_once(story: Story, seat: SeatOf) -> None:
    post(seat(story.cast.qian), channel="VISIT", place=story.cast.township.code)

    case = made(story)
    assert (case.state, case.lodged_at) == (State.LOCAL, story.cast.township)
    assert seat(story.cast.zhou).get(f"/desk/appeals/{case.number}/").status_code == 200


def test_the_register_is_searched_while_one_types(story: Story, firms: Firms, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)

    part = partly(zhou, f"{NEW}?firm={firms.tea.name[2:4]}")
    one_sign = partly(zhou, f"{NEW}?firm={firms.tea.name[2]}")

    assert firms.tea.name in words(part)
    assert "<html" not in part.content.decode()
    assert firms.tea.name not in words(one_sign)


def test_without_scripts_a_button_searches_and_loses_nothing(
    story: Story, firms: Firms, seat: SeatOf
) -> None:
    answer = post(seat(story.cast.zhou), firm=firms.tea.name[2:4], find="1")

    assert answer.status_code == 200
    assert firms.tea.name in words(answer)
    assert FORM["problem"] in answer.content.decode()
    assert not Appeal.objects.in_county(story.cast.county).exists()


def test_a_picked_enterprise_is_tied_with_its_place(
    story: Story, firms: Firms, seat: SeatOf
) -> None:
    zhou = seat(story.cast.zhou)

    post(zhou, firm=firms.tea.name[2:4], listed=firms.tea.number)

    case = made(story)
    assert case.enterprise == firms.tea
    assert case.place_id == firms.tea.township_id


def test_a_full_name_finds_its_enterprise_unless_one_says_no(
    story: Story, firms: Firms, seat: SeatOf
) -> None:
    zhou = seat(story.cast.zhou)
    post(zhou, firm=firms.tea.name)
    assert made(story).enterprise == firms.tea

    post(zhou, firm=firms.tea.name, listed="-")
    assert made(story).enterprise is None


def test_a_wrong_number_is_told_and_everything_is_kept(story: Story, seat: SeatOf) -> None:
    answer = post(seat(story.cast.zhou), contact_phone="1380013567", problem="厂房漏水😀䃥")

    assert answer.status_code == 422
    assert "11位手机号" in words(answer)
    assert "厂房漏水😀䃥" in answer.content.decode()


def test_the_same_form_twice_is_one_case(story: Story, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)
    post(zhou, once_key="a")
    again = post(zhou, once_key="a")

    assert again.status_code == 303
    assert Appeal.objects.in_county(story.cast.county).count() == 1


def test_a_reviewer_does_not_register(story: Story, seat: SeatOf) -> None:
    wu = seat(story.cast.wu)

    assert wu.get(NEW).status_code == 403
    assert post(wu).status_code == 403
