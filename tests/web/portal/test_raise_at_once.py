"""The same form, sent by several hands at once."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from qifu.appeals.models import Appeal
from tests.cast import COUNTY
from tests.story import PROBLEM, Story


@pytest.mark.django_db(transaction=True)
def test_sent_six_times_in_parallel_it_is_one_and_everybody_is_shown_it(
    story: Story, boss: Client
) -> None:
    boss.post("/raise/problem/", {"problem": PROBLEM})
    boss.post("/raise/enterprise/", {"name": "竹木厂"})
    boss.post("/raise/contact/", {"contact_name": "吴经理", "contact_way": "PHONE"})
    key = boss.get("/raise/check/").context["draft"].key
    shown: list[tuple[int, str]] = []

    def send() -> None:
        hand = Client()
        hand.cookies.load({name: held.value for name, held in boss.cookies.items()})
        try:
            answer = hand.post("/raise/check/", {"once_key": key})
            shown.append((answer.status_code, answer.headers.get("Location", "")))
        finally:
            connection.close()

    hands = [Thread(target=send) for _ in range(6)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    case = Appeal.objects.in_county(COUNTY).get()
    assert len(shown) == 6
    assert len(set(shown)) == 1
    assert shown[0][0] == 303
    assert shown[0][1].startswith(f"/appeals/{case.number}/next/")
