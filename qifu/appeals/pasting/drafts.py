"""What the recogniser hands back: drafts, and the lines that are none. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# With fewer signs nobody can act; more drafts nobody looks through with care.
LEAST, MOST = 5, 40
SHORT = "太短，看不出是什么事"
NOISE = "不是诉求"
TOO_MANY = f"一次最多{MOST}条，请下次再贴"


@dataclass(frozen=True)
class Draft:
    """What may be one appeal: who said what, and how to reach him."""

    # The places of its lines in what was pasted, and those lines as they were.
    lines: tuple[int, ...]
    source: str
    problem: str
    # The enterprise as it was named, and what else in the sender's name may be its own.
    firm: str = ""
    hints: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    said_on: date | None = None


@dataclass(frozen=True)
class LeftOver:
    """Lines that are no appeal, or not yet, and why."""

    lines: tuple[int, ...]
    source: str
    why: str


@dataclass(frozen=True)
class Pasted:
    """Everything that was pasted, in one of two heaps."""

    drafts: tuple[Draft, ...] = ()
    left_over: tuple[LeftOver, ...] = ()


@dataclass(frozen=True)
class Block:
    """Lines that belong together: one message, one item of a list."""

    lines: tuple[int, ...]
    # The message without what the chat program puts before it.
    words: tuple[str, ...]
    sender: str = ""
    said_on: date | None = None
