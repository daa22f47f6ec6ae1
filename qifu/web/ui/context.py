"""What every page is furnished with: the county's words and the reader's modes."""

from __future__ import annotations

from django.http import HttpRequest

DENSITIES = ("tight", "middle", "wide")


def furniture(request: HttpRequest) -> dict[str, object]:
    """Give templates `county`, `large` (长辈版) and `density` (紧, 中, 宽)."""
    density = request.COOKIES.get("density", "")
    return {
        "county": getattr(request, "county", None),
        "large": request.COOKIES.get("large") == "1",
        "density": density if density in DENSITIES else "",
    }
