"""Taking one file in: looked at, cleaned, scanned and on the disk, before a row names it."""

from __future__ import annotations

from qifu.attachments import blobs, heic, pictures
from qifu.attachments.models import Attachment, State
from qifu.attachments.recognising import recognise
from qifu.attachments.rules import (
    HEIC,
    MAX_SIZE,
    FileType,
    Kind,
    RefusedFile,
    Upload,
    name_for,
)
from qifu.attachments.scanning import Infected, ScannerAway, ScannerPort

EMPTY = "这个文件是空的，请看看选得对不对。"
INFECTED = "里面有病毒，请先在电脑上查杀。"
SCANNER_AWAY = "病毒检查暂时用不了，请过几分钟再传。"
HEIC_NOTES = "这张HEIC照片里的拍摄地点删不掉，请在手机上转成JPG再传。"


def taken_in(upload: Upload, scanner: ScannerPort) -> Attachment:
    """Return the row of a file whose bytes are on the disk; it is not written yet.

    Raises:
        RefusedFile: with the sentence for whoever sent it.
    """
    if upload.size > MAX_SIZE:
        raise RefusedFile(upload.name)
    found = recognise(upload.content)
    content = upload.content.read(MAX_SIZE + 1)
    if not content:
        raise RefusedFile(upload.name, EMPTY)
    if found is None or len(content) > MAX_SIZE:
        raise RefusedFile(upload.name)
    content, preview = _cleaned(upload, content, found)
    try:
        scan = scanner.scan(content)
    except Infected:
        raise RefusedFile(upload.name, INFECTED) from None
    except ScannerAway:
        raise RefusedFile(upload.name, SCANNER_AWAY) from None
    return Attachment(
        state=State.STAGED,
        sha256=blobs.put(content, preview),
        size=len(content),
        media_type=found.media_type,
        kind=found.kind,
        name=name_for(upload.name, found),
        preview=bool(preview),
        scan=scan,
    )


def _cleaned(upload: Upload, content: bytes, found: FileType) -> tuple[bytes, bytes]:
    if found is HEIC:
        try:
            return heic.without_notes(content), b""
        except heic.Unreadable:
            raise RefusedFile(upload.name, HEIC_NOTES) from None
    if found.kind != Kind.IMAGE:
        return content, b""
    try:
        cleaned = pictures.clean(content, found)
    except pictures.BadPicture as bad:
        raise RefusedFile(upload.name, str(bad)) from None
    return cleaned.content, cleaned.preview
