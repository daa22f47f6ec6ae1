"""Where one is in the three short steps, and where one goes back to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from qifu.web.portal.drafts import KEPT_DAYS, Draft
from qifu.web.ui.answers import page, see_other
from qifu.web.ui.toasts import say

STEPS = ("problem", "enterprise", "contact")
CHECK = "/raise/check/"


def onward(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Go on to the first step that is still open, or to the last look; or home, for now."""
    if wants_later(request):
        say(request, f"已经存着，{KEPT_DAYS}天内在首页点“接着说难处”就能继续。")
        return see_other(request, "/")
    return see_other(request, reverse(f"portal:raise-{draft.next_step()}"))


def wants_later(request: HttpRequest) -> bool:
    """Tell whether the reader puts it aside (存着，下次再写)."""
    return "later" in request.POST


def step_page(
    request: HttpRequest,
    name: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    part: str = "",
) -> HttpResponse:
    """Show a step with its place among the three and the way back."""
    place = STEPS.index(name)
    before = f"/raise/{STEPS[place - 1]}/" if place else "/"
    furniture = {
        "title": "说一说难处",
        "back_url": before,
        "place": place + 1,
        "places": len(STEPS),
    }
    template = f"portal/raising/{name}.html"
    return page(request, template, {**furniture, **context}, status=status, part=part)
