"""The documents say what the code does."""

import re
from pathlib import Path

import pytest

from qifu.config.drawings import DOCS, DRAWN

ROOT = Path(__file__).resolve().parent.parent.parent
SETTING = r"\b(?:QIFU|DATABASE)_[A-Z_]*[A-Z]\b"


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawn_document_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text() == DRAWN[name](), "run `make docs`"


def test_every_setting_is_described_for_whoever_deploys() -> None:
    places = [*(ROOT / "qifu").rglob("*.py"), ROOT / "manage.py", ROOT / ".ci" / "steps"]
    read = {name for place in places for name in re.findall(SETTING, place.read_text())}
    described = (ROOT / "docs" / "deploy.md").read_text()

    assert sorted(name for name in read if f"`{name}`" not in described) == []


def test_every_test_that_security_rests_on_is_there() -> None:
    said = (ROOT / "docs" / "security.md").read_text()
    named = re.findall(r"`(tests/[a-z_/]+\.py)(?:::(test_\w+))?`", said)
    lines = [line for line in said.split("## Looked at")[0].splitlines() if line.startswith("| ")]

    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists() or (name and f"def {name}(" not in (ROOT / file).read_text())
    ]

    assert missing == []
    assert len(named) == len(lines) - 1


def test_no_setting_is_described_that_nothing_reads() -> None:
    places = [
        *(ROOT / "qifu").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "manage.py",
        ROOT / ".ci" / "steps",
    ]
    read = {name for place in places for name in re.findall(SETTING, place.read_text())}
    described = re.findall(rf"`({SETTING})`", (ROOT / "docs" / "deploy.md").read_text())

    # Any key may be given as the name of a file.
    assert sorted(name for name in described if name.removesuffix("_FILE") not in read) == []
