"""What we depend on is few, has a reason each, and is locked without addresses."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_pinned_package_carries_its_hashes(name: str) -> None:
    pins = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text())

    assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("name", [*LOCKS, "package-lock.json"])
def test_no_lock_names_where_packages_come_from(name: str) -> None:
    text = (ROOT / name).read_text()

    # npm notes where a package's makers take donations; that is no place to fetch it from.
    address = r'"resolved"|--index|--find-links|\w+://(?!github\.com/sponsors)'
    assert [line for line in text.splitlines() if re.search(address, line)] == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in", "requirements-node.in"])
def test_every_dependency_says_why_it_is_there(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    packages = [line for line in lines if line and not line.startswith(("#", "-r"))]

    assert [line for line in packages if not re.search(r"\S\s+# \S", line)] == []
