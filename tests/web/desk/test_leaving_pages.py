"""The pages of being away and of handing over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from qifu.journal import reference
from qifu.kernel.clock import local_date, now
from qifu.organisations.absences import away_on
from qifu.organisations.actions.absences import Days, end_early, enter
from qifu.organisations.models import Absence, HandOver, Post, User
from tests.cast import COUNTY, OTHER_COUNTY, Cast
from tests.story import Story, lay_rules


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    """Give both counties of a test what the column counts by."""
    for county in (COUNTY, OTHER_COUNTY):
        lay_rules(county)


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _main(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    text = answer.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", text)


def _week() -> Days:
    today = local_date(now())
    return Days(today, today + timedelta(days=6), "TRIP")


def test_a_liaison_enters_his_absence_and_comes_back(cast: Cast) -> None:
    client, today = _as(cast.zhu), local_date(now())
    form = _main(client, "/desk/absences/new/")
    assert "朱科长（县金融办）" in form
    assert "陈局" in form
    assert "李干事" not in form
    said = {
        "seat": "zhu@jinrongban",
        "first": f"{today}",
        "last": f"{today + timedelta(days=6)}",
        "reason": "TRIP",
        "deputy": "he",
    }

    assert client.post("/desk/absences/new/", said).status_code == 303

    deputys = _main(_as(cast.he), "/desk/absences/")
    assert "由我代班" in deputys
    assert "提前返岗" not in deputys
    away = Absence.objects.in_county(COUNTY).get()
    assert client.post(f"/desk/absences/{away.number}/endings/").status_code == 303
    assert "没有人外出" in _main(client, "/desk/absences/")


def test_what_cannot_be_comes_back_with_what_was_typed(cast: Cast) -> None:
    client, today = _as(cast.zhou), local_date(now())
    said = {
        "seat": "zhu@jinrongban",
        "first": f"{today}",
        "last": f"{today - timedelta(days=1)}",
        "reason": "TRIP",
        "deputy": "li",
    }

    answer = client.post("/desk/absences/new/", said)

    assert answer.status_code == 422
    assert "最后一天早于第一天" in answer.content.decode()
    assert f"{today - timedelta(days=1)}" in answer.content.decode()


def test_the_office_sees_those_without_a_deputy_first_and_names_one(cast: Cast) -> None:
    enter(cast.li, cast.labour, _week(), deputy=cast.zhao, by=cast.li, at=now())
    enter(cast.zhu, cast.finance, _week(), deputy=None, by=cast.zhu, at=now())
    client = _as(cast.wang)

    page = _main(client, "/desk/absences/")

    assert "1人次外出没有代班人，排在最前" in page
    assert page.index("朱科长") < page.index("李干事")
    number = Absence.objects.in_county(COUNTY).get(user=cast.zhu).number
    named = client.post(f"/desk/absences/{number}/deputies/", {"deputy": "he"})
    assert named.status_code == 303
    assert "没有代班人" not in _main(client, "/desk/absences/")


def test_dispatch_and_case_say_who_is_away_and_who_stands_in(cast: Cast) -> None:
    enter(cast.zhu, cast.finance, _week(), deputy=cast.he, by=cast.zhu, at=now())
    story = Story(cast, at=now()).submitted().accepted()
    number = story.fresh().number

    form = _main(_as(cast.zhou), f"/desk/appeals/{number}/dispatches/")
    assert "朱科长外出" in form
    assert "A岗由何干部代" in form

    story.dispatched()
    page = _main(_as(cast.he), f"/desk/appeals/{number}/")
    assert "A岗由何干部代" in page
    assert "签收" in page
    assert _as(cast.he).post(f"/desk/appeals/{number}/signatures/").status_code == 303
    assert story.part(cast.finance).handler == cast.he


def test_closing_an_account_with_something_open_leads_to_the_hand_over(cast: Cast) -> None:
    Story(cast, at=now()).submitted().accepted().dispatched().signed()

    refused = _as(cast.sys).post("/desk/accounts/zhu/closures/")

    assert refused.status_code == 422
    text = refused.content.decode()
    assert "朱科长还有在办诉求1件、岗位1个没有交接，不能停用" in text
    assert "/desk/hand-overs/new/?login=zhu" in text
    relief = _as(cast.sec).post(
        "/desk/accounts/zhu/posts/LIAISON/jinrongban/reliefs/", {"on": f"{local_date(now())}"}
    )
    assert relief.status_code == 422
    assert "/desk/hand-overs/new/?login=zhu" in relief.content.decode()


def test_the_whole_hand_over_through_the_pages(cast: Cast) -> None:
    story = Story(cast, at=now()).submitted().accepted().dispatched().signed()
    zhou, zhu, he = _as(cast.zhou), _as(cast.zhu), _as(cast.he)
    said = {"leaver": "zhu", "reason": "TRANSFER", "effective_on": f"{local_date(now())}"}
    begun = zhou.post("/desk/hand-overs/new/", said)
    assert begun.status_code == 303
    url = begun.headers["Location"]
    assert "先逐项定接收人" in _main(zhu, url)
    assert zhou.get("/desk/hand-overs/new/?login=zhu").status_code == 303

    named = zhou.post(f"{url}receivers/", {"CASES": "he", "POSTS": "he"})
    assert named.status_code == 303
    assert "签字移交" in _main(zhu, url)
    assert zhu.post(f"{url}signatures/").status_code == 303
    assert "等移交签字：岗位由本单位分管负责同志或县办" in _main(zhu, url)
    assert zhou.post(f"{url}signatures/").status_code == 303
    page = _main(he, url)
    assert story.fresh().number in page
    assert "签字接收" in page
    assert he.post(f"{url}acceptances/").status_code == 303

    assert "已全部移交" in _main(zhou, url)
    assert story.part(cast.finance).handler == cast.he
    assert _as(cast.sys).post("/desk/accounts/zhu/closures/").status_code == 303


def test_a_receiver_who_cannot_gets_a_sentence_and_the_names_stay(cast: Cast) -> None:
    Story(cast, at=now()).submitted().accepted().dispatched().signed()
    zhou = _as(cast.zhou)
    said = {"leaver": "zhu", "reason": "TRANSFER", "effective_on": f"{local_date(now())}"}
    url = zhou.post("/desk/hand-overs/new/", said).headers["Location"]
    zhou.post(f"{url}receivers/", {"CASES": "li", "POSTS": "he"})

    refused = zhou.post(f"{url}signatures/")

    assert refused.status_code == 422
    assert "李干事不在县金融办任职" in refused.content.decode()
    assert zhou.post(f"{url}receivers/", {"CASES": "nobody"}).status_code == 422


def test_keeping_the_system_shows_how_many_and_no_case(cast: Cast) -> None:
    story = Story(cast, at=now()).submitted().accepted().dispatched().signed()
    said = {"leaver": "zhu", "reason": "TRANSFER", "effective_on": f"{local_date(now())}"}
    url = _as(cast.sys).post("/desk/hand-overs/new/", said).headers["Location"]

    page = _main(_as(cast.sys), url)

    assert "在办诉求" in page
    assert story.fresh().number not in page


def test_a_stranger_finds_no_hand_over(cast: Cast, other_cast: Cast) -> None:
    said = {"leaver": "zhu", "reason": "TRANSFER", "effective_on": f"{local_date(now())}"}
    url = _as(cast.zhou).post("/desk/hand-overs/new/", said).headers["Location"]

    for user in (cast.li, cast.feng, other_cast.zhou, other_cast.zhu):
        assert _as(user).get(url).status_code == 404
    assert "没有交接" in _main(_as(other_cast.zhou), "/desk/hand-overs/")


def test_the_journal_names_who_is_away_and_whose_hand_over_it_is(cast: Cast) -> None:
    enter(cast.zhu, cast.finance, _week(), deputy=cast.he, by=cast.zhu, at=now())
    said = {"leaver": "li", "reason": "TRANSFER", "effective_on": f"{local_date(now())}"}
    _as(cast.zhou).post("/desk/hand-overs/new/", said)

    page = _main(_as(cast.feng), "/desk/journal/")

    assert "登记外出" in page
    assert "朱科长（县金融办）" in page
    assert "办移交" in page
    assert f"李干事（{HandOver.objects.in_county(COUNTY).get().number}）" in page


def test_a_merger_that_leaves_nobody_to_sign_asks_for_the_two(cast: Cast) -> None:
    Post.objects.in_county(COUNTY).filter(unit=cast.park).update(valid_to=local_date(now()))
    Post.objects.in_county(COUNTY).filter(user=cast.sun).update(valid_to=local_date(now()))
    said = {"into": str(cast.park.pk), "on": f"{local_date(now())}"}
    client = _as(cast.zhou)

    refused = client.post("/desk/units/341524202/mergers/", said)
    assert refused.status_code == 422
    assert "产业园区还没有分管负责同志" in refused.content.decode()

    done = client.post("/desk/units/341524202/mergers/", {**said, "leader": str(cast.sun.pk)})
    assert done.status_code == 303
    assert not HandOver.objects.in_county(COUNTY).exists()


def test_the_lists_cost_the_same_however_long(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for unit, user in ((cast.finance, cast.zhu), (cast.labour, cast.li), (cast.park, cast.fan)):
        enter(user, unit, _week(), deputy=None, by=user, at=now())
    client = _as(cast.zhou)
    client.get("/desk/absences/")

    with django_assert_max_num_queries(8):
        client.get("/desk/absences/")
    with django_assert_max_num_queries(8):
        client.get("/desk/hand-overs/")


def test_saying_who_is_away_costs_the_case_no_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enter(cast.zhu, cast.finance, _week(), deputy=cast.he, by=cast.zhu, at=now())
    assert [away.deputy for away in away_on(COUNTY, local_date(now()))] == [cast.he]

    with reference.known(COUNTY, reference.stamp(COUNTY)), django_assert_num_queries(0):
        assert away_on(COUNTY, local_date(now()))

    absence = Absence.objects.in_county(COUNTY).get()
    end_early(absence, by=cast.zhu, at=now())
    assert away_on(COUNTY, local_date(now())) == []
