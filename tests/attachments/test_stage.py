"""上传: each file is on the disk before a row names it, and none spoils the others."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from qifu.attachments import actions, blobs
from qifu.attachments.actions import keep_all, stage
from qifu.attachments.models import Attachment, Scan, State
from qifu.attachments.rules import MAX_FILES, MAX_SIZE, Upload
from qifu.journal.deed import deed
from qifu.journal.timeline import timeline
from qifu.kernel.errors import InvalidInput, StaleState
from tests.attachments.samples import DOCX, DWG, EXE, PDF, heic, picture, upload
from tests.cast import NOW, Cast


def staged(cast: Cast, *uploads: Upload, **more: Any) -> actions.Staged:
    return stage(uploads, county=cast.county, by=cast.boss, at=NOW, **more)


def files_in(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file() and path.name != ".lock")


def rows(cast: Cast) -> int:
    return Attachment.objects.in_county(cast.county).count()


def test_a_file_lies_under_its_own_hash(cast: Cast, place: Path) -> None:
    (row,) = staged(cast, upload(PDF, "报告.pdf")).rows

    assert row.sha256 == hashlib.sha256(PDF).hexdigest()
    assert blobs.path_of(row.sha256) == place / row.sha256[:2] / row.sha256
    assert blobs.path_of(row.sha256).read_bytes() == PDF
    assert (row.state, row.kind, row.size, row.name) == (State.STAGED, "PDF", len(PDF), "报告.pdf")
    assert row.scan == Scan.NONE


def test_a_picture_is_kept_clean_with_a_small_one(cast: Cast) -> None:
    (row,) = staged(cast, upload(picture(), "厂房正面.jpg")).rows

    assert blobs.read_whole(row.sha256)
    assert row.preview
    assert blobs.path_of(row.sha256, preview=True).exists()


def test_what_is_not_taken_is_told_by_its_name_and_the_rest_is_taken(cast: Cast) -> None:
    came = staged(
        cast,
        upload(DWG, "施工图.dwg"),
        upload(EXE, "合同.pdf"),
        upload(b"", "空.pdf"),
        upload(DOCX, "说明.docx"),
        upload(picture()[:200], "坏.jpg"),
        upload(heic(indexed=False), "家.heic"),
    )

    assert [row.name for row in came.rows] == ["说明.docx"]
    only = "只收图片、PDF、Word、Excel、PPT、WPS，每个不超过20MB。"
    assert came.refused[0] == f"施工图.dwg没有传上。{only}"
    assert came.refused[1] == f"合同.pdf没有传上。{only}"
    assert "空.pdf没有传上。这个文件是空的" in came.refused[2]
    assert "坏.jpg没有传上。这张图片打不开" in came.refused[3]
    assert "家.heic没有传上。" in came.refused[4]


def test_twenty_megabytes_are_taken_and_not_one_byte_more(cast: Cast) -> None:
    came = staged(
        cast,
        upload(PDF.ljust(MAX_SIZE, b" "), "正好.pdf"),
        upload(PDF.ljust(MAX_SIZE + 1, b" "), "多一个.pdf"),
        Upload("说谎.pdf", 10, upload(PDF.ljust(MAX_SIZE + 1, b"\n")).content),
    )

    assert [row.name for row in came.rows] == ["正好.pdf"]
    assert len(came.refused) == 2


def test_the_eleventh_is_refused_and_says_so(cast: Cast) -> None:
    first = staged(cast, *(upload(PDF + bytes([n]), f"{n}.pdf") for n in range(9))).rows

    came = staged(cast, upload(PDF, "十.pdf"), upload(DOCX, "十一.docx"), already=first)

    assert [row.name for row in came.rows] == ["十.pdf"]
    assert came.refused == [f"十一.docx没有传上。一次最多{MAX_FILES}个，先传上的都还在。"]


def test_the_same_content_lies_once_and_is_listed_once_in_a_form(cast: Cast, place: Path) -> None:
    (first,) = staged(cast, upload(PDF, "一.pdf")).rows
    assert not staged(cast, upload(PDF, "二.pdf"), already=[first]).rows

    (other,) = staged(cast, upload(PDF, "别的表里.pdf")).rows

    assert other.sha256 == first.sha256
    assert len(files_in(place)) == 1


def test_a_damaged_blob_is_mended_by_whoever_brings_it_again(cast: Cast) -> None:
    (row,) = staged(cast, upload(PDF)).rows
    blobs.path_of(row.sha256).write_bytes(b"cut off")

    staged(cast, upload(PDF))

    assert blobs.read_whole(row.sha256)


def test_the_disk_has_all_of_it_before_the_row_is_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    sync, replace, write = os.fsync, os.replace, actions._write

    def note_sync(handle: int) -> None:
        target = os.readlink(f"/proc/self/fd/{handle}")
        happened.append("folder" if os.path.isdir(target) else "file")
        sync(handle)

    def note_replace(*given: Any) -> None:
        happened.append("named")
        replace(*given)

    def note_write(*given: Any, **more: Any) -> None:
        happened.append("row")
        write(*given, **more)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_replace)
    monkeypatch.setattr(actions, "_write", note_write)

    staged(cast, upload(PDF))

    assert happened.index("file") < happened.index("named")
    assert happened[-2:] == ["folder", "row"]


def test_a_fall_between_the_blob_and_its_row_leaves_no_row(
    cast: Cast, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_given: Any, **_more: Any) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(actions, "_write", fall)
    with pytest.raises(OSError, match="power cut"):
        staged(cast, upload(PDF))

    assert rows(cast) == 0
    assert len(files_in(place)) == 1


def test_a_fall_while_writing_leaves_neither(
    cast: Cast, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_given: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fall)
    with pytest.raises(OSError, match="disk full"):
        staged(cast, upload(PDF))

    assert rows(cast) == 0
    assert [path.parent.name for path in files_in(place)] == ["incoming"]


def test_who_has_not_signed_in_cannot_fill_the_disk(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "STAGED_MOST", len(PDF))
    stage([upload(PDF + b"1")], county=cast.county, by=None, at=NOW)

    came = stage([upload(PDF, "又一个.pdf")], county=cast.county, by=None, at=NOW)

    assert came.refused == [
        "又一个.pdf没有传上。现在等着提交的文件太多，请先提交文字，过一天再补。"
    ]
    assert staged(cast, upload(PDF)).rows


def test_the_journal_holds_the_hash_and_never_the_name(cast: Cast) -> None:
    (row,) = staged(cast, upload(PDF, "张三的合同.pdf")).rows
    with deed("test.kept", county=cast.county, by=cast.boss, at=NOW) as work:
        work.about(row)
        keep_all(work, [row], cast.boss)

    events = timeline(row)
    assert events[-1].data["files"] == [row.sha256]
    assert "张三" not in str([event.data for event in events])


def test_a_file_goes_to_one_row_only(cast: Cast) -> None:
    (row,) = staged(cast, upload(PDF)).rows
    stale = Attachment.objects.in_county(cast.county).get(pk=row.pk)
    with deed("test.kept", county=cast.county, by=cast.boss, at=NOW) as work:
        keep_all(work, [row], cast.boss)

    with (
        pytest.raises(StaleState),
        deed("test.kept", county=cast.county, by=cast.boss, at=NOW) as work,
    ):
        keep_all(work, [stale], cast.clerk)

    assert list(Attachment.objects.kept_for(cast.county, cast.boss)) == [row]
    assert not Attachment.objects.kept_for(cast.county, cast.clerk)


def test_more_than_ten_are_not_kept(cast: Cast) -> None:
    with (
        pytest.raises(InvalidInput, match="最多10个"),
        deed("test.kept", county=cast.county, by=cast.boss, at=NOW) as work,
    ):
        keep_all(work, [Attachment()] * 11, cast.boss)


def test_nobody_takes_what_another_has_staged(cast: Cast, other_cast: Cast) -> None:
    mine = staged(cast, upload(PDF)).rows[0]
    nobodys = stage([upload(DOCX)], county=cast.county, by=None, at=NOW).rows[0]
    codes = [mine.code, nobodys.code]
    seen = Attachment.objects.staged_by

    assert list(seen(cast.county, cast.boss, codes)) == [mine, nobodys]
    assert list(seen(cast.county, cast.clerk, codes)) == [nobodys]
    assert list(seen(cast.county, None, codes)) == [nobodys]
    assert not seen(cast.county, cast.zhou, codes)
    assert not seen(other_cast.county, other_cast.boss, codes)
