"""The left column of the desk: queues by role with their counts, then time, then business."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from qifu.appeals import access
from qifu.appeals.queue_names import TIME_QUEUES, Queue
from qifu.appeals.queues import Horizon, Tally, horizon
from qifu.conduct import access as conduct_access
from qifu.enterprises import access as enterprise_access
from qifu.enterprises.sight import SEES_ALL
from qifu.kernel.clock import now
from qifu.organisations import access as unit_access
from qifu.organisations.models import User
from qifu.web.desk.shelves import Shelf, shelves_of
from qifu.web.ui.navigation import NavGroup, NavItem

HOME = "/desk/"
APPEALS = "/desk/appeals/"
ESCALATIONS = "/desk/escalations/"
POST_BACKS = "/desk/post-backs/"
NEW_APPEAL = "/desk/appeals/new/"
APPROVALS = "/desk/approvals/"

May = Callable[[User], bool]


def shell(request: HttpRequest) -> dict[str, object]:
    """Give every page of the desk its column and its top bar (a context processor).

    Counted only when a page really shows the column. A view that belongs to some place of
    the column, without having its address, says so in `request.here`.
    """
    user: Any = getattr(request, "user", None)
    if not request.path.startswith(HOME) or user is None or not user.is_authenticated:
        return {}
    if not user.is_staff_person:
        return {}
    return {
        "home_url": HOME,
        "nav": SimpleLazyObject(lambda: column(request, user)),
        "search_url": APPEALS if sees_cases(user) else "",
        "search_words": request.GET.get("q", "") if request.path == APPEALS else "",
        "new_url": NEW_APPEAL if access.can_register(user) else "",
        "new_label": "登记诉求",
    }


def column(request: HttpRequest, user: User) -> list[NavGroup]:
    """Return the groups of the column for a person."""
    here = getattr(request, "here", "") or request.path
    counted = counts(request, user)[1] if sees_cases(user) else {}
    groups = [NavGroup("", [NavItem("今日", HOME, "home", current=here == HOME)])]
    for shelf in shelves_of(user):
        items = [_queue(shelf, queue, counted[shelf], here) for queue in shelf.queues]
        groups.append(NavGroup(shelf.title, items))
    for shelf in shelves_of(user)[:1]:
        items = [_queue(shelf, queue, counted[shelf], here) for queue in TIME_QUEUES]
        groups.append(NavGroup("时限", items))
    groups.append(NavGroup("业务", list(_business(user, here))))
    return [group for group in groups if group.items]


def counts(request: HttpRequest, user: User) -> tuple[Horizon, dict[Shelf, Tally]]:
    """Count each shelf once for the request, however many parts of the page ask."""
    kept: tuple[Horizon, dict[Shelf, Tally]] | None = getattr(request, "desk_counts", None)
    if kept is None:
        within = horizon(user.county, now())
        kept = within, {shelf: shelf.tally(user, within) for shelf in shelves_of(user)}
        request.desk_counts = kept  # type: ignore[attr-defined]
    return kept


def sees_cases(user: User) -> bool:
    """Tell whether the person's posts show him any case at all; keeping the system does not."""
    administrators = {"SYS_ADMIN", "SEC_ADMIN", "AUDITOR"}
    return bool(user.reach.roles - administrators)


def _queue(shelf: Shelf, queue: Queue, counted: Tally, here: str) -> NavItem:
    url = shelf.url(queue)
    return NavItem(
        queue.name,
        url,
        queue.icon,
        None if queue.is_ended else counted.of(queue),
        queue.lamp,
        here == url,
        f"{shelf.prefix}{queue.code}",
    )


# What may be seen besides the queues: label, address, icon, who.
BUSINESS: Sequence[tuple[str, str, str, May]] = (
    ("全部诉求", APPEALS, "list-details", sees_cases),
    ("粘贴登记", "/desk/appeals/pastes/", "message-plus", access.can_register),
    ("转上级", ESCALATIONS, "arrow-up", sees_cases),
    ("已转出", "/desk/turned-away/", "external-link", lambda user: user.reach.has(*SEES_ALL)),
    ("回填上级平台", POST_BACKS, "send", lambda user: user.reach.has(*SEES_ALL)),
    ("承诺台账", "/desk/promises/", "clipboard-list", sees_cases),
    ("办不成登记簿", "/desk/refusals/", "file-text", sees_cases),
    ("评价剔除", "/desk/exclusions/", "star", sees_cases),
    ("作风反映", "/desk/conduct/", "message-circle", conduct_access.oversees),
    ("企业", "/desk/enterprises/", "building-factory-2", enterprise_access.can_search),
    (
        "单位与备案",
        "/desk/units/",
        "hierarchy-2",
        lambda user: unit_access.can_see_units(user, user.county),
    ),
    ("外出与交接", "/desk/absences/", "user-check", lambda user: bool(user.reach.roles)),
    ("派单目录", "/desk/catalogue/", "route", lambda user: user.reach.has(*SEES_ALL)),
    ("工作日历", "/desk/calendar/", "calendar", lambda user: bool(user.reach.roles)),
    (
        "日志",
        "/desk/journal/",
        "history",
        lambda user: user.reach.has("SUPERVISOR", "AUDITOR"),
    ),
    (
        "发送失败",
        "/desk/notices/",
        "mail",
        lambda user: unit_access.can_see_deliveries(user, user.county),
    ),
    (
        "定时任务",
        "/desk/jobs/",
        "clock",
        lambda user: unit_access.can_see_jobs(user, user.county),
    ),
    (
        "账号",
        "/desk/accounts/",
        "users",
        lambda user: unit_access.can_see_accounts(user, user.county),
    ),
)


def _business(user: User, here: str) -> Iterator[NavItem]:
    for label, url, icon, may in BUSINESS:
        if may(user):
            yield NavItem(label, url, icon, current=here.startswith(url))
