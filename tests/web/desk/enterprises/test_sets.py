"""What a person finds in the list, by search and by address is one and the same set."""

from __future__ import annotations

import random
import re

import pytest
from django.test import Client

from qifu.enterprises.actions import Particulars, register_enterprise, tie
from qifu.enterprises.models import Enterprise, TieKind
from qifu.kernel.clock import now
from qifu.organisations.models import User
from tests.firms import Firms

LIST = "/desk/enterprises/"
LINK = re.compile(r'href="/desk/enterprises/([2-9A-Z]{8})/"')
SEERS = ("zhou", "wu", "xu", "wang", "zheng", "feng", "chen", "zhu", "he", "qian", "fan", "sun")
NUMBER = 60


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def scatter(firms: Firms, dice: random.Random) -> list[Enterprise]:
    """Register enterprises here and there, and tie some to somebody."""
    cast = firms.cast
    made = []
    for number in range(NUMBER):
        enterprise = register_enterprise(
            Particulars(
                name=f"板栗加工厂{number:02}", township=dice.choice([cast.township, cast.park])
            ),
            county=cast.county,
            by=None,
            at=now(),
        )
        to = dice.choice([None, cast.he, cast.finance, cast.labour, cast.township])
        if to is not None:
            tie(enterprise, to, dice.choice(list(TieKind)), by=None, at=now())
        made.append(enterprise)
    return [*made, firms.tea, firms.lamps]


def listed(client: Client, path: str = LIST) -> set[str]:
    found: set[str] = set()
    while path:
        answer = client.get(path)
        rows = set(LINK.findall(answer.content.decode()))
        assert not found & rows
        found |= rows
        after = answer.context["pager"].after_url
        path = LIST + after if after else ""
    return found


@pytest.mark.slow
def test_list_search_and_address_agree_for_every_role_and_every_enterprise(
    firms: Firms, other_firms: Firms
) -> None:
    dice = random.Random(20180928)
    here = scatter(firms, dice)
    everywhere = [*here, *scatter(other_firms, dice)]
    seen: dict[str, set[str]] = {}

    for who in SEERS:
        client = _as(getattr(firms.cast, who))
        seen[who] = listed(client)
        opened = {
            e.number for e in everywhere if client.get(f"{LIST}{e.number}/").status_code == 200
        }
        found = listed(client, f"{LIST}?q=板栗")

        assert opened == seen[who], who
        assert found == {
            e.number for e in everywhere[:-2] if e.number in opened and "板栗" in e.name
        }

    assert seen["zhou"] == {e.number for e in here}
    assert seen["qian"] != seen["fan"] != seen["he"]
    assert seen["he"]
