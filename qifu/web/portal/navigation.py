"""The foot bar of the portal: where an enterprise can go from anywhere."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from qifu.web.ui.navigation import NavGroup, NavItem

DESK = "/desk/"
PLACES = (
    ("首页", "/", "home"),
    ("我的诉求", "/appeals/", "message-circle"),
    ("我的", "/me/", "user"),
)


def shell(request: HttpRequest) -> dict[str, object]:
    """Give every page of the portal its foot bar and its way to 关于 (a context processor)."""
    if request.path.startswith(DESK):
        return {}
    return {
        "home_url": "/",
        "about_url": "/about/",
        "nav": SimpleLazyObject(lambda: bar(request.path)),
    }


def bar(here: str) -> list[NavGroup]:
    """Return the bar with the place marked to which the page belongs."""
    items = [NavItem(label, url, icon, current=_within(here, url)) for label, url, icon in PLACES]
    return [NavGroup("", items)]


def _within(here: str, url: str) -> bool:
    return here == url if url == "/" else here.startswith(url)
