"""A county in which something is going on today, and people who look at the portal."""

from __future__ import annotations

import pytest
from django.test import Client

from qifu.enterprises.actions import bind_by_phone
from qifu.kernel.clock import now
from tests.cast import Cast
from tests.firms import Firms
from tests.story import Story, lay_rules


@pytest.fixture
def story(cast: Cast) -> Story:
    """A case in 金寨县 that nobody has told yet; it plays today."""
    lay_rules(cast.county)
    return Story(cast, at=now())


@pytest.fixture
def tea(story: Story, firms: Firms) -> Story:
    """The same for the tea firm, for which the boss speaks."""
    bind_by_phone(firms.cast.boss, at=now())
    story.enterprise = firms.tea
    return story


@pytest.fixture
def boss(story: Story) -> Client:
    """The boss at his phone."""
    client = Client()
    client.force_login(story.cast.boss)
    return client


@pytest.fixture
def outsider(story: Story) -> Client:
    """Somebody of another enterprise."""
    client = Client()
    client.force_login(story.cast.outsider)
    return client
