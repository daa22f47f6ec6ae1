"""Pages for when a step or a page cannot be had: calm, in Chinese, with a way on."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from qifu.kernel.errors import DomainError, NotAllowed, StaleState

# Fields that nobody wrote, and the length from which words are worth showing again.
UNWRITTEN = frozenset({"csrfmiddlewaretoken", "once_key", "next"})
WORTH_KEEPING = 10

logger = logging.getLogger(__name__)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent could not be taken, or that the session ended meanwhile (400)."""
    # Nothing here may ask the session: it may be what is gone.
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say who may take the step that this person may only look at (403)."""
    return render(request, "403.html", {"sentence": _sentence(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here for this person (404)."""
    return render(request, "404.html", status=404)


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer a step that has no form of its own to come back to (403, 409, 422).

    What had been written is shown, so that it can be copied.
    """
    if isinstance(error, NotAllowed):
        return forbidden(request, error)
    kept = [
        words
        for name, words in request.POST.items()
        if name not in UNWRITTEN and len(words) >= WORTH_KEEPING
    ]
    stale = isinstance(error, StaleState)
    back = request.headers.get("Referer", "/")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    context = {
        "sentence": str(error),
        "kept": kept,
        "stale": stale,
        "back_url": back if ours else "/",
    }
    return render(request, "409.html", context, status=409 if stale else 422)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page has grown too old to be sent (403)."""
    return render(request, "403_csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that we failed, with a reference that can be read out by phone (500)."""
    reference = f"{secrets.randbelow(1_000_000):06d}"
    logger.error("page failed, reference %s: %s", reference, request.path)
    # Nothing here may ask the database or the session: they may be what failed.
    page = render_to_string("500.html", {"reference": f"{reference[:3]} {reference[3:]}"})
    return HttpResponse(page, status=500)


def _sentence(exception: Exception | None) -> str:
    words = str(exception) if exception else ""
    # Django's own sentences are English and meant for us, not for a reader.
    return words if any("一" <= sign <= "鿿" for sign in words) else ""
