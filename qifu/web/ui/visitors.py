"""Where a request comes from, for slowing down whoever guesses."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def source_address(request: HttpRequest) -> str:
    """Return the address of the visitor.

    Behind our proxy the last hop of X-Forwarded-For is what the proxy itself saw; what
    stands before it anybody could have written.
    """
    hops = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return hops.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
