"""The doors of the house for short messages; which one is open is a setting."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings


class Refused(Exception):
    """The channel will never take this message; the text says why, in Chinese."""


class DeadNumber(Refused):
    """The channel says that the number itself is dead (空号、停机)."""


class Unreachable(Exception):
    """The channel did not answer; the same message may be tried again."""


class SmsPort(Protocol):
    """A channel for short messages (短信通道)."""

    # Whether the words must stay readable here after sending.
    shows_words: bool

    def send(self, *, phone: str, body: str, key: str) -> str:
        """Hand over one message and return the channel's receipt.

        `key` is the same at every attempt, so a provider that was asked twice because
        we fell over in between sends once.

        Raises:
            Refused: it will not be taken; trying again is pointless.
            Unreachable: no answer; try later.
        """


class MailboxPort:
    """Nothing leaves the house: the on-screen 信箱 shows the notices (演示)."""

    shows_words = True

    def send(self, *, phone: str, body: str, key: str) -> str:
        """Take the message; its row is what the 信箱 shows."""
        return ""


class NoProvider:
    """No provider is configured: say so, rather than pretend."""

    shows_words = False

    def send(self, *, phone: str, body: str, key: str) -> str:
        """Refuse."""
        raise Refused("未配置短信通道，请系统管理员在部署设置中填写")


def open_port() -> SmsPort:
    """Return the channel that this installation uses."""
    return MailboxPort() if settings.DEMO else NoProvider()
