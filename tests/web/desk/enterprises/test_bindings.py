"""Who speaks for an enterprise, on the desk: inviting, removing, ruling on requests."""

from __future__ import annotations

import pytest
from django.test import Client

from qifu.enterprises.actions import ask_binding
from qifu.enterprises.models import Binding, BindingState, Ending
from qifu.kernel.clock import now
from qifu.organisations.models import User
from tests.cast import COUNTY
from tests.firms import Firms

LIST = "/desk/enterprises/"
REQUESTS = f"{LIST}requests/"
WORDS = "夏青，立夏茶业的会计"


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def asked(firms: Firms) -> Binding:
    return ask_binding(firms.tea, WORDS, by=firms.cast.outsider, at=now())


def _state(binding: Binding) -> tuple[str, str]:
    row = Binding.objects.in_county(COUNTY).get(pk=binding.pk)
    return row.state, row.ending


def test_the_office_invites_and_takes_it_back(firms: Firms) -> None:
    client = _as(firms.cast.zhou)
    page = f"{LIST}{firms.tea.number}/"

    answer = client.post(f"{page}invitations/", {"phone": "139 0000 0211", "once_key": "k"})

    assert answer.status_code == 303
    assert "139****0211" in _text(client, page)
    binding = Binding.objects.in_county(COUNTY).get()
    ended = client.post(f"{page}bindings/{binding.number}/end/", {"once_key": "k2"})
    assert ended.status_code == 303
    assert _state(binding) == (BindingState.ENDED, Ending.WITHDRAWN)


def test_a_wrong_phone_is_said_beside_the_field_and_kept(firms: Firms) -> None:
    answer = _as(firms.cast.zhou).post(
        f"{LIST}{firms.tea.number}/invitations/", {"phone": "1390000"}
    )

    assert answer.status_code == 422
    assert "号码少4位" in answer.content.decode()
    assert 'value="1390000"' in answer.content.decode()


def test_the_paired_officer_invites_and_a_leader_does_not(firms: Firms) -> None:
    url = f"{LIST}{firms.lamps.number}/invitations/"

    assert _as(firms.cast.he).post(url, {"phone": "13900000211"}).status_code == 303
    assert _as(firms.cast.zheng).post(url, {"phone": "13900000212"}).status_code == 403
    assert _as(firms.cast.qian).post(url, {"phone": "13900000213"}).status_code == 404


def test_the_office_reads_the_request_and_approves_it(firms: Firms, asked: Binding) -> None:
    client = _as(firms.cast.wang)
    page = _text(client, REQUESTS)
    assert WORDS in page
    assert "139****0003" in page
    assert "绑定申请1条" in _text(client, LIST)

    opened = client.post(f"{REQUESTS}{asked.number}/phone/").content.decode()
    answer = client.post(f"{REQUESTS}{asked.number}/approval/", {"once_key": "k"})

    assert "13900000003" in opened
    assert answer.status_code == 303
    assert _state(asked) == (BindingState.ACTIVE, "")


def test_without_a_reason_nothing_is_refused(firms: Firms, asked: Binding) -> None:
    client = _as(firms.cast.wang)

    bare = client.post(f"{REQUESTS}{asked.number}/refusal/", {"once_key": "k"})
    assert bare.status_code == 422
    assert "没有选理由" in bare.content.decode()

    answer = client.post(
        f"{REQUESTS}{asked.number}/refusal/", {"reason": "WRONG_FIRM", "once_key": "k"}
    )
    assert answer.status_code == 303
    assert _state(asked) == (BindingState.ENDED, Ending.WRONG_FIRM)


def test_a_request_that_was_ruled_on_meanwhile_is_said(firms: Firms, asked: Binding) -> None:
    client = _as(firms.cast.wang)
    client.post(f"{REQUESTS}{asked.number}/approval/", {"once_key": "k"})

    late = client.post(f"{REQUESTS}{asked.number}/approval/", {"once_key": "k2"})

    assert late.status_code == 409
    assert "这条申请已经办过" in late.content.decode()


@pytest.mark.parametrize("who", ["zheng", "feng", "qian", "he", "sys"])
def test_nobody_but_the_office_finds_the_requests(firms: Firms, asked: Binding, who: str) -> None:
    client = _as(getattr(firms.cast, who))

    assert client.get(REQUESTS).status_code == 404
    assert client.post(f"{REQUESTS}{asked.number}/approval/").status_code == 404
    assert _state(asked)[0] == BindingState.ASKED


def test_a_request_of_the_next_county_is_not_there(
    firms: Firms, other_firms: Firms, asked: Binding
) -> None:
    client = _as(other_firms.cast.wang)

    assert "没有等待核准的申请" in _text(client, REQUESTS)
    assert client.post(f"{REQUESTS}{asked.number}/approval/").status_code == 404


def test_the_office_names_another_administrator(firms: Firms) -> None:
    first, second = firms.bound_to_tea("13900000211"), firms.bound_to_tea("13900000212")
    url = f"{LIST}{firms.tea.number}/bindings/"
    client = _as(firms.cast.zhou)

    answer = client.post(f"{url}{second.number}/admin/", {"once_key": "k"})
    foreign = client.post(f"{LIST}{firms.lamps.number}/bindings/{first.number}/admin/")

    assert answer.status_code == 303
    assert foreign.status_code == 404
    assert firms.speaking_for_tea() == {"13900000211": "USER", "13900000212": "ADMIN"}
