"""评价剔除 on its pages: asked, ruled, listed with its share, and objected to on the portal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from qifu.appeals.actions.excluding import ask_exclusion
from qifu.appeals.models import ExcludeReason, Exclusion, Rating
from qifu.kernel.clock import now
from tests.cast import COUNTY, Cast
from tests.story import Story, lay_rules
from tests.web.portal.reading import queries_at_most


@pytest.fixture
def rated(cast: Cast) -> Story:
    lay_rules(COUNTY)
    return Story(cast, at=now() - timedelta(days=40)).walked(cast.labour).rated()


def test_the_list_costs_no_more_for_more(rated: Story) -> None:
    row = Rating.objects.in_county(COUNTY).select_related("unit", "appeal__contact").get()
    ask_exclusion(row, ExcludeReason.MALICE, "录音", by=rated.cast.chen, at=now())
    client = Client()
    client.force_login(rated.cast.zhou)
    client.get("/desk/exclusions/")

    with queries_at_most(8):
        assert rated.appeal.number in client.get("/desk/exclusions/").content.decode()
    assert Exclusion.objects.in_county(COUNTY).count() == 1


def test_nothing_asked_yet_is_said(cast: Cast) -> None:
    lay_rules(COUNTY)
    client = Client()
    client.force_login(cast.zhou)

    words = client.get("/desk/exclusions/").content.decode()

    assert "没有待评议的申请" in words
    assert "还没有评价，剔除率不算0" in words
