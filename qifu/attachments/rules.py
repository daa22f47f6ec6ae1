"""What may be given along: which types, how large, how many, and what a file is called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db.models import TextChoices

MEGABYTE = 1024 * 1024
MAX_SIZE = 20 * MEGABYTE
MAX_FILES = 10
# Beyond this a picture fills the memory when it is opened (decompression bomb).
MAX_PIXELS = 80_000_000
NAME_MAX = 100
# What people who have not signed in may have lying here before it belongs to a case.
STAGED_MOST = 2 * 1024 * MEGABYTE
ONLY_THESE = "只收图片、PDF、Word、Excel、PPT、WPS，每个不超过20MB。"
WITHOUT_NAME = "文件"


class Kind(TextChoices):
    """What a file is to whoever opens it."""

    IMAGE = "IMAGE", "图片"
    PDF = "PDF", "PDF"
    DOCUMENT = "DOCUMENT", "文档"
    TABLE = "TABLE", "表格"
    SLIDES = "SLIDES", "幻灯片"


@dataclass(frozen=True)
class FileType:
    """A type that is taken: what it is served as, and how its names may end."""

    kind: Kind
    media_type: str
    endings: tuple[str, ...]


JPEG = FileType(Kind.IMAGE, "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
PNG = FileType(Kind.IMAGE, "image/png", ("png",))
WEBP = FileType(Kind.IMAGE, "image/webp", ("webp",))
HEIC = FileType(Kind.IMAGE, "image/heic", ("heic", "heif"))
PDF = FileType(Kind.PDF, "application/pdf", ("pdf",))
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
DOCX = FileType(Kind.DOCUMENT, f"{_OPEN_XML}wordprocessingml.document", ("docx",))
XLSX = FileType(Kind.TABLE, f"{_OPEN_XML}spreadsheetml.sheet", ("xlsx",))
PPTX = FileType(Kind.SLIDES, f"{_OPEN_XML}presentationml.presentation", ("pptx",))
# WPS keeps the same containers under its own endings.
DOC = FileType(Kind.DOCUMENT, "application/msword", ("doc", "wps", "wpt", "dot"))
XLS = FileType(Kind.TABLE, "application/vnd.ms-excel", ("xls", "et", "ett", "xlt"))
PPT = FileType(Kind.SLIDES, "application/vnd.ms-powerpoint", ("ppt", "dps", "pps"))
TYPES = (JPEG, PNG, WEBP, HEIC, PDF, DOCX, XLSX, PPTX, DOC, XLS, PPT)
# What a browser shows by itself without running anything.
SHOWN_INLINE = frozenset({JPEG.media_type, PNG.media_type, WEBP.media_type})


@dataclass(frozen=True)
class Upload:
    """A file as it came in: what its owner calls it, how long it is, and its bytes."""

    name: str
    size: int
    content: BinaryIO


class RefusedFile(Exception):
    """This one file is not taken; the text is the sentence for whoever sent it."""

    def __init__(self, name: str, why: str = ONLY_THESE) -> None:
        super().__init__(f"{short_name(name)}没有传上。{why}")


def accepted_endings() -> str:
    """Return what a file input offers to pick: `.jpg,.jpeg,…`.

    HEIC is left out: a phone that is not offered it sends a JPEG, which everybody can open.
    """
    offered = [ending for each in TYPES if each is not HEIC for ending in each.endings]
    return ",".join(f".{ending}" for ending in offered)


def size_words(size: int) -> str:
    """Write a size as people do: `2.1MB`, `840KB`."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f}MB"
    return f"{max(1, round(size / 1024))}KB"


def short_name(raw: str) -> str:
    """Return a name without folders, control signs and what turns the line around."""
    # Half of a broken surrogate pair cannot be stored.
    text = raw.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", text.replace("\\", "/")).rpartition("/")[2]
    text = " ".join("".join(_printable(text)).split()).lstrip(". ")
    if len(text) > NAME_MAX:
        stem, dot, ending = text.rpartition(".")
        ending = f"{dot}{ending}" if stem and len(ending) <= 8 else ""
        text = text[: NAME_MAX - len(ending)] + ending
    return text or WITHOUT_NAME


def name_for(raw: str, found: FileType) -> str:
    """Return the name under which a file is kept: it ends as what the file really is."""
    name = short_name(raw)
    if name.rpartition(".")[2].lower() in found.endings and "." in name:
        return name
    ending = f".{found.endings[0]}"
    return name[: NAME_MAX - len(ending)] + ending


def _printable(text: str) -> Iterator[str]:
    # Emoji are joined by U+200D; the other format signs only deceive the eye.
    for sign in text:
        if unicodedata.category(sign) in ("Cc", "Zl", "Zp"):
            yield " "
        elif unicodedata.category(sign) not in ("Cf", "Cs", "Co") or sign == "\u200d":
            yield sign
