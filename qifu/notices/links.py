"""The link of a message: its place in the words, filled only when the message leaves.

The words that are kept hold the place and never the link, before sending as after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from qifu.notices.addresses import Recipient
from qifu.notices.models import Notice

PLACE = "〔链接〕"


class LinkBook(Protocol):
    """What the room of cases offers: a link of one message for whoever gets it."""

    def address(self, notice: Notice, to: Recipient, at: datetime) -> str:
        """Return the address that the message shows its recipient."""

    def shown(self, notices: Sequence[Notice]) -> Mapping[int, str]:
        """Return the addresses that left with these messages, by the notice's key (演示)."""
