"""The two modes a reader may choose, remembered in his browser: 长辈版 and row height."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from qifu.web.ui.answers import see_other
from qifu.web.ui.context import DENSITIES
from qifu.web.ui.gates import OpenRequest, anyone, safe_next

A_YEAR = 365 * 24 * 3600


@anyone
@require_POST
def large(request: OpenRequest) -> HttpResponse:
    """Turn the large mode on or off and return to the page (长辈版)."""
    chosen = "1" if request.POST.get("large") == "1" else "0"
    return _remember(request, "large", chosen)


@anyone
@require_POST
def density(request: OpenRequest) -> HttpResponse:
    """Set the row height of lists and return to the page (紧、中、宽)."""
    chosen = request.POST.get("density", "")
    return _remember(request, "density", chosen if chosen in DENSITIES else "middle")


def _remember(request: HttpRequest, name: str, value: str) -> HttpResponse:
    response = see_other(request, safe_next(request, "/"))
    response.set_cookie(
        name, value, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return response
