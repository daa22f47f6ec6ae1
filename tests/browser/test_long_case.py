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


@pytest.mark.parametrize("width", [1280, 390])
def test_a_long_case_stays_readable_and_unfolds_without_scripts(
    live: House, settings: Settings, tmp_path: Path, width: int
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    audit = Audit()
    story = long_story(Story(live.cast, at=now(), enterprise=live.firms.tea))
    live.screen, live.look = Screen(width, scripts=False), live.look or audit

    zhou = live.staff(live.cast.zhou).opens(f"/desk/appeals/{story.appeal.number}/")

    zhou.sees("县供电公司", "显示全部").presses("显示全部").sees("提出诉求")
    assert not audit.findings, "\n".join(audit.findings)
