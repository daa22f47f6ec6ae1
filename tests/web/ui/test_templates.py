"""What holds for every template of every face: it compiles, names real icons, obeys the CSP."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

from qifu.appeals.queue_names import OFFICE_QUEUES, TIME_QUEUES, UNIT_QUEUES

ROOT = Path(__file__).resolve().parents[3] / "qifu"
TEMPLATES = sorted(ROOT.glob("web/**/templates/**/*.html"))
SOURCES = [*TEMPLATES, *sorted(ROOT.glob("web/**/*.py"))]
ICONS = set((ROOT / "web" / "ui" / "icons.txt").read_text().split())

ICON_TAG = re.compile(r'\{% icon "([^"]+)"')
ICON_GIVEN = re.compile(r'\bicon="([a-z][a-z0-9-]*)"')
HANDLER = (
    r"\son(?:abort|blur|change|click|error|focus|input|key|load|mouse|pointer|submit|toggle)\w*="
)
INLINE = re.compile(
    rf"<style|\sstyle=|{HANDLER}|<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE
)


def _name(path: Path) -> str:
    return str(path).rpartition("/templates/")[2]


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_compiles(path: Path) -> None:
    template = engines["django"].get_template(_name(path))

    assert template is not None


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_has_no_inline_style_script_or_handler(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


def test_every_icon_that_a_page_names_is_on_the_sheet() -> None:
    named = {
        (str(path.relative_to(ROOT)), name)
        for path in SOURCES
        for pattern in (ICON_TAG, ICON_GIVEN)
        for name in pattern.findall(path.read_text())
    }

    assert sorted(pair for pair in named if pair[1] not in ICONS) == []


def test_every_queue_has_an_icon_of_the_sheet() -> None:
    queues = (*OFFICE_QUEUES, *UNIT_QUEUES, *TIME_QUEUES)

    missing = {queue.icon for queue in queues} - ICONS
    assert sorted(name for name in missing if not name.startswith("lamp:")) == []


def test_the_list_of_icons_is_sorted_and_says_nothing_twice() -> None:
    lines = (ROOT / "web" / "ui" / "icons.txt").read_text().split()

    assert lines == sorted(set(lines))
