"""Sentences that are shown once after a step (提示条), with a way back while there is one.

Errors never travel this way only: a toast can be missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_UNDO = "undo"


@dataclass(frozen=True)
class Toast:
    """One line: the sentence, and where and how long it can be undone."""

    sentence: str
    undo_url: str = ""
    until: datetime | None = None

    def seconds_left(self, at: datetime) -> int:
        """Count the seconds in which 撤回 still works."""
        return max(0, int((self.until - at).total_seconds())) if self.until else 0


def say(
    request: HttpRequest, sentence: str, *, undo_url: str = "", until: datetime | None = None
) -> None:
    """Show the sentence on the next page; with `undo_url`, offer 撤回 until then."""
    tags = f"{_UNDO} {int(until.timestamp())} {undo_url}" if undo_url and until else ""
    messages.success(request, sentence, extra_tags=tags)


def read(message: Message) -> Toast:
    """Turn a stored message back into a toast."""
    parts = (message.extra_tags or "").split(" ", 2)
    if len(parts) == 3 and parts[0] == _UNDO:
        return Toast(str(message), parts[2], datetime.fromtimestamp(int(parts[1]), UTC))
    return Toast(str(message))


def time_left(seconds: int) -> str:
    """Write the time that is left to undo: `9分50秒`."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest}秒"
    return f"{minutes}分{rest}秒" if rest else f"{minutes}分钟"
