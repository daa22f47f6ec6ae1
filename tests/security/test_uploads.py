"""Uploads, attacked: what is small on the wire and large in the memory is not taken."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from qifu.attachments import rules
from qifu.attachments.pictures import BadPicture, clean
from qifu.attachments.recognising import recognise
from tests.attachments.samples import DOCX, picture

MEGABYTE = 1024 * 1024


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def _png_of(side: int, content: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = _chunk(b"IHDR", head) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _peak(act: object) -> int:
    tracemalloc.start()
    try:
        act()  # type: ignore[operator]
    finally:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return most


def test_a_picture_of_billions_of_points_is_refused_before_it_is_unpacked() -> None:
    bomb = _png_of(60_000, zlib.compress(bytes(10 * MEGABYTE), 9))
    assert len(bomb) < MEGABYTE

    def look() -> None:
        with pytest.raises(BadPicture, match="万像素"):
            clean(bomb, rules.PNG)

    assert _peak(look) < 5 * MEGABYTE


def test_notes_that_unpack_without_end_do_not_fill_the_memory() -> None:
    notes = zlib.compress(bytes(200 * MEGABYTE), 9)
    good = picture(form="PNG")
    text = _chunk(b"zTXt", b"Comment\x00\x00" + notes)
    bomb = good[:33] + text + good[33:]
    assert len(bomb) < MEGABYTE

    def look() -> None:
        try:
            clean(bomb, rules.PNG)
        except BadPicture:
            return

    assert _peak(look) < 20 * MEGABYTE


def test_a_document_that_unpacks_without_end_is_never_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", bytes(100 * MEGABYTE))
    out.seek(0)

    assert _peak(lambda: recognise(out)) < MEGABYTE


def _of_many_parts(parts: int) -> bytes:
    out = io.BytesIO(DOCX)
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(parts):
            archive.writestr(f"p{number}", b"")
    return out.getvalue()


def test_a_document_of_endless_parts_is_refused_before_they_are_read() -> None:
    bomb = io.BytesIO(_of_many_parts(30_000))
    found: list[object] = []

    peak = _peak(lambda: found.append(recognise(bomb)))

    assert found == [None]
    assert peak < MEGABYTE


def test_a_document_of_a_few_hundred_parts_is_one() -> None:
    assert recognise(io.BytesIO(_of_many_parts(400))) is rules.DOCX


def test_an_archive_that_lies_about_its_list_is_no_document() -> None:
    content = _of_many_parts(30_000)
    place = content.rfind(b"PK\x05\x06")
    small = struct.pack("<I", 10)
    lying = content[: place + 12] + small + content[place + 16 :]

    assert recognise(io.BytesIO(lying)) is None
    assert recognise(io.BytesIO(content + b"PK\x05\x06")) is None
