"""Roster, register, a unit's page, filing, renaming."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from qifu.organisations.actions.filing import file_unit
from qifu.organisations.actions.loading import load_county
from qifu.organisations.county_file import read
from qifu.organisations.models import Unit, UnitFiling, User
from tests.cast import COUNTY, NOW, OTHER_COUNTY, Cast
from tests.story import lay_rules

FILE = Path(__file__).resolve().parent.parent.parent.parent / "counties" / "341524.toml"


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    """Give both counties of a test what the column counts by."""
    for county in (COUNTY, OTHER_COUNTY):
        lay_rules(county)


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def jinzhai(cast: Cast) -> Cast:
    """The cast in the county as the data file has it."""
    load_county(read(FILE), at=NOW)
    return cast


def test_the_roster_shows_the_printed_names_and_both_names_of_a_unit(jinzhai: Cast) -> None:
    client = _as(jinzhai.zhou)

    then, today = _text(client, "/desk/roster/?on=2018-10-01"), _text(client, "/desk/roster/")

    assert "汪光毅" in then
    assert "焦 作" in then
    assert "县自规局" not in then
    assert "县自规局" in today
    assert "县国土局" in today
    assert "演示数据" in today


def test_an_odd_day_is_today_with_a_word_about_it(jinzhai: Cast) -> None:
    page = _text(_as(jinzhai.zhou), "/desk/roster/?on=yesterday%00")

    assert "日期不对，先显示今天" in page


def test_the_register_shows_whom_each_unit_has_named(cast: Cast, other_cast: Cast) -> None:
    file_unit(cast.finance, leader=cast.chen, liaison=cast.zhu, by=cast.zhu, at=NOW)

    page = _text(_as(cast.li), "/desk/units/")

    assert "朱科长" in page
    assert page.count("已备案") == 1
    assert page.count("县金融办") == _text(_as(other_cast.li), "/desk/units/").count("县金融办")


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("view=places", "油坊店乡", "县人社局"),
        ("q=人社", "县人社局", "油坊店乡"),
        ("q=%00%27;--😀", "没有符合条件的单位", "县人社局</a>"),
    ],
)
def test_the_register_is_narrowed(cast: Cast, query: str, there: str, gone: str) -> None:
    page = _text(_as(cast.zhou), f"/desk/units/?{query}").partition("<main")[2]

    assert there in page
    assert gone not in page


def test_a_unit_shows_its_people_and_its_history(cast: Cast) -> None:
    file_unit(cast.finance, leader=cast.chen, liaison=cast.he, by=cast.zhou, at=NOW)

    page = _text(_as(cast.zhou), "/desk/units/jinrongban/")

    for words in ("陈局", "何干部", "朱科长", "2018年9月28日", "周敏"):
        assert words in page


def test_a_unit_that_is_not_there_is_not_found(cast: Cast, other_cast: Cast) -> None:
    Unit.objects.in_county(COUNTY).filter(pk=cast.park.pk).update(code="park-here")

    assert _as(other_cast.zhou).get("/desk/units/park-here/").status_code == 404


def test_the_unfiled_list_is_the_offices_and_empties(cast: Cast) -> None:
    client = _as(cast.zhou)
    assert "油坊店乡" in _text(client, "/desk/unfiled-units/")
    assert _as(cast.zhu).get("/desk/unfiled-units/").status_code == 404

    answer = client.post(
        "/desk/units/341524202/filings/", {"leader": cast.sun.pk, "liaison": cast.qian.pk}
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/units/341524202/")
    left = _text(client, "/desk/unfiled-units/").partition("<main")[2].partition("</main>")[0]
    assert "油坊店乡" not in left


def test_a_liaison_files_what_is_and_cannot_name_another(cast: Cast) -> None:
    client = _as(cast.zhu)

    answer = client.post(
        "/desk/units/jinrongban/filings/", {"leader": cast.he.pk, "liaison": cast.zhu.pk}
    )

    assert answer.status_code == 303
    filing = UnitFiling.objects.in_county(COUNTY).get(unit=cast.finance)
    assert filing.leader_post.user == cast.chen


def test_a_leader_renews_the_filing_with_one_of_his_own(cast: Cast) -> None:
    client = _as(cast.chen)
    page = _text(client, "/desk/units/jinrongban/filings/")
    assert "何干部" in page
    assert "李干事" not in page

    answer = client.post(
        "/desk/units/jinrongban/filings/", {"leader": cast.chen.pk, "liaison": cast.li.pk}
    )

    assert answer.status_code == 422
    assert "没有这个人。请从列表中选。" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("li", 403), ("feng", 403), ("sec", 403)])
def test_others_see_the_unit_and_may_not_file(cast: Cast, who: str, status: int) -> None:
    client = _as(getattr(cast, who))

    assert client.get("/desk/units/jinrongban/").status_code == 200
    assert client.get("/desk/units/jinrongban/filings/").status_code == status


def test_the_office_renames_a_unit(cast: Cast) -> None:
    client = _as(cast.zhou)
    form = {
        "short_name": "县地方金融局",
        "name": "金寨县地方金融管理局",
        "code": "difangjinrong",
        "on": "2026-11-01",
    }
    assert _as(cast.zhu).get("/desk/units/jinrongban/renamings/").status_code == 404
    assert client.get("/desk/units/jinrongban/renamings/").status_code == 200

    answer = client.post("/desk/units/jinrongban/renamings/", form)

    assert answer.status_code == 303
    assert "现由" in _text(client, "/desk/units/jinrongban/")
    assert "县金融办" in _text(client, "/desk/units/difangjinrong/")


def test_the_office_enters_and_merges_units(cast: Cast) -> None:
    client = _as(cast.zhou)
    form = {
        "short_name": "县大数据局",
        "name": "金寨县大数据局",
        "code": "dashuju",
        "kind": "DEPARTMENT",
        "on": "2026-11-01",
    }
    assert client.post("/desk/units/new/", form).status_code == 303
    assert client.post("/desk/units/new/", form).status_code == 422

    answer = client.post(
        "/desk/units/dashuju/mergers/", {"into": cast.labour.pk, "on": "2026-11-20"}
    )

    assert answer.status_code == 303
    assert "县大数据局" in _text(client, "/desk/units/renshe/")


@pytest.mark.parametrize(
    "path",
    [
        "/desk/units/",
        "/desk/roster/",
        "/desk/unfiled-units/",
        "/desk/units/renshe/",
        "/desk/units/renshe/filings/",
    ],
)
def test_pages_of_units_take_few_queries_however_many_units(
    jinzhai: Cast, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = _as(jinzhai.zhou)
    client.get(path)

    with django_assert_max_num_queries(12):
        assert client.get(path).status_code == 200
