"""What is too large is let go of while it comes in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from qifu.web.ui import upload_limits
from qifu.web.ui.upload_limits import LettingGo


def sent(*sizes: int) -> HttpRequest:
    files = [SimpleUploadedFile(f"{n}.pdf", b"x" * size) for n, size in enumerate(sizes)]
    return RequestFactory().post("/", {"problem": "写的话", "upload": files})


def came(*sizes: int) -> list[tuple[int, int]]:
    """Return of each file how long it says it is, and how much of it is there."""
    request = sent(*sizes)
    assert isinstance(request.upload_handlers[0], LettingGo)
    assert request.POST["problem"] == "写的话"
    return [(each.size or 0, len(each.read())) for each in request.FILES.getlist("upload")]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_limits, "MAX_SIZE", 1000)
    monkeypatch.setattr(upload_limits, "MOST", 2500)


def test_what_fits_is_all_there() -> None:
    assert came(1000, 1) == [(1000, 1000), (1, 1)]


def test_one_byte_too_much_and_nothing_of_it_is_laid_down() -> None:
    assert came(1001, 5) == [(1001, 0), (5, 5)]


def test_beyond_what_a_form_brings_nothing_more_is_laid_down() -> None:
    assert came(1000, 1000, 900) == [(1000, 1000), (1000, 1000), (1001, 0)]
