"""The list of enterprises, one enterprise, its entry form."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from qifu.enterprises.actions import Particulars, register_enterprise
from qifu.enterprises.models import Enterprise
from qifu.journal.models import Event
from qifu.kernel.clock import now
from qifu.organisations.models import User
from tests.cast import COUNTY
from tests.firms import LAMPS_CODE, TEA_CODE, TEA_CONTACT, Firms

LIST = "/desk/enterprises/"


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def _url(enterprise: Enterprise, rest: str = "") -> str:
    return f"{LIST}{enterprise.number}/{rest}"


def many(firms: Firms, count: int) -> None:
    for number in range(count):
        register_enterprise(
            Particulars(name=f"板栗加工厂{number:03}", township=firms.cast.park),
            county=COUNTY,
            by=None,
            at=now(),
        )


def test_everybody_sees_his_own_and_nothing_of_the_next_county(
    firms: Firms, other_firms: Firms
) -> None:
    cast = firms.cast

    for user in (cast.zhou, cast.zheng, cast.feng):
        page = _text(_as(user), LIST)
        assert page.count("立夏茶业") == 1
        assert "皖西灯饰" in page
    assert "皖西灯饰" not in _text(_as(cast.qian), LIST)
    assert "立夏茶业" not in _text(_as(cast.he), LIST)
    assert "还没有您能看到的企业" in _text(_as(cast.zhu), LIST)
    assert _as(cast.zhou).get(_url(other_firms.tea)).status_code == 404


@pytest.mark.parametrize("who", ["sys", "sec", "auditor", "boss"])
def test_whoever_has_no_list_finds_no_page(firms: Firms, who: str) -> None:
    client = _as(getattr(firms.cast, who))

    for path in (LIST, _url(firms.tea), f"{LIST}new/", f"{LIST}requests/"):
        assert client.get(path).status_code == 404


def test_numbers_are_masked_and_a_whole_one_is_opened_by_a_recorded_click(firms: Firms) -> None:
    client = _as(firms.cast.qian)
    page = _text(client, _url(firms.tea))
    assert TEA_CONTACT not in page
    assert "139****0001" in page
    assert "夏青" not in page

    answer = client.post(_url(firms.tea, "phone/"))

    assert TEA_CONTACT in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    event = Event.objects.in_county(COUNTY).get(kind="enterprise.phone_seen")
    assert event.actor == firms.cast.qian.pk


def test_a_leader_opens_no_number_and_is_not_offered_to(firms: Firms) -> None:
    client = _as(firms.cast.zheng)
    assert "查看完整号码" not in _text(client, _url(firms.tea))

    answer = client.post(_url(firms.tea, "phone/"))

    assert answer.status_code == 403
    assert TEA_CONTACT not in answer.content.decode()
    assert "请找县办" in answer.content.decode()


@pytest.mark.parametrize("words", ["lxcy", TEA_CODE[8:14], "立夏", "%E7%AB%8B%E5%A4%8F", " 茶业 "])
def test_it_is_found_by_name_initials_and_code(firms: Firms, words: str) -> None:
    page = _text(_as(firms.cast.zhou), f"{LIST}?q={words}")

    assert "立夏茶业" in page
    assert "皖西灯饰" not in page


@pytest.mark.parametrize(
    "words", ["%00", "%25", "&place=%00nowhere", "&after=%00", "<script>", "😀"]
)
def test_odd_words_find_nothing_and_say_so(firms: Firms, words: str) -> None:
    page = _text(_as(firms.cast.zhou), f"{LIST}?q=q{words}")

    assert "没有符合条件的企业" in page
    assert "<script>alert" not in page


def test_a_long_list_is_turned_over_and_back(firms: Firms) -> None:
    many(firms, 30)
    client = _as(firms.cast.zhou)
    first = client.get(LIST)
    assert len(first.context["rows"]) == 25

    second = client.get(LIST + first.context["pager"].after_url)
    back = client.get(LIST + second.context["pager"].before_url)

    assert len(second.context["rows"]) == 7
    assert second.context["pager"].after_url == ""
    assert back.context["rows"] == first.context["rows"]
    assert back.context["pager"].before_url == ""


def test_a_strange_place_in_the_list_begins_at_the_start(firms: Firms, other_firms: Firms) -> None:
    answer = _as(firms.cast.zhou).get(f"{LIST}?after={other_firms.tea.number}")

    assert len(answer.context["rows"]) == 2


@pytest.mark.parametrize("rows", [0, 200])
def test_list_and_page_cost_the_same_with_few_and_with_many(
    firms: Firms, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(firms, rows)
    client = _as(firms.cast.zhou)
    client.get(LIST)

    with django_assert_max_num_queries(8):
        client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(_url(firms.tea))


class TestEntry:
    FORM = {"name": "油坊店竹木家居厂", "township": "341524202", "size": "", "once_key": "k1"}

    def test_the_office_enters_an_enterprise_and_sees_it(self, firms: Firms) -> None:
        client = _as(firms.cast.zhou)

        answer = client.post(f"{LIST}new/", {**self.FORM, "uscc": ""})

        assert answer.status_code == 303
        assert "油坊店竹木家居厂" in _text(client, answer.headers["Location"])

    def test_sent_twice_it_is_entered_once_and_shown_both_times(self, firms: Firms) -> None:
        client = _as(firms.cast.zhou)

        once, twice = (client.post(f"{LIST}new/", self.FORM) for _ in range(2))

        assert once.headers["Location"] == twice.headers["Location"]
        assert Enterprise.objects.in_county(COUNTY).filter(name=self.FORM["name"]).count() == 1

    def test_a_mistake_is_said_and_everything_typed_is_still_there(self, firms: Firms) -> None:
        answer = _as(firms.cast.zhou).post(
            f"{LIST}new/",
            {**self.FORM, "uscc": LAMPS_CODE, "address": "<b>街道</b>😀流波䃥"},
        )

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "已登记为“皖西灯饰制造有限公司”" in page
        assert LAMPS_CODE in page
        assert "&lt;b&gt;街道&lt;/b&gt;😀流波䃥" in page

    @pytest.mark.parametrize("field", ["name", "uscc", "address", "contact_phone", "industry"])
    def test_a_hundred_thousand_characters_get_a_sentence(self, firms: Firms, field: str) -> None:
        answer = _as(firms.cast.zhou).post(f"{LIST}new/", {**self.FORM, field: "长" * 100_000})

        assert answer.status_code == 422
        assert "还差1处没填好" in answer.content.decode()

    def test_a_liaison_enters_in_his_place_only(self, firms: Firms) -> None:
        client = _as(firms.cast.qian)

        assert client.post(f"{LIST}new/", self.FORM).status_code == 303
        other = client.post(f"{LIST}new/", {**self.FORM, "township": "341524400"})
        assert other.status_code == 422
        assert _as(firms.cast.zhu).get(f"{LIST}new/").status_code == 403

    def test_a_correction_on_an_old_page_is_told_and_kept(self, firms: Firms) -> None:
        client = _as(firms.cast.zhou)
        form = {
            **self.FORM,
            "name": firms.tea.name,
            "uscc": TEA_CODE,
            "status": "IN_BUSINESS",
            "revision": "1",
        }
        url = _url(firms.tea, "edit/")
        assert client.get(url).status_code == 200
        assert client.post(url, {**form, "status": "SUSPENDED"}).status_code == 303

        late = client.post(url, {**form, "once_key": "k2", "address": "街道2号"})

        assert late.status_code == 409
        assert "街道2号" in late.content.decode()
        assert "停产停业" in _text(client, _url(firms.tea))

    def test_whoever_may_only_look_is_told_who_may(self, firms: Firms) -> None:
        answer = _as(firms.cast.zheng).get(_url(firms.tea, "edit/"))

        assert answer.status_code == 403
        assert "只有县办和所在乡镇" in answer.content.decode()
