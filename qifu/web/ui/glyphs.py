"""The lamps and marks that are ours, drawn inline so that they print and never load late.

Every lamp has its own shape: in grey, in forced colours and for the colour-blind the
shape and the word say the same as the colour. Holes are cut out of the path, so a
glyph has one colour only, `currentColor`.
"""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from qifu.kernel.readings import Lamp, Reading

# The word that goes with each shape, for those who hear the page.
LAMPS = {lamp.value: lamp.word for lamp in Lamp}

CLAUSES = re.compile(r"[^，；。]+[，；。]?")

_DISC = "M12 1.75a10.25 10.25 0 1 0 0 20.5 10.25 10.25 0 0 0 0-20.5z"
_RING = "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 3.4a6.6 6.6 0 1 1 0 13.2 6.6 6.6 0 0 1 0-13.2z"
_RIM = "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2.3a7.7 7.7 0 1 1 0 15.4 7.7 7.7 0 0 1 0-15.4z"

PATHS = {
    "overdue": (
        "M13.27 1.03l9.7 9.7a1.8 1.8 0 0 1 0 2.54l-9.7 9.7a1.8 1.8 0 0 1-2.54 0l-9.7-9.7"
        "a1.8 1.8 0 0 1 0-2.54l9.7-9.7a1.8 1.8 0 0 1 2.54 0z"
        "M10.7 6.6l.35 6.9h1.9l.35-6.9zM12 14.9a1.35 1.35 0 1 0 0 2.7 1.35 1.35 0 0 0 0-2.7z"
    ),
    "soon": (
        "M13.5 2.25l9.3 17.1A1.75 1.75 0 0 1 21.26 22H2.74a1.75 1.75 0 0 1-1.54-2.65"
        "l9.3-17.1a1.72 1.72 0 0 1 3 0z"
        "M10.7 8.3l.35 6.3h1.9l.35-6.3zM12 16a1.35 1.35 0 1 0 0 2.7A1.35 1.35 0 0 0 12 16z"
    ),
    "fine": _RING,
    "paused": f"{_DISC}M8.1 7.6h2.7v8.8H8.1zm5.1 0h2.7v8.8h-2.7z",
    "done": f"{_DISC}M6.2 12.3l1.75-1.75 2.75 2.75 5.5-5.5 1.75 1.75-7.25 7.25z",
    "waiting": f"{_DISC}M10.9 6.2h2.2v5.3l3.5 2.05-1.1 1.9-4.6-2.7z",
    "zero": f"{_RIM}M7.4 10.9h9.2v2.2H7.4z",
}


def _drawn(path: str) -> str:
    return f'<path fill="currentColor" fill-rule="evenodd" d="{path}"/>'


_DASHED = (
    '<circle cx="12" cy="12" r="9.2" fill="none" stroke="currentColor" stroke-width="2.2" '
    'stroke-dasharray="3.6 3.625"/>'
)
# Two paths that overlap: one alone would show a seam between rim and half.
_HALF = _drawn(_RIM) + '<path fill="currentColor" d="M12 3.2v17.6a8.8 8.8 0 0 0 0-17.6z"/>'
_SHAPES = {name: _drawn(path) for name, path in PATHS.items()}
_SHAPES |= {"half": _HALF, "none": _DASHED}


def _svg(name: str, attributes: str) -> SafeString:
    return mark_safe(
        f'<svg class="glyph glyph-{name}" viewBox="0 0 24 24" {attributes}>{_SHAPES[name]}</svg>'
    )


SILENT = {name: _svg(name, 'aria-hidden="true" focusable="false"') for name in _SHAPES}
SPOKEN = {name: _svg(name, f'role="img" aria-label="{word}"') for name, word in LAMPS.items()}


def glyph(name: str, *, spoken: bool = False) -> SafeString:
    """Draw one shape; spoken ones carry their word for screen readers."""
    return (SPOKEN if spoken and name in SPOKEN else SILENT)[name]


def clauses(why: str) -> SafeString:
    """Wrap each clause, so that a line breaks at commas and never inside a date or time."""
    return format_html_join("", "<span>{}</span>", ((part,) for part in CLAUSES.findall(why)))


def lamp(reading: Reading, *, why: bool = True) -> SafeString:
    """Draw the lamp with its sentence: what is left, and why it is that day (时限灯)."""
    name = reading.lamp.value
    heard = reading.lamp is Lamp.NONE or reading.headline.startswith(reading.lamp.word)
    reason = ""
    if why and reading.why:
        reason = format_html('<small class="lamp-why">{}</small>', clauses(reading.why))
    return format_html(
        '<span class="lamp lamp-{}">{}<span class="lamp-text"><b>{}</b>{}</span></span>',
        name,
        glyph(name, spoken=not heard),
        reading.headline,
        reason,
    )
