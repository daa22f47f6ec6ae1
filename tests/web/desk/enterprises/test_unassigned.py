"""Enterprises without a place: the office sees how many, and gives them one."""

from __future__ import annotations

from django.test import Client

from qifu.enterprises.models import Enterprise
from tests.cast import COUNTY
from tests.enterprises.lists import as_csv, bring, code, row
from tests.firms import Firms

LIST = "/desk/enterprises/"


def test_the_office_gives_a_place_to_an_enterprise_that_waits_for_one(firms: Firms) -> None:
    bring(as_csv([row(1, address="合肥市金寨路1号")]))
    waiting = Enterprise.objects.in_county(COUNTY).get(uscc=code(1))
    client = Client()
    client.force_login(firms.cast.zhou)

    assert "待认领1家" in client.get(LIST).content.decode()
    page = client.get(f"{LIST}?place=-").content.decode()
    assert waiting.name in page
    assert firms.tea.name not in page
    assert "未分配属地" in client.get(f"{LIST}{waiting.number}/").content.decode()
    form = client.get(f"{LIST}{waiting.number}/edit/")
    said = {**form.context["form"].initial, "township": firms.cast.township.code}
    answer = client.post(f"{LIST}{waiting.number}/edit/", said)

    assert answer.status_code == 303
    waiting.refresh_from_db()
    assert waiting.township == firms.cast.township
    assert "待认领" not in client.get(LIST).content.decode()


def test_a_township_neither_sees_nor_counts_what_waits(firms: Firms) -> None:
    bring(as_csv([row(1, address="")]))
    client = Client()
    client.force_login(firms.cast.qian)

    page = client.get(LIST).content.decode()

    assert "待认领" not in page
    assert row(1)[0] not in page
