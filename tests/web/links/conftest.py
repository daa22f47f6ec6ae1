"""A county of today in which messages carry links."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from qifu.appeals.models import LinkStep, StepLink
from qifu.kernel.clock import now
from tests.cast import COUNTY, Cast
from tests.links import make_link, newest_path
from tests.story import Story, lay_rules

FIVE_MINUTES = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def story(cast: Cast) -> Story:
    """A case in 金寨县 that nobody has told yet; it plays today."""
    lay_rules(cast.county)
    return Story(cast, at=now())


@pytest.fixture
def to_sign(story: Story) -> StepLink:
    """The link that left with U1."""
    story.submitted().accepted().dispatched()
    newest_path(COUNTY, "U1", now() + FIVE_MINUTES)
    return StepLink.objects.in_county(COUNTY).select_related("person").get(step=LinkStep.SIGN)


@pytest.fixture
def to_approve(story: Story) -> StepLink:
    story.submitted().accepted().dispatched().signed().replied()
    return make_link(LinkStep.APPROVE, story.reread(), story.cast.chen)
