"""The door to a virus scanner, with a daemon behind it that speaks as clamd does."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytest_django.fixtures import Settings

from qifu.attachments.actions import stage
from qifu.attachments.models import Scan
from qifu.attachments.scanning import ClamScanner, Infected, ScannerAway
from tests.attachments.samples import PDF, upload
from tests.cast import NOW, Cast

BAD = b"EICAR"


@contextmanager
def daemon(heard: list[bytes]) -> Iterator[str]:
    """Listen once and answer as clamd does."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line, line.makefile("rb") as given:
                assert given.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!I", given.read(4))[0]:
                    content += given.read(size)
                heard.append(content)
                bad = b"Win.Test.EICAR FOUND" if BAD in content else b"OK"
                line.sendall(b"stream: " + bad + b"\0")

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def test_the_whole_content_is_looked_at() -> None:
    heard: list[bytes] = []
    content = PDF * 5000

    with daemon(heard) as address:
        assert ClamScanner(address).scan(content) is Scan.CLEAN

    assert heard == [content]


def test_what_is_found_is_named() -> None:
    with daemon([]) as address, pytest.raises(Infected, match=r"^Win\.Test\.EICAR$"):
        ClamScanner(address).scan(BAD)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock"])
def test_nobody_at_home_is_said(address: str) -> None:
    with pytest.raises(ScannerAway):
        ClamScanner(address).scan(PDF)


@pytest.mark.django_db
def test_an_infected_file_is_refused_and_a_clean_one_marked(cast: Cast, settings: Settings) -> None:
    for content, refused in ((PDF + BAD, 1), (PDF, 0)):
        with daemon([]) as settings.CLAMD:
            came = stage([upload(content, "发票.pdf")], county=cast.county, by=None, at=NOW)
        assert len(came.refused) == refused
        assert [row.scan for row in came.rows] == [Scan.CLEAN] * (1 - refused)


@pytest.mark.django_db
def test_without_its_scanner_nothing_is_taken(cast: Cast, settings: Settings) -> None:
    settings.CLAMD = "127.0.0.1:1"

    came = stage([upload(PDF, "发票.pdf")], county=cast.county, by=None, at=NOW)

    assert came.refused == ["发票.pdf没有传上。病毒检查暂时用不了，请过几分钟再传。"]
