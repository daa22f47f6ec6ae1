"""Files as people send them, made up byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile

from PIL import Image

from qifu.attachments.rules import Upload

# Where and with what the picture was taken; no kept byte may say it.
SECRET_PLACE = "CameraOfJinzhai"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00" + bytes(200) + b"PE\x00\x00"
DWG = b"AC1032" + bytes(300)
ORIENTATION, MODEL, GPS = 0x0112, 0x0110, 0x8825


def picture(
    width: int = 40, height: int = 20, *, form: str = "JPEG", turned: int = 1, colour: str = "red"
) -> bytes:
    """Return a photograph that says where it was taken."""
    exif = Image.Exif()
    exif[MODEL] = SECRET_PLACE
    exif[ORIENTATION] = turned
    exif.get_ifd(GPS)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, form, exif=exif)
    return out.getvalue()


def upload(content: bytes, name: str = "照片.jpg") -> Upload:
    return Upload(name, len(content), io.BytesIO(content))


def office(*parts: str) -> bytes:
    """Return an Office file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "<x/>")
    return out.getvalue()


DOCX = office("word/document.xml")
XLSX = office("xl/workbook.xml")


def compound(*streams: str) -> bytes:
    """Return an OLE compound file whose directory names these streams (doc, xls, wps, et)."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    count = -(-(len(streams) + 1) // 4)
    chain = [0xFFFFFFFD, *range(2, count + 1), 0xFFFFFFFE]
    fat = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    entries = b"".join(_entry(name) for name in ("Root Entry", *streams))
    return bytes(header) + fat + entries.ljust(count * 512, b"\0")


def _entry(name: str) -> bytes:
    text = name.encode("utf-16-le")
    return (text.ljust(64, b"\0") + struct.pack("<H", len(text) + 2)).ljust(128, b"\0")


def heic(note: bytes = SECRET_PLACE.encode(), *, indexed: bool = True) -> bytes:
    """Return a photograph as an iPhone keeps it, its Exif in a part of its own."""
    infe = _box(b"infe", struct.pack(">IHH4s", 2 << 24, 7, 0, b"Exif"))
    iinf = _box(b"iinf", struct.pack(">IH", 0, 1) + infe)
    ftyp = _box(b"ftyp", b"heic" + struct.pack(">I", 0) + b"mif1heic")
    count = 1 if indexed else 0
    length = len(_meta(iinf, count, 0, len(note)))
    start = len(ftyp) + length + 8
    return ftyp + _meta(iinf, count, start, len(note)) + _box(b"mdat", note + b"PIXELS")


def _meta(iinf: bytes, count: int, start: int, length: int) -> bytes:
    place = struct.pack(">HHHII", 7, 0, 1, start, length) if count else b""
    iloc = _box(b"iloc", struct.pack(">IBBH", 0, 0x44, 0, count) + place)
    return _box(b"meta", bytes(4) + iinf + iloc)


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content
