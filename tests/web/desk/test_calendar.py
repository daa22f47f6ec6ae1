"""The calendar's pages: look up a year, enter a notice, correct a day."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from qifu.journal.models import Event
from qifu.organisations.models import User
from qifu.web.ui.templatetags.ui import ONCE_KEY
from qifu.workdays.almanac import current
from tests.cast import COUNTY, NOW, Cast
from tests.story import lay_rules

pytestmark = pytest.mark.django_db

NOTICE_2027 = """
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日至11日放假调休，共7天。2月14日（周日）上班。
三、劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。
四、国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。
"""
BLANK_ROWS = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}


@pytest.fixture
def seeded(cast: Cast) -> Cast:
    lay_rules(COUNTY)
    return cast


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def hidden(answer: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found
    return found[1]


def text_of(answer: Any) -> str:
    words: str = answer.content.decode()
    return words


def preview(client: Client, **given: str) -> tuple[dict[str, str], Any]:
    data = {**BLANK_ROWS, "document": "国办发明电〔2026〕0号", "text": NOTICE_2027, **given}
    answer = client.post("/desk/calendar/2027/notice/", {**data, "step": "preview"})
    if answer.status_code != 200:
        return data, answer
    for name in ("seen", "expect", ONCE_KEY):
        data[name] = hidden(answer, name)
    return {**data, "step": "confirm"}, answer


def test_everybody_of_the_county_may_look_and_only_keepers_see_the_buttons(seeded: Cast) -> None:
    for user, may in ((seeded.wang, True), (seeded.sys, True), (seeded.zhu, False)):
        listed = as_(user).get("/desk/calendar/")
        shown = as_(user).get("/desk/calendar/2026/")

        assert (listed.status_code, shown.status_code) == (200, 200)
        assert ("/desk/calendar/2027/notice/" in text_of(listed)) is may
        assert ("更正一天" in text_of(shown)) is may


def test_the_forms_are_there_for_keepers_only(seeded: Cast) -> None:
    for path in ("/desk/calendar/2027/notice/", "/desk/calendar/2026/days/"):
        assert as_(seeded.wang).get(path).status_code == 200
        assert as_(seeded.zhu).get(path).status_code == 404


def test_a_year_without_a_notice_is_said_loudly(seeded: Cast) -> None:
    page = text_of(as_(seeded.wang).get("/desk/calendar/"))

    assert "2027年节假日安排未公布" in page
    assert "随系统带来" in page


def test_a_year_is_shown_as_twelve_months_with_what_each_day_is(seeded: Cast) -> None:
    page = text_of(as_(seeded.zhu).get("/desk/calendar/2026/"))

    assert page.count("<caption>") == 12
    assert "全年248个工作日" in page
    assert re.search(r'day-make-up" title="调休上班">20<small>班</small>', page)
    assert re.search(r'day-holiday" title="中秋节">25<small>休</small>', page)


@pytest.mark.parametrize("year", [2006, 2029, 9999, 0])
def test_a_year_beyond_the_calendar_is_not_found(seeded: Cast, year: int) -> None:
    for path in ("", "notice/", "days/"):
        assert as_(seeded.wang).get(f"/desk/calendar/{year}/{path}").status_code == 404


def test_a_pasted_notice_shows_the_difference_first_and_is_in_force_when_confirmed(
    seeded: Cast,
) -> None:
    client = as_(seeded.wang)

    data, shown = preview(client)

    assert current(COUNTY).version == 1
    assert "2027-02-08（周一）" in text_of(shown)
    assert "改为放假" in text_of(shown)

    answer = client.post("/desk/calendar/2027/notice/", data)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/calendar/2027/")
    assert current(COUNTY).version == 2
    assert Event.objects.in_county(COUNTY).latest("seq").actor == seeded.wang.pk
    assert "已公布" in text_of(client.get("/desk/calendar/2027/"))


def test_the_confirmation_sent_twice_makes_one_version(seeded: Cast) -> None:
    client = as_(seeded.wang)
    data, _ = preview(client)

    answers = [client.post("/desk/calendar/2027/notice/", data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert current(COUNTY).version == 2


def test_what_was_changed_after_the_difference_is_shown_again(seeded: Cast) -> None:
    client = as_(seeded.wang)
    data, _ = preview(client)

    answer = client.post(
        "/desk/calendar/2027/notice/", {**data, "text": NOTICE_2027.replace("9日", "10日")}
    )

    assert answer.status_code == 422  # the 10th is a Sunday, and the line says Saturday
    data["document"] = "另一个文号"
    again = client.post("/desk/calendar/2027/notice/", data)
    assert again.status_code == 200
    assert "又改了" in text_of(again)
    assert current(COUNTY).version == 1


def test_somebody_elses_edit_in_between_voids_the_comparison(seeded: Cast) -> None:
    client = as_(seeded.wang)
    data, _ = preview(client)
    other, _ = preview(
        as_(seeded.sys), document="系统管理员录入", text=NOTICE_2027 + "五、清明节：4月5日放假。"
    )
    as_(seeded.sys).post("/desk/calendar/2027/notice/", other)

    answer = client.post("/desk/calendar/2027/notice/", data)

    assert answer.status_code == 409
    assert "日历刚刚有人改过" in text_of(answer)
    assert "国庆节：10月1日" in text_of(answer)
    assert current(COUNTY).version == 2


def test_a_line_that_is_not_understood_is_named_and_the_text_stays(seeded: Cast) -> None:
    line = "五、端午节：初五放假，共1天。"

    _, answer = preview(as_(seeded.wang), text=NOTICE_2027 + line)

    assert answer.status_code == 422
    assert f"这一行没有读懂：“{line}”" in text_of(answer)
    assert text_of(answer).count(line) >= 2


def test_dates_can_be_chosen_instead_of_a_text(seeded: Cast) -> None:
    client = as_(seeded.wang)
    rows = {
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "3",
        "form-0-name": "元旦",
        "form-0-first": "2027-01-01",
        "form-1-name": "劳动节",
        "form-1-first": "2027-05-01",
        "form-1-last": "2027-05-05",
        "form-1-work1": "2027-05-08",
        "form-2-name": "国庆节",
        "form-2-first": "2027-10-01",
        "form-2-last": "2027-10-07",
    }

    data, shown = preview(client, text="", **rows)
    answer = client.post("/desk/calendar/2027/notice/", data)

    assert "2027-05-08（周六）" in text_of(shown)
    assert answer.status_code == 303
    assert not current(COUNTY).is_workday(NOW.date().replace(year=2027, month=10, day=7))


def test_a_published_year_is_filled_in_and_saying_it_again_is_no_change(seeded: Cast) -> None:
    client = as_(seeded.wang)

    page = client.get("/desk/calendar/2026/notice/")

    form = dict(re.findall(r'name="(form-[^"]+)" value="([^"]*)"', text_of(page)))
    data = {"document": "再录一次", "text": "", "step": "preview", **form}
    answer = client.post("/desk/calendar/2026/notice/", data)
    assert answer.status_code == 422
    assert "和现在的日历完全一样" in text_of(answer)


def test_nothing_filled_in_and_crooked_lines_are_answered_in_place(seeded: Cast) -> None:
    client = as_(seeded.wang)
    crooked = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-name": "",
        "form-0-first": "2027-01-03",
        "form-0-last": "2027-01-01",
        "form-1-last": "2027-13-01",
    }

    _, empty = preview(client, text="")
    _, answer = preview(client, text="", **crooked)

    assert "没有填一个日子" in text_of(empty)
    assert answer.status_code == 422
    for sentence in ("没有写节日的名称", "放假止要在放假起之后", "这不是日期"):
        assert sentence in text_of(answer)


def test_one_day_is_corrected_after_its_difference_was_seen(seeded: Cast) -> None:
    client = as_(seeded.sys)
    data = {
        "day": "2026-12-03",
        "works": "0",
        "name": "雪灾停工",
        "document": "县政府通告第3号",
        "step": "preview",
    }

    shown = client.post("/desk/calendar/2026/days/", data)
    for name in ("seen", "expect", ONCE_KEY):
        data[name] = hidden(shown, name)
    answer = client.post("/desk/calendar/2026/days/", {**data, "step": "confirm"})

    assert "2026-12-03（周四）" in text_of(shown)
    assert answer.status_code == 303
    assert "雪灾停工" in text_of(client.get("/desk/calendar/2026/"))


def test_strange_words_come_back_as_they_were_and_do_no_harm(seeded: Cast) -> None:
    strange = "<script>alert(1)</script>'; DROP TABLE 流波䃥镇😀"

    _, answer = preview(as_(seeded.wang), document=strange, text=strange * 200)

    assert answer.status_code == 422
    assert "<script>alert" not in text_of(answer)
    assert "流波䃥镇😀" in text_of(answer)


def test_the_year_page_asks_the_database_little(
    seeded: Cast, django_assert_max_num_queries: object
) -> None:
    client = as_(seeded.zhu)
    client.get("/desk/calendar/2026/")

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/desk/calendar/2026/")
