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
