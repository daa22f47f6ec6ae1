"""对账: the command says what the nightly round found, and its exit code tells a machine."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from qifu.appeals import jobs
from qifu.appeals.models import Appeal, Clock
from tests.story import Story


def reconciled(county: str = "") -> list[str]:
    said = StringIO()
    try:
        call_command("reconcile_clocks", *(["--county", county] if county else []), stdout=said)
    except SystemExit as end:
        said.write(f"exit {end.code}\n")
    return said.getvalue().splitlines()


def test_all_in_order_is_said_for_every_county(story: Story) -> None:
    story.walked(story.cast.labour)

    lines = reconciled()

    assert f"{story.cast.county}：期限和状态全部对得上。" in lines
    assert not any(line.startswith("exit") for line in lines)


def test_what_differs_is_named_and_the_exit_code_is_1(story: Story) -> None:
    story.submitted()
    Appeal._base_manager.update(state="HANDLING")

    lines = reconciled(story.cast.county)

    assert lines[-1] == "exit 1"
    assert lines[-2].endswith("处出入。")
    assert any(story.appeal.number in line for line in lines)


def test_the_nightly_round_logs_each_difference(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    story.submitted()
    Clock._base_manager.update(due_on="2026-12-31")

    with caplog.at_level("INFO", logger="qifu.appeals.jobs"):
        jobs.reconcile(timestamp=0)

    (found,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert story.appeal.number in found.getMessage()
