"""Whoever tries too often is told when to try again (429), and keeps nobody else out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from qifu.appeals import links
from qifu.appeals.models import LinkStep, StepLink
from qifu.kernel.clock import now
from qifu.organisations.actions.signing_in import FAILURES_PER_SOURCE
from qifu.organisations.models import PhoneCode
from qifu.web.ui.devices import COOKIE, SALT
from tests.cast import COUNTY, PASSWORD, Cast
from tests.links import make_link
from tests.story import Story, lay_rules
from tests.web.portal.reading import last_code, words

DESK, PORTAL, CODE = "/desk/sign-in/", "/sign-in/", "/sign-in/code/"
PHONE = "13955550123"


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    lay_rules(cast.county)


def _guess(client: Client, login: str = "zhou", password: str = "guess") -> int:
    return client.post(DESK, {"login": login, "password": password}).status_code


def _minutes_pass(minutes: int = 2) -> None:
    """Let the codes that were asked for be so much older."""
    for row in PhoneCode.objects.in_county(COUNTY):
        at = row.requested_at - timedelta(minutes=minutes)
        PhoneCode.objects.in_county(COUNTY).filter(pk=row.pk).update(requested_at=at)


def test_a_machine_at_the_desks_door_is_stopped_by_its_address(client: Client) -> None:
    for number in range(FAILURES_PER_SOURCE):
        assert _guess(client, f"user{number}") == 422

    answer = client.post(DESK, {"login": "zhou", "password": PASSWORD})

    assert answer.status_code == 429
    assert "这个网络上输错的次数太多。请10分钟后再试。" in words(answer)
    assert 'value="zhou"' in answer.content.decode()


def test_a_stranger_locks_the_account_but_not_its_owners_own_browser(client: Client) -> None:
    assert _guess(client, password=PASSWORD) == 303
    client.post("/desk/sign-out/")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(5):
        assert _guess(stranger) == 422
    assert _guess(stranger, password=PASSWORD) == 422

    assert _guess(client, password=PASSWORD) == 303


def test_the_browser_of_one_person_is_not_known_for_another(client: Client, cast: Cast) -> None:
    _guess(client, password=PASSWORD)
    client.post("/desk/sign-out/")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(5):
        _guess(stranger, "wu")

    assert _guess(client, "wu", PASSWORD) == 422


@pytest.mark.parametrize(
    "forged",
    ["x", signing.dumps({"number": "1", "people": []}, salt=SALT, key="guess"), "e30:1:x"],
)
def test_a_forged_device_is_no_device(client: Client, forged: str) -> None:
    for _ in range(5):
        _guess(client)

    client.cookies[COOKIE] = forged

    assert _guess(client, password=PASSWORD) == 422


def test_codes_to_one_phone_are_five_a_day_and_it_is_said_until_when(client: Client) -> None:
    for _ in range(5):
        assert client.post(PORTAL, {"phone": PHONE}).status_code == 303
        _minutes_pass()

    first = client.post(PORTAL, {"phone": PHONE})
    again = client.post(CODE, {"again": "1"})
    raising = _asked_while_raising(client)

    for answer in (first, again, raising):
        assert answer.status_code == 429
        assert "请明天再试" in words(answer)
    assert PHONE in first.content.decode()


def _asked_while_raising(client: Client) -> Any:
    client.post("/raise/problem/", {"problem": "门口的路灯不亮，请帮忙看看。"})
    client.post("/raise/enterprise/", {"name": "阿基米德杠杆厂", "own": "another"})
    return client.post(
        "/raise/contact/",
        {"contact_name": "王经理", "contact_phone": PHONE, "contact_way": "PHONE"},
    )


def test_codes_from_one_address_are_thirty_an_hour(client: Client) -> None:
    for number in range(30):
        phone = f"137555501{number:02d}"
        assert Client().post(PORTAL, {"phone": phone}).status_code == 303

    answer = client.post(PORTAL, {"phone": PHONE})

    assert answer.status_code == 429
    assert "请1小时后再试" in words(answer)


def test_a_stranger_who_uses_up_a_phones_codes_leaves_its_owners_browser_alone(
    client: Client,
) -> None:
    client.post(PORTAL, {"phone": PHONE})
    assert client.post(CODE, {"code": last_code(PHONE)}).status_code == 303
    client.post("/sign-out/")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(5):
        _minutes_pass()
        stranger.post(PORTAL, {"phone": PHONE})
    _minutes_pass()
    assert stranger.post(PORTAL, {"phone": PHONE}).status_code == 429

    assert client.post(PORTAL, {"phone": PHONE}).status_code == 303


def test_guessing_at_a_code_ends_after_five(client: Client) -> None:
    client.post(PORTAL, {"phone": PHONE})
    right = last_code(PHONE)
    wrong = f"{(int(right) + 1) % 10**6:06}"

    for _ in range(5):
        assert client.post(CODE, {"code": wrong}).status_code == 422

    assert client.post(CODE, {"code": right}).status_code == 422


def test_the_code_of_a_link_and_a_new_link_are_not_sent_without_end(
    cast: Cast, client: Client
) -> None:
    story = Story(cast, at=now()).submitted().accepted().dispatched().signed().replied()
    path = links.path_of(make_link(LinkStep.APPROVE, story.reread(), cast.chen))
    for _ in range(5):
        assert client.post(path, {"send-code": "1"}).status_code == 200
        _minutes_pass()

    answer = client.post(path, {"send-code": "1"})

    assert answer.status_code == 429
    assert "请明天再试" in words(answer)
    StepLink.objects.in_county(COUNTY).update(expires_at=now())
    asked = [client.post(path, {"again": "1"}).status_code for _ in range(4)]
    assert asked[-1] == 429
