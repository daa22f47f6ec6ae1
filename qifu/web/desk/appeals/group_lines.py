"""复制到工作群: the rows of a list as plain lines, for a unit's group chat.

A line says which case, whose, who has it and until when; nobody's name or number, nothing of
what was said, and no confidential case: the chat is not ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpResponse

from qifu.appeals import access
from qifu.appeals.models import Appeal, Assignment
from qifu.web.desk.appeals.paging import TURNS, Order, count, count_words, without
from qifu.web.desk.appeals.rows import NOBODY
from qifu.web.ui.answers import page
from qifu.web.ui.dates import desk_date
from qifu.web.ui.gates import StaffRequest

M = TypeVar("M", bound=Model)
TEMPLATE = "desk/appeals/group_lines.html"
AS, LINES = "as", "lines"
MOST = 50
BAR = "｜"


def as_lines(request: StaffRequest) -> bool:
    """Tell whether the list is asked for as lines."""
    return request.GET.get(AS) == LINES


def lines_url(request: StaffRequest) -> str:
    """Return where the same list, narrowed the same way, is plain lines."""
    params = without(request.GET, *TURNS)
    params[AS] = LINES
    return f"?{params.urlencode()}"


def lines_page(
    request: StaffRequest,
    title: str,
    rows: QuerySet[M],
    order: Order[M],
    line: Callable[[M], str],
    *,
    measure: str = "件",
) -> HttpResponse:
    """Show the first rows of a list as lines, and how many there are in all."""
    if not access.can_export(request.user):
        raise PermissionDenied("您的岗位看不到诉求。")
    sign = "-" if order.descending else ""
    found = list(rows.order_by(*(f"{sign}{key}" for key in order.keys))[:MOST])
    total = len(found) if len(found) < MOST else count(rows)
    words = count_words(total).replace("件", measure)
    head = f"{title}，共{words}" + (f"，只列前{MOST}{measure}" if total > MOST else "")
    back = without(request.GET, *TURNS, AS).urlencode()
    context = {
        "title": "复制到工作群",
        "list": title,
        "says": f"{head}。" if found else "",
        "lines": "\n".join([f"{head}：", *(line(row) for row in found)]) if found else "",
        "height": min(len(found) + 2, 24),
        "back_url": f"{request.path}?{back}" if back else request.path,
    }
    return page(request, TEMPLATE, context)


def of_case(case: Appeal) -> str:
    """Write a case as a line: 2026-0123｜企业｜单位｜11-26（周四）前."""
    unit = case.lead_unit.short_name if case.lead_unit else NOBODY.get(case.state, "还没有交办")
    due = f"{desk_date(case.due_on)}前" if case.due_on else case.get_state_display()
    return joined(case.number, case.enterprise_name, unit, due)


def of_part(part: Assignment) -> str:
    """Write a unit's part as a line."""
    case, role = part.appeal, part.get_role_display()
    due = f"{desk_date(part.due_on)}前" if part.due_on else part.get_state_display()
    return joined(case.number, case.enterprise_name, f"{part.unit.short_name}（{role}）", due)


def joined(*words: str) -> str:
    """Join what a line says; a line break in a name does not break the line."""
    return BAR.join(" ".join(each.split()) for each in words if each)
