"""Pictures: turned upright, freed of what the camera wrote into them, and made small once.

A photograph says where and when it was taken and with whose phone; nobody gives that
along knowingly, so it is not kept.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from qifu.attachments.rules import JPEG, MAX_PIXELS, PNG, WEBP, FileType

logger = logging.getLogger(__name__)

FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
PREVIEW_SIDE = 480
ORIENTATION = 0x0112
# How to draw it; everything else that a file says of itself is left out.
WANTED = ("icc_profile", "transparency", "gamma")


class BadPicture(Exception):
    """The picture cannot be opened, or would fill the memory; the text says which."""


@dataclass(frozen=True)
class Cleaned:
    """A picture as it is kept, and its small version."""

    content: bytes
    preview: bytes


def clean(content: bytes, found: FileType) -> Cleaned:
    """Return a picture upright and without metadata, with its preview.

    Raises:
        BadPicture: it is damaged, or larger than is good for anybody.
    """
    try:
        return _cleaned(content, found)
    except BadPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise BadPicture(TOO_LARGE) from None
    except Exception as error:
        # A damaged file makes a decoder raise whatever it stumbled over.
        logger.info("a picture could not be read: %s", type(error).__name__)
        raise BadPicture("这张图片打不开，可能已经损坏，请重新拍一张。") from None


TOO_LARGE = f"这张图片超过{MAX_PIXELS // 10_000}万像素，请缩小后再传。"


def _cleaned(content: bytes, found: FileType) -> Cleaned:
    with Image.open(io.BytesIO(content), formats=[FORMATS[found]]) as opened:
        # Before a single pixel is unpacked.
        if opened.width * opened.height > MAX_PIXELS:
            raise BadPicture(TOO_LARGE)
        turned = opened.getexif().get(ORIENTATION, 1) != 1
        picture: Image.Image = opened
        if turned:
            picture = ImageOps.exif_transpose(opened)
        else:
            opened.load()
        picture.info = {name: picture.info[name] for name in WANTED if name in picture.info}
        return Cleaned(_written(picture, found, turned=turned), _preview(picture))


def _written(picture: Image.Image, found: FileType, *, turned: bool) -> bytes:
    options: dict[str, Any] = {}
    if found is JPEG:
        # The camera's own tables again: nothing that can be seen is lost.
        same = not turned and picture.format == "JPEG"
        options = {"quality": "keep" if same else 92}
    elif found is WEBP:
        options = {"quality": 90}
    if "icc_profile" in picture.info:
        options["icc_profile"] = picture.info["icc_profile"]
    out = io.BytesIO()
    picture.save(out, FORMATS[found], **options)
    return out.getvalue()


def _preview(picture: Image.Image) -> bytes:
    small = picture.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    if small.mode in ("RGBA", "LA", "P", "PA"):
        small = small.convert("RGBA")
        paper = Image.new("RGB", small.size, "white")
        paper.paste(small, mask=small.getchannel("A"))
        small = paper
    out = io.BytesIO()
    small.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()
