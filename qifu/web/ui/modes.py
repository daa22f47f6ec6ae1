"""The two modes a reader may choose, remembered in his browser: 长辈版 and row height."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from qifu.web.ui.context import DENSITIES

A_YEAR = 365 * 24 * 3600


@require_POST
def large(request: HttpRequest) -> HttpResponse:
    """Turn the large mode on or off and return to the page (长辈版)."""
    chosen = "1" if request.POST.get("large") == "1" else "0"
    return _remember(request, "large", chosen)


@require_POST
def density(request: HttpRequest) -> HttpResponse:
    """Set the row height of lists and return to the page (紧、中、宽)."""
    chosen = request.POST.get("density", "")
    return _remember(request, "density", chosen if chosen in DENSITIES else "middle")


def _remember(request: HttpRequest, name: str, value: str) -> HttpResponse:
    there = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure()):
        there = "/"
    response = HttpResponseRedirect(there)
    response.status_code = 303
    response.set_cookie(
        name, value, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return response
