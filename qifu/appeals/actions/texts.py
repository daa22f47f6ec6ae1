"""Checking what a person typed before it is kept."""

from __future__ import annotations

from qifu.kernel.errors import InvalidInput

WORDS_MAX = 5000
# What was promised is read on one line.
PROMISE_MAX = 60


def required(field: str, words: str, sentence: str) -> str:
    """Return the words as they are kept, or refuse with the sentence.

    Raises:
        InvalidInput: nothing was written, or more than anybody reads.
    """
    kept = optional(field, words)
    if not kept:
        raise InvalidInput(field, sentence)
    return kept


def line(field: str, words: str, sentence: str, *, most: int) -> str:
    """Return a name as it is kept, on one line, or refuse with the sentence.

    Raises:
        InvalidInput: nothing was written, or more than the line holds.
    """
    kept = " ".join(words.replace("\x00", "").split())
    if not kept:
        raise InvalidInput(field, sentence)
    if len(kept) > most:
        raise InvalidInput(field, f"写了{len(kept):,}个字，最多{most}个字，请写短些。")
    return kept


def optional(field: str, words: str) -> str:
    """Return the words as they are kept; they may be empty.

    Raises:
        InvalidInput: more than anybody reads.
    """
    kept = words.replace("\x00", "").strip()
    if len(kept) > WORDS_MAX:
        raise InvalidInput(field, f"写了{len(kept):,}个字，最多{WORDS_MAX:,}个字，请删减后再交。")
    return kept
