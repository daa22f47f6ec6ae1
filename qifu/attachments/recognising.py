"""What a file is, by what stands in it; what it is called proves nothing."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

import filetype

from qifu.attachments.rules import (
    DOC,
    DOCX,
    HEIC,
    JPEG,
    PDF,
    PNG,
    PPT,
    PPTX,
    WEBP,
    XLS,
    XLSX,
    FileType,
)

HEAD = 8192
ZIP = b"PK\x03\x04"
# Of an archive: where its list of parts is described, and more list than any document has.
END_OF_LIST, ZIP64 = b"PK\x05\x06", b"PK\x06\x07"
END_SIZE = 22
TAIL = END_SIZE + 0xFFFF
LONGEST_LIST = 1024 * 1024
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BY_HEAD = {each.media_type: each for each in (JPEG, PNG, WEBP, HEIC, PDF)}
# The main part of an Office file, by which it is told from any other archive.
MAIN_PARTS = (
    (DOCX, "word/document"),
    (XLSX, "xl/workbook"),
    (PPTX, "ppt/presentation"),
)
STREAMS = {"WordDocument": DOC, "Workbook": XLS, "Book": XLS, "PowerPoint Document": PPT}
# Of a compound file: where its tables end, and more sectors than any directory has.
END_OF_CHAIN = 0xFFFFFFFA
LONGEST_CHAIN = 4096


def recognise(content: BinaryIO) -> FileType | None:
    """Return which of the accepted types the bytes are, or None; rewinds the file."""
    content.seek(0)
    head = content.read(HEAD)
    try:
        if head.startswith(ZIP):
            return _office(content)
        if head.startswith(OLE):
            return _compound(content)
        guessed = filetype.guess(head)
        return BY_HEAD.get(guessed.mime) if guessed else None
    finally:
        content.seek(0)


def _office(content: BinaryIO) -> FileType | None:
    if not _has_few_parts(content):
        return None
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        return None
    # A document with programs in it goes by another ending and is not taken.
    if "[Content_Types].xml" not in names or any(n.endswith("vbaProject.bin") for n in names):
        return None
    for found, part in MAIN_PARTS:
        if any(name.startswith(part) and name.endswith(".xml") for name in names):
            return found
    return None


def _has_few_parts(content: BinaryIO) -> bool:
    """Tell whether an archive's list of parts is short, before anybody reads all of it.

    A list of half a million empty parts fits into an upload and fills the memory. Nothing
    in an archive is ever unpacked here.
    """
    size = content.seek(0, io.SEEK_END)
    content.seek(max(0, size - TAIL))
    tail = content.read()
    place = tail.rfind(END_OF_LIST)
    # Behind the 64-bit mark another length counts; no letter of four gigabytes comes here.
    if place < 0 or len(tail) - place < END_SIZE or ZIP64 in tail[max(0, place - 20) : place]:
        return False
    (length,) = struct.unpack_from("<I", tail, place + 12)
    return bool(length <= LONGEST_LIST)


def _compound(content: BinaryIO) -> FileType | None:
    """Read the directory of an OLE compound file (MS-CFB), as Office and WPS wrote them."""
    try:
        names = set(_stream_names(content))
    except (struct.error, OSError):
        return None
    return next((found for name, found in STREAMS.items() if name in names), None)


def _stream_names(content: BinaryIO) -> Iterator[str]:
    content.seek(0)
    header = content.read(512)
    (shift,) = struct.unpack_from("<H", header, 30)
    if shift not in (9, 12):
        return
    size = 1 << shift
    (sector,) = struct.unpack_from("<I", header, 48)
    fat = struct.unpack_from("<109I", header, 76)
    for _ in range(LONGEST_CHAIN):
        if sector >= END_OF_CHAIN:
            return
        entries = _sector(content, sector, size)
        for start in range(0, len(entries) - 127, 128):
            (length,) = struct.unpack_from("<H", entries, start + 64)
            name = entries[start : start + max(0, min(length, 64) - 2)]
            yield name.decode("utf-16-le", "replace")
        table, place = divmod(sector, size // 4)
        if table >= len(fat) or fat[table] >= END_OF_CHAIN:
            return
        (sector,) = struct.unpack_from("<I", _sector(content, fat[table], size), place * 4)


def _sector(content: BinaryIO, number: int, size: int) -> bytes:
    content.seek((number + 1) * size)
    return content.read(size)
