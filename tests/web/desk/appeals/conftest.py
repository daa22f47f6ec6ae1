"""A county in which something is going on today, and whoever sits at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from qifu.kernel.clock import now
from qifu.organisations.models import User
from tests.cast import Cast
from tests.story import Story, lay_rules

SeatOf = Callable[[User], Client]


@pytest.fixture
def story(cast: Cast) -> Story:
    """A case in 金寨县 that nobody has told yet; it plays today."""
    lay_rules(cast.county)
    return Story(cast, at=now())


@pytest.fixture
def other_story(other_cast: Cast) -> Story:
    """The same in 霍山县."""
    lay_rules(other_cast.county)
    return Story(other_cast, at=now())


@pytest.fixture
def seat() -> SeatOf:
    """Sit somebody down at the desk."""

    def sit(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sit


def case(story: Story, verb: str = "") -> str:
    """Return the address of the story's case, or of one of its verbs."""
    path = f"/desk/appeals/{story.appeal.number}/"
    return f"{path}{verb}/" if verb else path


def partly(client: Client, path: str) -> Any:
    """Ask for the part of a page that htmx asks for."""
    return client.get(path, headers={"HX-Request": "true"})
