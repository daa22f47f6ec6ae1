"""Files of each test lie in a place of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> Path:
    """The folder under which this test's blobs lie."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"
