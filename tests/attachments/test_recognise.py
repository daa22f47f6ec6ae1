"""What a file is, told by what stands in it."""

from __future__ import annotations

import io

import pytest

from qifu.attachments import rules
from qifu.attachments.recognising import recognise
from qifu.attachments.rules import FileType, name_for, short_name
from tests.attachments.samples import DOCX, DWG, EXE, PDF, XLSX, compound, heic, office, picture


@pytest.mark.parametrize(("content", "found"), [
    (picture(), rules.JPEG),
    (picture(form="PNG"), rules.PNG),
    (picture(form="WEBP"), rules.WEBP),
    (heic(), rules.HEIC),
    (PDF, rules.PDF),
    (DOCX, rules.DOCX),
    (XLSX, rules.XLSX),
    (office("ppt/presentation.xml"), rules.PPTX),
    (compound("WordDocument"), rules.DOC),
    (compound("1", "2", "3", "4", "5", "Workbook"), rules.XLS),
    (compound("PowerPoint Document"), rules.PPT),
], ids=[
    "jpeg", "png", "webp", "heic", "pdf", "docx", "xlsx", "pptx", "doc", "xls", "ppt",
])  # fmt: skip
def test_what_is_taken_is_known_by_its_content(content: bytes, found: FileType) -> None:
    assert recognise(io.BytesIO(content)) is found


@pytest.mark.parametrize("content", [
    EXE,
    DWG,
    b"",
    b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    b"<!doctype html><script>alert(1)</script>",
    b"GIF89a" + bytes(40),
    b"PK\x03\x04" + bytes(100),
    office("classes.dex"),
    office("word/document.xml", "word/vbaProject.bin"),
    office("xl/workbook.bin"),
    compound("EncryptedPackage"),
    compound("WordDocument")[:600],
    bytes.fromhex("d0cf11e0a1b11ae1"),
], ids=[
    "exe", "dwg", "nothing", "svg", "html", "gif", "half a zip", "an app", "a macro",
    "a binary workbook", "an encrypted file", "half a document", "a head only",
])  # fmt: skip
def test_anything_else_is_not_taken_whatever_it_is_called(content: bytes) -> None:
    assert recognise(io.BytesIO(content)) is None


def test_a_directory_that_runs_in_a_circle_is_left() -> None:
    content = bytearray(compound("a", "b", "c", "d", "e"))
    content[512 + 8 : 512 + 12] = (1).to_bytes(4, "little")

    assert recognise(io.BytesIO(bytes(content))) is None


@pytest.mark.parametrize(("raw", "kept"), [
    ("鉴定报告.pdf", "鉴定报告.pdf"),
    ("䃥家湾厂房🏭.PDF", "䃥家湾厂房🏭.PDF"),
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("C:\\用户\\桌面\\合同.pdf", "合同.pdf"),
    ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
    ("tidu\u202efdp.exe", "tidufdp.exe.pdf"),
    ("<b onclick=x>.pdf", "<b onclick=x>.pdf"),
    ("...", "文件.pdf"),
    ("", "文件.pdf"),
    ("程序.exe", "程序.exe.pdf"),
    ("\ud83d坏.pdf", "?坏.pdf"),
    ("pdf", "pdf.pdf"),
])  # fmt: skip
def test_a_name_keeps_its_words_and_loses_what_deceives(raw: str, kept: str) -> None:
    assert name_for(raw, rules.PDF) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = short_name("长" * 300 + ".docx")

    assert len(name) == rules.NAME_MAX
    assert name.endswith("长.docx")
    assert len(name_for("长" * 300, rules.PDF)) == rules.NAME_MAX


def test_wps_files_keep_their_own_endings() -> None:
    assert name_for("材料.wps", rules.DOC) == "材料.wps"
    assert name_for("表.et", rules.XLS) == "表.et"
    assert name_for("汇报.dps", rules.PPT) == "汇报.dps"
