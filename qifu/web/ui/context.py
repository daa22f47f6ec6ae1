"""What every page is furnished with: the county's words, the reader and his modes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from qifu.organisations.models import PostKind, User, UserKind
from qifu.organisations.models.people import OFFICE_POSTS
from qifu.web.ui.gates import PERSON_SIGN_OUT, STAFF_PASSWORD, STAFF_SIGN_OUT
from qifu.web.ui.masks import mask_phone
from qifu.web.ui.navigation import NavItem, Viewer

DENSITIES = ("tight", "middle", "wide")


def furniture(request: HttpRequest) -> dict[str, object]:
    """Give templates `county`, `viewer`, `demo`, `large` (长辈版), `density` (紧, 中, 宽).

    It asks the database nothing: the county is kept, the reader came with the session.
    """
    density = request.COOKIES.get("density", "")
    user: Any = getattr(request, "user", None)
    return {
        "county": getattr(request, "county", None),
        "viewer": viewer_of(user) if user is not None and user.is_authenticated else None,
        "demo": settings.DEMO,
        "large": request.COOKIES.get("large") == "1",
        "density": density if density in DENSITIES else "",
    }


def viewer_of(user: User) -> Viewer:
    """Name the reader as the top bar does: who, and in which post."""
    if user.kind == UserKind.ENTERPRISE:
        return Viewer(user.name or mask_phone(user.phone), "企业人员", PERSON_SIGN_OUT)
    links = [NavItem("改密码", STAFF_PASSWORD, "key")]
    return Viewer(user.name, _title(user), STAFF_SIGN_OUT, links)


def _title(user: User) -> str:
    if not user.reach.posts:
        return "没有在任岗位"
    first = user.reach.posts[0]
    kind = PostKind(first.kind)
    # The office's posts have its name in them already.
    title = kind.label if kind in OFFICE_POSTS else f"{first.unit_name}{kind.label}"
    others = len(user.reach.posts) - 1
    return f"{title}等{others + 1}岗" if others else title
