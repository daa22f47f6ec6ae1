"""The tabs over the pages of units."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from qifu.organisations.models.people import OFFICE_POSTS
from qifu.web.ui.gates import StaffRequest

UNITS = "/desk/units/"
ABSENCES = "/desk/absences/"


def stand_at_units(request: HttpRequest) -> None:
    """Mark 单位与备案 in the column, though the page has another address."""
    request.here = UNITS  # type: ignore[attr-defined]


def unit_tabs(request: StaffRequest, current: str) -> list[dict[str, object]]:
    """Return the tabs that the reader may open."""
    tabs = [("units", "单位名册"), ("roster", "工作小组")]
    if request.user.reach.has(*OFFICE_POSTS):
        tabs.append(("unfiled", "未备案"))
    addresses = {"unfiled": "unfiled-units"}
    return [
        {
            "label": label,
            "url": reverse(f"desk:{addresses.get(name, name)}"),
            "current": name == current,
        }
        for name, label in tabs
    ]


def stand_at_absences(request: HttpRequest) -> None:
    """Mark 外出与交接 in the column, though the page has another address."""
    request.here = ABSENCES  # type: ignore[attr-defined]


def leaving_tabs(current: str) -> list[dict[str, object]]:
    """Return the two tabs of being away and of leaving."""
    return [
        {"label": label, "url": reverse(f"desk:{name}"), "current": name == current}
        for name, label in (("absences", "外出与代班"), ("hand-overs", "交接"))
    ]
