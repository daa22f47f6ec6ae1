"""All cases that the person may see: the list, which is the search as well."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from qifu.appeals import access, readings
from qifu.appeals.models import Appeal, AppealQuerySet
from qifu.appeals.queues import Horizon, horizon
from qifu.enterprises.models import Enterprise
from qifu.kernel.clock import now
from qifu.organisations.models import User
from qifu.web.desk.appeals.conditions import LIST_NAMES, Conditions, conditions, narrowed_cases
from qifu.web.desk.appeals.group_lines import as_lines, lines_page, lines_url, of_case
from qifu.web.desk.appeals.orders import cases_newest
from qifu.web.desk.appeals.paging import PAGE, Stretch, count, count_words, pager, stretch
from qifu.web.desk.appeals.rows import case_rows
from qifu.web.ui.answers import page
from qifu.web.ui.dates import day_line
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/index.html"
LABELS = (f"更新的{PAGE}件", f"更早的{PAGE}件")


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """Show the cases that the person may see, newest first, as the conditions narrow them."""
    user, at = request.user, now()
    asked, within = asked_of(request, at)
    rows, order = matching(user, asked, within), cases_newest(user, within.today)
    if as_lines(request):
        open_ = rows.filter(confidential=False).with_words()
        return lines_page(request, "全部诉求", open_, order, of_case)
    found: Stretch[Appeal] = stretch(rows.with_words(), order, request.GET)
    total = len(found.rows) if found.is_whole else count(rows)
    context = {
        "title": "全部诉求",
        "asked": asked,
        "says": f"符合的{count_words(total)}" if asked.is_any else "",
        "why": f"条件：{'，'.join(asked.said)}。",
        "total": count_words(total),
        "when": f"{day_line(at)}更新",
        "rows": case_rows(found.rows, readings.case_readings(found.rows, at), viewer=user, at=at),
        "pager": pager(found, request.GET, _says(found, total), labels=LABELS),
        "can_export": access.can_export(user),
        "query": request.GET.urlencode(),
        "lines_url": lines_url(request),
    }
    return page(request, TEMPLATE, context, part="rows")


def matching(user: User, asked: Conditions, within: Horizon) -> AppealQuerySet:
    """Return what list, search and export all show: the visible cases, narrowed."""
    rows = narrowed_cases(Appeal.objects.visible_to(user, within.today), user, asked, within)
    if number := asked.chosen.get("enterprise"):
        known = Enterprise.objects.visible_to(user, within.today).filter(number=number)
        rows = rows.filter(enterprise__in=known)
    return rows


def asked_of(request: StaffRequest, at: datetime) -> tuple[Conditions, Horizon]:
    """Read the conditions of the address, for the list and for an export of just its rows."""
    user = request.user
    within = horizon(user.county, at)
    hidden: tuple[str, ...] = ()
    known: dict[str, list[tuple[str, str]]] = {}
    if number := request.GET.get("enterprise", ""):
        seen = Enterprise.objects.visible_to(user, within.today).filter(number=number)
        hidden, known = ("enterprise",), {"enterprise": list(seen.values_list("number", "name"))}
    return conditions(user.county, request.GET, LIST_NAMES, hidden=hidden, known=known), within


def _says(found: Stretch[Appeal], total: int) -> str:
    return f"已显示全部{count_words(total)}" if found.is_whole else f"共{count_words(total)}"
