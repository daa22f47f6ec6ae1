"""Known devices (常用设备): browsers on which somebody has signed in before.

Wrong guesses lock an account, so a stranger who knows a login could keep its owner out by
guessing without end. On a device that the owner has signed in with, guesses are counted for
themselves, and the stranger's do not matter. The cookie opens nothing.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from qifu.organisations.digests import digest

COOKIE = "qifu_device"
SALT = "qifu.web.ui.devices"
KEPT = 180 * 24 * 3600
# A computer in a village office is several people's.
PEOPLE = 8


def device_of(request: HttpRequest, county: str, name: str) -> str:
    """Return the device's own number, if whoever signs in by this name has done so on it."""
    number, people = _read(request)
    return number if _mark(county, name) in people else ""


def remember(request: HttpRequest, answer: HttpResponse, county: str, name: str) -> HttpResponse:
    """Note in the browser that this person has signed in with it; return the answer."""
    number, people = _read(request)
    mark = _mark(county, name)
    people = [mark, *(each for each in people if each != mark)][:PEOPLE]
    said = {"number": number or secrets.token_hex(16), "people": people}
    answer.set_cookie(
        COOKIE,
        signing.dumps(said, salt=SALT),
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


def _mark(county: str, name: str) -> str:
    return digest("device", county, name.strip().lower())[:16]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        said: dict[str, Any] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT
        )
        return str(said["number"]), [str(mark) for mark in said["people"]]
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return "", []
