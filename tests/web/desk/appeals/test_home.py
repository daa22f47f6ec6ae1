"""今日: every figure opens exactly its rows."""

from __future__ import annotations

import re

import pytest

from qifu.organisations.models import User
from tests.cast import PEOPLE
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf
from tests.web.desk.appeals.test_sets import told
from tests.web.portal.reading import read

FIGURE = re.compile(r'class="figure" href="([^"]+)">(\d+)')
COUNT = re.compile(r'<a href="([^"]+)"[^>]*>(?:(?!</a>).)*class="nav-count[^>]*>(\d+)<', re.DOTALL)
ROW = re.compile(r'class="row-title[^"]*" href="')


@pytest.fixture
def county(story: Story) -> Story:
    told(story)
    story.wait(days=-20).submitted()
    story.submitted().accepted().dispatched().signed().replied()
    story.submitted().accepted().dispatched(lead=story.cast.finance).signed()
    return story


def test_every_figure_opens_exactly_its_rows(county: Story, seat: SeatOf) -> None:
    for login in PEOPLE:
        user: User = getattr(county.cast, login)
        client = seat(user)
        page = client.get("/desk/").content.decode()
        for url, figure in dict([*COUNT.findall(page), *FIGURE.findall(page)]).items():
            shown = len(ROW.findall(client.get(url).content.decode()))
            assert shown == int(figure), (login, url)


def test_the_home_page_has_figures_for_whoever_works(county: Story, seat: SeatOf) -> None:
    for user in (county.cast.zhou, county.cast.wu, county.cast.zhu, county.cast.chen):
        assert FIGURE.findall(seat(user).get("/desk/").content.decode()), user


def test_late_units_are_named_and_the_office_is_one(county: Story, seat: SeatOf) -> None:
    page = read(seat(county.cast.zheng), "/desk/")

    assert "逾期在谁手里" in page
    assert "县“四送一服”办公室" in page
    assert "县金融办" in page


def test_a_leader_is_sent_to_what_waits_for_his_signature(county: Story, seat: SeatOf) -> None:
    page = seat(county.cast.chen).get("/desk/")

    assert "1件答复等您审签" in page.content.decode()


def test_an_administrator_sees_no_case(county: Story, seat: SeatOf) -> None:
    page = seat(county.cast.sys).get("/desk/").content.decode()

    assert "您的岗位看不到诉求内容" in page
    assert "/desk/queues/" not in page
    assert "/desk/accounts/" in page
