"""我的: for which enterprises one speaks, and with whom."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from qifu.enterprises.actions import ask_binding, bind_by_phone
from qifu.enterprises.models import Binding, BindingState, Ending
from qifu.kernel.clock import now
from qifu.organisations.models import User
from tests.cast import COUNTY
from tests.firms import LAMPS_CODE, TEA_CODE, Firms

ME = "/me/"
ASK = "/me/requests/new/"
WORDS = "夏青，立夏茶业的会计"


def _as(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user)
    return client


def _text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def _people(firms: Firms, binding: Binding, step: str) -> str:
    return f"/me/enterprises/{firms.tea.number}/people/{binding.number}/{step}/"


@pytest.fixture
def pair(firms: Firms) -> tuple[Binding, Binding]:
    """The administrator of the tea firm and a colleague."""
    return firms.bound_to_tea("13900000211"), firms.bound_to_tea("13900000212")


def test_a_stranger_signs_in_first_and_staff_finds_nothing(firms: Firms, client: Client) -> None:
    assert client.get(ME).headers["Location"].startswith("/sign-in/")
    assert _as(firms.cast.zhou).get(ME).status_code == 404


def test_the_registered_contact_finds_his_enterprise(firms: Firms) -> None:
    bind_by_phone(firms.cast.boss, at=now())

    page = _text(_as(firms.cast.boss), ME)

    assert "安徽立夏茶业有限公司" in page
    assert "管理员" in page
    assert "13900000001" not in page


def test_whoever_speaks_for_nobody_is_told_what_to_do(firms: Firms) -> None:
    page = _text(_as(firms.cast.outsider), ME)

    assert "您还没有代表哪家企业" in page
    assert "申请代表一家企业" in page


class TestAsking:
    def test_a_request_waits_and_can_be_taken_back(self, firms: Firms) -> None:
        client = _as(firms.cast.outsider)
        code = f"{TEA_CODE[:8].lower()} {TEA_CODE[8:].lower()}"

        answer = client.post(ASK, {"uscc": code, "words": WORDS, "once_key": "k"})

        assert answer.status_code == 303
        assert "待核准" in _text(client, ME)
        binding = Binding.objects.in_county(COUNTY).get()
        client.post(f"/me/requests/{binding.number}/end/", {"once_key": "k2"})
        assert "待核准" not in _text(client, ME)

    def test_sent_twice_it_is_asked_once(self, firms: Firms) -> None:
        client = _as(firms.cast.outsider)
        form = {"uscc": TEA_CODE, "words": WORDS, "once_key": "k"}

        assert [client.post(ASK, form).status_code for _ in range(2)] == [303, 303]
        assert Binding.objects.in_county(COUNTY).count() == 1

    @pytest.mark.parametrize(
        ("uscc", "words", "says"),
        [
            ("", WORDS, "没有填统一社会信用代码"),
            (TEA_CODE[:-1], WORDS, "代码少1位"),
            ("91341524MA2EW64345", WORDS, "还没有这个代码"),
            (TEA_CODE, "", "没有写您是谁"),
            (TEA_CODE, "长" * 100_000, "说明太长"),
            ("<b>'; DROP TABLE</b>", WORDS, "代码里不会有"),
            ("营业执照丢了" * 3, WORDS, "代码里不会有"),
        ],
    )
    def test_a_mistake_is_said_and_what_was_typed_is_still_there(
        self, firms: Firms, uscc: str, words: str, says: str
    ) -> None:
        answer = _as(firms.cast.outsider).post(ASK, {"uscc": uscc, "words": words})

        page = answer.content.decode()
        assert answer.status_code == 422
        assert says in page
        assert words[:80] in page
        assert "<b>'" not in page

    def test_the_request_of_another_cannot_be_taken_back(self, firms: Firms) -> None:
        binding = ask_binding(firms.tea, WORDS, by=firms.cast.outsider, at=now())

        answer = _as(firms.cast.clerk).post(f"/me/requests/{binding.number}/end/")

        assert answer.status_code == 404
        binding.refresh_from_db()
        assert binding.state == BindingState.ASKED

    def test_an_enterprise_of_the_next_county_is_not_found(
        self, firms: Firms, other_firms: Firms
    ) -> None:
        client = _as(other_firms.cast.outsider)
        client.post(ASK, {"uscc": LAMPS_CODE, "words": WORDS, "once_key": "k"})

        assert not Binding.objects.in_county(COUNTY).exists()


class TestColleagues:
    def test_they_see_each_other_masked_and_only_the_administrator_may(
        self, firms: Firms, pair: tuple[Binding, Binding]
    ) -> None:
        admin, other = (
            _text(_as(binding.person), f"/me/enterprises/{firms.tea.number}/") for binding in pair
        )

        assert "139****0212" in admin
        assert "设为管理员" in admin
        assert "139****0211" in other
        assert "设为管理员" not in other
        assert "移除1" not in other

    def test_the_administrator_removes_a_colleague_after_being_asked(
        self, firms: Firms, pair: tuple[Binding, Binding]
    ) -> None:
        client, url = _as(pair[0].person), _people(firms, pair[1], "end")
        assert "移除139****0212？" in _text(client, url)

        answer = client.post(url, {"once_key": "k"})

        assert answer.status_code == 303
        assert firms.speaking_for_tea() == {"13900000211": "ADMIN"}
        assert _as(pair[1].person).get(f"/me/enterprises/{firms.tea.number}/").status_code == 404

    def test_he_hands_over_and_leaves(self, firms: Firms, pair: tuple[Binding, Binding]) -> None:
        client = _as(pair[0].person)
        early = client.post(_people(firms, pair[0], "end"), {"once_key": "k"})
        assert early.status_code == 409
        assert "先把管理员交给同事" in early.content.decode()

        client.post(_people(firms, pair[1], "admin"), {"once_key": "k"})
        answer = client.post(_people(firms, pair[0], "end"), {"once_key": "k2"})

        assert answer.headers["Location"] == ME
        assert firms.speaking_for_tea() == {"13900000212": "ADMIN"}
        pair[0].refresh_from_db()
        assert pair[0].ending == Ending.LEFT

    def test_a_colleague_removes_nobody(self, firms: Firms, pair: tuple[Binding, Binding]) -> None:
        client = _as(pair[1].person)

        assert client.post(_people(firms, pair[0], "end")).status_code == 403
        assert client.post(_people(firms, pair[1], "admin")).status_code == 403
        assert len(firms.speaking_for_tea()) == 2

    def test_an_outsider_finds_no_page(self, firms: Firms, pair: tuple[Binding, Binding]) -> None:
        client = _as(firms.cast.outsider)

        assert client.get(f"/me/enterprises/{firms.tea.number}/").status_code == 404
        assert client.post(_people(firms, pair[1], "end")).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_with_one_colleague_and_with_thirty(
    firms: Firms, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    people = [firms.bound_to_tea(f"1390000{number:04}") for number in range(300, 300 + count)]
    client = _as(people[0].person)
    client.get(ME)

    with django_assert_max_num_queries(5):
        client.get(ME)
    with django_assert_max_num_queries(6):
        client.get(f"/me/enterprises/{firms.tea.number}/")
