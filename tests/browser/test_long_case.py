"""A case with 200 events and nine units, looked at on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from qifu.kernel.clock import now
from tests.browser.audit import Audit
from tests.browser.people import House, Screen
from tests.long_story import long_story
from tests.story import Story


@pytest.fixture
def long(live: House, settings: Settings, tmp_path: Path) -> str:
    """Return the address of the case's page."""
    settings.MEDIA_ROOT = tmp_path / "files"
    story = long_story(Story(live.cast, at=now(), enterprise=live.firms.tea))
    return f"/desk/appeals/{story.appeal.number}/"


def test_a_long_case_stays_readable_at_every_width(live: House, long: str) -> None:
    audit = Audit()
    live.look = live.look or audit

    live.staff(live.cast.zhou).opens(long).sees("县供电公司", "显示全部")

    assert not audit.findings, "\n".join(audit.findings)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_long_case_unfolds_without_scripts(live: House, long: str, width: int) -> None:
    live.screen = Screen(width, scripts=False)

    zhou = live.staff(live.cast.zhou).opens(long)

    zhou.sees("县供电公司", "显示全部").presses("显示全部").sees("提出诉求")
