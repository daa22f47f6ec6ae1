"""Every pair of colours that carries text or a shape keeps its contrast (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[3] / "qifu" / "web" / "ui" / "static" / "ui"
TEXT = 4.5
SHAPE = 3.0
LARGE_MODE = 7.0


def tokens(sheet: str) -> dict[str, str]:
    """Read the colours of a sheet; a later one wins, as it does in the browser."""
    found = re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", (UI / sheet).read_text())
    return dict(found)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


NORMAL = tokens("tokens.css")
LARGE = {**NORMAL, **tokens("modes.css")}

ON_TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("surface", "surface-2")),
    *((ink, "paper") for ink in ("ink", "ink-2", "ink-3", "primary", "red", "amber", "green")),
    *((ink, "off") for ink in ("ink", "ink-2", "ink-3")),
    ("ink", "primary-tint"),
    ("ink-2", "primary-tint"),
    ("primary", "surface"),
    ("primary", "primary-tint"),
    ("primary-dark", "primary-tint"),
    ("on-primary", "primary"),
    ("on-primary", "primary-dark"),
    ("surface", "red"),
    ("surface", "red-dark"),
    ("red", "surface"),
    ("red", "red-tint"),
    ("amber", "surface"),
    ("amber", "amber-tint"),
    ("yellow", "surface"),
    ("yellow", "yellow-tint"),
    ("green", "surface"),
    ("green", "green-tint"),
    ("on-dark", "dark"),
    ("on-dark-link", "dark"),
]
ON_SHAPE = [
    ("control", "surface"),
    ("control", "paper"),
    ("amber-glyph", "surface"),
    ("yellow-glyph", "surface"),
    ("red", "surface"),
    ("green", "surface"),
    ("primary", "surface"),
]
# What the enterprise reads in the large mode.
ON_LARGE = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("surface", "paper")),
    ("primary", "surface"),
    ("on-primary", "primary"),
    ("red", "surface"),
    ("amber", "surface"),
]


@pytest.mark.parametrize(("ink", "ground"), ON_TEXT)
def test_text_can_be_read(ink: str, ground: str) -> None:
    assert ratio(NORMAL[ink], NORMAL[ground]) >= TEXT


@pytest.mark.parametrize(("ink", "ground"), ON_SHAPE)
def test_a_lamp_and_a_control_can_be_seen(ink: str, ground: str) -> None:
    assert round(ratio(NORMAL[ink], NORMAL[ground]), 1) >= SHAPE


@pytest.mark.parametrize(("ink", "ground"), ON_LARGE)
def test_the_large_mode_is_darker_still(ink: str, ground: str) -> None:
    assert ratio(LARGE[ink], LARGE[ground]) >= LARGE_MODE


def test_the_measured_values_of_the_design_are_met() -> None:
    measured = {
        ("ink", "surface"): 15.7,
        ("ink-2", "surface"): 8.0,
        ("ink-3", "surface"): 5.7,
        ("ink-3", "paper"): 5.2,
        ("primary", "surface"): 7.5,
        ("red", "surface"): 6.7,
        ("amber", "surface"): 6.8,
        ("yellow", "surface"): 7.0,
        ("green", "surface"): 6.5,
        ("surface", "dark"): 12.5,
    }

    found = {pair: round(ratio(NORMAL[pair[0]], NORMAL[pair[1]]), 1) for pair in measured}

    assert found == pytest.approx(measured, abs=0.11)
