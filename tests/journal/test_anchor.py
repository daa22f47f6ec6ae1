"""Anchors are lines in files that a database's owner cannot reach."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from qifu.journal import anchors, jobs, walk
from tests.journal.conftest import COUNTY, NOW, OTHER_COUNTY, found
from tests.journal.test_verify import verified

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    with override_settings(QIFU_HOME=tmp_path):
        yield tmp_path


def read(home: Path, county: str = COUNTY, day: str = "2026-11-24") -> list[dict[str, Any]]:
    path = home / "anchors" / county / f"{day}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_an_anchor_says_when_which_county_which_event_and_its_hash(home: Path) -> None:
    found("t1")
    found("t2")

    anchors.anchor(COUNTY, NOW)

    newest = walk.head(COUNTY)
    assert newest is not None
    assert read(home) == [
        {"at": "2026-11-24T10:00:00+08:00", "county": COUNTY, "seq": 2, "hash": newest.hash}
    ]


def test_a_quiet_county_is_anchored_once_a_day(home: Path) -> None:
    found("t1")

    for hours in (0, 1, 13, 14, 15):
        anchors.anchor(COUNTY, NOW + timedelta(hours=hours))

    assert len(read(home)) == 1
    assert len(read(home, day="2026-11-25")) == 1


def test_a_busy_county_is_anchored_each_time(home: Path) -> None:
    for number in range(3):
        found(f"t{number}")
        anchors.anchor(COUNTY, NOW + timedelta(minutes=number))

    assert [line["seq"] for line in read(home)] == [1, 2, 3]
    newest = anchors.newest(COUNTY)
    assert newest is not None
    assert newest.seq == 3


def test_a_county_without_events_has_no_anchor() -> None:
    assert anchors.anchor(COUNTY, NOW) is None
    assert anchors.newest(COUNTY) is None


def test_the_command_anchors_every_county(six_events: object) -> None:
    out = StringIO()
    call_command("anchor_journal", stdout=out)

    assert anchors.anchored_counties() == [COUNTY, OTHER_COUNTY]
    assert f"{COUNTY}：第6号事件 " in out.getvalue()
    assert verified()[2] == {"events": 8, "ok": True}


def test_the_jobs_anchor_and_check_every_county(
    six_events: object, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "qifu.journal")

    jobs.anchor(timestamp=0)
    jobs.check(timestamp=0)

    assert anchors.anchored_counties() == [COUNTY, OTHER_COUNTY]
    assert f"{COUNTY}：核对了6条事件，发现0处问题" in caplog.messages


@pytest.mark.parametrize("line", ['{"at": "2026', "[]", "7", '{"seq": null}', "\udcff"])
def test_an_anchor_that_cannot_be_read_is_said(home: Path, six_events: object, line: str) -> None:
    anchors.anchor(COUNTY, NOW)
    with (home / "anchors" / COUNTY / "2026-11-24.jsonl").open("a", errors="surrogateescape") as f:
        f.write(line)

    code, said, _ = verified()

    assert code == 1
    assert f"{COUNTY}：锚点（2026-11-24.jsonl第2行）残缺，读不出来。" in said
