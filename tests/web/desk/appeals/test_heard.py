"""While somebody is on the telephone: whose number it is, and what may have been said before."""

from __future__ import annotations

from typing import Any

from django.test import Client

from qifu.appeals.actions.lodging import register
from tests.cast import PERSONS
from tests.firms import Firms
from tests.story import PROBLEM, Story
from tests.web.desk.appeals.conftest import SeatOf
from tests.web.portal.reading import words

HEARD = "/desk/appeals/new/heard/"


def heard(client: Client, **given: str) -> Any:
    return client.post(HEARD, given, headers={"HX-Request": "true"})


def test_a_known_number_says_whose_it_is_and_fills_in_whom_to_ask(
    story: Story, firms: Firms, seat: SeatOf
) -> None:
    part = heard(seat(story.cast.zhou), contact_phone=PERSONS["boss"])

    assert firms.tea.name in words(part)
    assert f'data-caller="{firms.tea.contact_name}"' in part.content.decode()
    assert "<html" not in part.content.decode()


def test_what_the_enterprise_said_before_is_shown_with_why(
    story: Story, firms: Firms, seat: SeatOf
) -> None:
    said = story.said(enterprise=firms.tea)
    case = register(said, unit=story.cast.office, by=story.cast.zhou, at=story.at)

    part = words(heard(seat(story.cast.wang), firm=firms.tea.name, problem=PROBLEM))
    another = words(heard(seat(story.cast.wang), firm="别的厂", problem=PROBLEM))

    assert case.number in part
    assert "同一企业" in part
    assert case.number not in another


def test_nobody_learns_of_an_enterprise_that_is_not_his(
    story: Story, firms: Firms, seat: SeatOf
) -> None:
    part = heard(seat(story.cast.li), contact_phone=PERSONS["boss"])

    assert firms.tea.name not in words(part)


def test_odd_signs_and_long_words_are_taken(story: Story, seat: SeatOf) -> None:
    given = {"firm": "有\x00无", "problem": "长" * 9000, "contact_phone": "abc", "listed": "'; --"}

    assert heard(seat(story.cast.zhou), **given).status_code == 200
