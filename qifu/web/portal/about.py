"""What this is, on what ground it stands, and what is done with what people tell."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from qifu.web.ui.answers import page
from qifu.web.ui.gates import OpenRequest, anyone


@anyone
def about(request: OpenRequest) -> HttpResponse:
    """Say it in plain words."""
    context = {"title": "关于本系统", "back_url": "/", "idle_minutes": settings.IDLE_MINUTES}
    return page(request, "portal/about.html", context)
