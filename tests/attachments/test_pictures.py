"""Photographs are upright, say nothing of where they were taken, and cannot fill the memory."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from qifu.attachments import heic as phone
from qifu.attachments import pictures, rules
from qifu.attachments.pictures import BadPicture, clean
from qifu.attachments.rules import FileType
from tests.attachments.samples import GPS, ORIENTATION, SECRET_PLACE, heic, picture

FORMS = [("JPEG", rules.JPEG), ("PNG", rules.PNG), ("WEBP", rules.WEBP)]


@pytest.mark.parametrize(("form", "found"), FORMS)
@pytest.mark.parametrize("turned", [1, 6])
def test_nothing_says_where_it_was_taken(form: str, found: FileType, turned: int) -> None:
    sent = picture(form=form, turned=turned)
    assert SECRET_PLACE.encode() in sent

    kept = clean(sent, found)

    for content in (kept.content, kept.preview):
        assert SECRET_PLACE.encode() not in content
        exif = Image.open(io.BytesIO(content)).getexif()
        assert not exif
        assert not exif.get_ifd(GPS)


@pytest.mark.parametrize(("form", "found"), FORMS)
def test_what_was_taken_sideways_stands_upright(form: str, found: FileType) -> None:
    kept = clean(picture(40, 20, form=form, turned=6), found)

    opened = Image.open(io.BytesIO(kept.content))
    assert opened.size == (20, 40)
    assert opened.getexif().get(ORIENTATION, 1) == 1
    assert Image.open(io.BytesIO(kept.preview)).size == (20, 40)


def test_the_same_picture_is_the_same_after_cleaning() -> None:
    assert clean(picture(), rules.JPEG) == clean(picture(), rules.JPEG)


def test_the_small_one_is_small_and_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (2000, 1000), (0, 0, 0, 0)).save(out, "PNG")

    small = Image.open(io.BytesIO(clean(out.getvalue(), rules.PNG).preview))

    assert small.size == (480, 240)
    assert small.getpixel((5, 5)) == (255, 255, 255)


def test_a_small_file_that_would_fill_the_memory_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")

    with pytest.raises(BadPicture, match="万像素"):
        clean(out.getvalue(), rules.PNG)

    monkeypatch.setattr(pictures, "MAX_PIXELS", 100)
    with pytest.raises(BadPicture, match="万像素"):
        clean(picture(), rules.JPEG)


@pytest.mark.parametrize("content", [
    picture()[:200],
    b"\xff\xd8\xff\xe0" + bytes(100),
    picture(form="PNG"),
])  # fmt: skip
def test_a_damaged_picture_is_refused(content: bytes) -> None:
    with pytest.raises(BadPicture, match="打不开"):
        clean(content, rules.JPEG)


def test_the_notes_in_an_iphones_picture_are_overwritten_and_nothing_moves() -> None:
    sent = heic()

    kept = phone.without_notes(sent)

    assert len(kept) == len(sent)
    assert SECRET_PLACE.encode() not in kept
    assert kept.endswith(b"PIXELS")


@pytest.mark.parametrize("content", [heic(indexed=False), heic()[:60], heic()[:90], b"ftyp"])
def test_where_nobody_can_say_where_the_notes_lie_it_is_refused(content: bytes) -> None:
    with pytest.raises(phone.Unreadable):
        phone.without_notes(content)
