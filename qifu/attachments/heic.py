"""HEIC photographs: kept as they are, but for the bytes in which the camera wrote its notes.

Nothing here can draw them. The file's own index (ISO/IEC 14496-12, boxes `iinf` and
`iloc`) says where Exif and XMP lie; those bytes are overwritten, and nothing moves.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

NOTES = (b"Exif", b"mime")


class Unreadable(Exception):
    """The index is not as the standard has it, so nobody can say where the notes lie."""


@dataclass(frozen=True)
class Box:
    """One box: its type, and where its content begins and ends."""

    kind: bytes
    start: int
    end: int


def without_notes(content: bytes) -> bytes:
    """Return the photograph with its Exif and XMP overwritten by zeros.

    Raises:
        Unreadable: the file does not say where they are.
    """
    cleaned = bytearray(content)
    try:
        meta = _only(content, 0, len(content), b"meta")
        inner = meta.start + 4
        notes = set(_note_items(content, _only(content, inner, meta.end, b"iinf")))
        data = [each for each in _boxes(content, inner, meta.end) if each.kind == b"idat"]
        places = _places(content, _only(content, inner, meta.end, b"iloc"), data)
        for item, start, length in places:
            if item in notes:
                cleaned[start : start + length] = bytes(len(cleaned[start : start + length]))
                notes.discard(item)
    except struct.error:
        raise Unreadable from None
    if notes:
        raise Unreadable
    return bytes(cleaned)


def _boxes(content: bytes, start: int, end: int) -> Iterator[Box]:
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", content, start)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", content, start + 8)
            head = 16
        size = size or end - start
        if size < head or start + size > end:
            raise Unreadable
        yield Box(kind, start + head, start + size)
        start += size


def _only(content: bytes, start: int, end: int, kind: bytes) -> Box:
    found = [box for box in _boxes(content, start, end) if box.kind == kind]
    if len(found) != 1:
        raise Unreadable
    return found[0]


def _note_items(content: bytes, box: Box) -> Iterator[int]:
    wide = content[box.start] > 0
    for entry in _boxes(content, box.start + (8 if wide else 6), box.end):
        version = content[entry.start]
        if version not in (2, 3):
            raise Unreadable
        layout = ">IH4s" if version == 3 else ">HH4s"
        item, _, kind = struct.unpack_from(layout, content, entry.start + 4)
        if kind in NOTES:
            yield item


def _places(content: bytes, box: Box, data: list[Box]) -> Iterator[tuple[int, int, int]]:
    """Give item, start and length of every extent (`iloc`)."""
    version = content[box.start]
    sizes = content[box.start + 4], content[box.start + 5]
    offset_size, length_size, base_size = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4
    index_size = sizes[1] & 15 if version else 0
    reader = _Reader(content, box.start + 6)
    for _ in range(reader.take(4 if version == 2 else 2)):
        item = reader.take(4 if version == 2 else 2)
        method = reader.take(2) & 15 if version else 0
        reader.take(2)
        base = reader.take(base_size)
        for _ in range(reader.take(2)):
            reader.take(index_size)
            start = base + reader.take(offset_size)
            length = reader.take(length_size)
            yield item, start + _origin(method, data), length


def _origin(method: int, data: list[Box]) -> int:
    if method == 0:
        return 0
    if method == 1 and len(data) == 1:
        return data[0].start
    raise Unreadable


class _Reader:
    """Takes numbers of any width, one after the other."""

    def __init__(self, content: bytes, at: int) -> None:
        self.content = content
        self.at = at

    def take(self, size: int) -> int:
        if self.at + size > len(self.content):
            raise Unreadable
        self.at += size
        return int.from_bytes(self.content[self.at - size : self.at], "big")
