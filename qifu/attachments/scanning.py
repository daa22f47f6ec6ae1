"""The door to a virus scanner; without one the file's row says so."""

from __future__ import annotations

import socket
import struct
from typing import Protocol

from django.conf import settings

from qifu.attachments.models import Scan

PART = 64 * 1024
PATIENCE = 30.0


class Infected(Exception):
    """The scanner knows something bad in it; the text is what the scanner calls it."""


class ScannerAway(Exception):
    """The scanner does not answer; the file is not taken until it does."""


class ScannerPort(Protocol):
    """A virus scanner (病毒检查)."""

    def scan(self, content: bytes) -> Scan:
        """Look at the content and say whether it was looked at.

        Raises:
            Infected: it was found out.
            ScannerAway: nobody answered.
        """


class NoScanner:
    """No scanner is configured: say 未配置 rather than pretend."""

    def scan(self, content: bytes) -> Scan:
        """Look at nothing."""
        return Scan.NONE


class ClamScanner:
    """ClamAV's daemon, spoken to by INSTREAM: `host:port`, or the path of its socket."""

    def __init__(self, address: str) -> None:
        self.address = address

    def scan(self, content: bytes) -> Scan:
        """Send the content over and read the verdict."""
        try:
            verdict = self._ask(content)
        except OSError as error:
            raise ScannerAway(str(error)) from error
        if verdict.endswith("FOUND"):
            raise Infected(verdict.partition(": ")[2].removesuffix(" FOUND"))
        if not verdict.endswith("OK"):
            raise ScannerAway(verdict)
        return Scan.CLEAN

    def _ask(self, content: bytes) -> str:
        with self._connected() as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PART):
                part = content[start : start + PART]
                line.sendall(struct.pack("!I", len(part)) + part)
            line.sendall(struct.pack("!I", 0))
            said = b""
            while not said.endswith(b"\0") and (more := line.recv(4096)):
                said += more
        return said.rstrip(b"\0").decode("utf-8", "replace").strip()

    def _connected(self) -> socket.socket:
        if self.address.startswith("/"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(PATIENCE)
            line.connect(self.address)
            return line
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=PATIENCE)


def open_scanner() -> ScannerPort:
    """Return the scanner that this installation uses."""
    return ClamScanner(settings.CLAMD) if settings.CLAMD else NoScanner()
