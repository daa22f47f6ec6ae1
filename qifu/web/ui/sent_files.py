"""A file on its way to the reader: nothing in it runs, and nobody keeps a copy by the way."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from django.http import FileResponse, Http404, HttpResponse

from qifu.attachments.blobs import path_of
from qifu.attachments.models import Attachment
from qifu.attachments.rules import Kind

logger = logging.getLogger(__name__)

ICONS = {Kind.IMAGE: "photo", Kind.TABLE: "table"}


@dataclass(frozen=True)
class FileLine:
    """One file as a page lists it."""

    name: str
    size: str
    kind: str
    icon: str
    url: str
    preview_url: str


def file_lines(
    rows: Sequence[Attachment], address: Callable[[Attachment, bool], str]
) -> list[FileLine]:
    """Write out files; `address` gives the link to the file, or to its small picture."""
    return [
        FileLine(
            str(row),
            row.size_words,
            row.get_kind_display(),
            ICONS.get(Kind(row.kind), "file-text"),
            address(row, False),
            address(row, True) if row.preview else "",
        )
        for row in rows
    ]


def send_file(row: Attachment | None, *, preview: bool = False) -> HttpResponse:
    """Send a file or its small picture; None is not there for this reader (404)."""
    if row is None or (preview and not row.preview):
        raise Http404
    try:
        content = path_of(row.sha256, preview=preview).open("rb")
    except FileNotFoundError:
        logger.error("the bytes of file %s are not on the disk", row.code)
        raise Http404 from None
    answer = FileResponse(
        content,
        as_attachment=not (preview or row.is_shown_inline),
        filename=row.name,
        content_type="image/jpeg" if preview else row.media_type,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", answer)
