"""回填上级平台: what the platforms above still wait for, and noting that it was filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse

from qifu.appeals import access, clocks, upper_access
from qifu.appeals.actions.from_above import Posted, post_back
from qifu.appeals.forwarded import DONE, LATE, order_for, orders_seen
from qifu.appeals.models import PostBack, UpperOrder
from qifu.appeals.posting import owing, post_back_reading
from qifu.kernel.clock import local_date, now
from qifu.kernel.readings import Lamp, Reading
from qifu.organisations.models import User
from qifu.web.desk import navigation
from qifu.web.desk.appeals.group_lines import as_lines, joined, lines_page, lines_url
from qifu.web.desk.appeals.paging import Key, Order, Stretch, count, count_words, pager, stretch
from qifu.web.desk.appeals.rows import UNOPENED, case_url
from qifu.web.desk.appeals.steps import only, over, posted, step_case, verb_page, went
from qifu.web.desk.appeals.upward_forms import PostBackForm
from qifu.web.ui.answers import Outcome, page, run
from qifu.web.ui.dates import day_line, desk_date, short_date
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.uploads import posted_codes, receive, typed

TEMPLATE = "desk/appeals/post_backs.html"
SHOWN = {"": "待回填", LATE: "逾期未回填", DONE: "已回填"}
ONLY_CLERKS = "回填上级平台由县办受理员来办。"


@dataclass(frozen=True)
class Row:
    """One case from above as the page prints it."""

    url: str
    act_url: str
    title: str
    sub: tuple[str, ...]
    reading: Reading
    through: str
    number: str
    due: str
    state: str
    came_out: str


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """Show what is to be posted back, by the upper deadline; and what was, newest first."""
    user, at = request.user, now()
    if not navigation.sees_cases(user):
        raise PermissionDenied("您的岗位看不到诉求。")
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    today = local_date(at)
    rows = orders_seen(user, today, owing(clocks.timing(user.county, at), at), show)
    order = _order(user, rows, show)
    if as_lines(request):
        open_ = rows.filter(appeal__confidential=False)
        return lines_page(request, SHOWN[show], open_, order, _group_line)
    found: Stretch[UpperOrder] = stretch(rows, order, request.GET)
    total = count_words(len(found.rows) if found.is_whole else count(rows))
    words = ("更晚的", "更早的") if show == DONE else ("更急的", "更缓的")
    context = {
        "title": "回填上级平台",
        "total": total,
        "when": f"{day_line(at)}更新",
        "views": [
            (name, f"?show={code}" if code else "?", code == show) for code, name in SHOWN.items()
        ],
        "rows": [_row(row, user, at) for row in found.rows],
        "pager": pager(found, request.GET, f"共{total}", labels=words),
        "shown": SHOWN[show],
        "lines_url": lines_url(request),
        "can_post": upper_access.posts_back(user) and show != DONE,
    }
    return page(request, TEMPLATE, context)


@staff_only
def post_backs(request: StaffRequest, number: str) -> HttpResponse:
    """Note that the answer was filled in on the platform above (回填)."""
    user = request.user
    order = order_for(user, number, local_date(now()))
    case = order.appeal if order else step_case(request, number)
    only(upper_access.posts_back(user), ONLY_CLERKS)
    if order is None:
        return over(case)
    request.here = navigation.POST_BACKS  # type: ignore[attr-defined]
    uploads = receive(request, county=user.county, by=user, codes=posted_codes(request))
    if uploads.only_files:
        shown = typed(request.POST, tuple(PostBackForm.base_fields))
        form = PostBackForm(initial=shown, uploads=uploads)
        outcome: Outcome[PostBack] = Outcome(status=422 if uploads.refused else 200)
    else:
        form = PostBackForm(posted(request), uploads=uploads)
        outcome = run(request, partial(_post_back, order, form), form)
    through = case.get_reply_channel_display()
    if outcome.done:
        return went(request, f"{number}已登记回填{through}。", case_url(number))
    due = desk_date(order.due_on)
    context = {
        "heading": f"登记回填{through}",
        "effect": f"先在{through}填上答复，再在这里记下。上级编号{order.number}，上级期限{due}。",
        "form": form,
        "files_hint": "填报页面的截图或回执；最多10个，每个不超过20MB",
        "label": "已经填好，登记回填",
    }
    return verb_page(request, case, context, status=outcome.status)


def _post_back(order: UpperOrder, form: PostBackForm, **given: Any) -> PostBack:
    said = Posted(form.cleaned_data["posted_on"], form.cleaned_data["proof"], form.uploads.rows)
    return post_back(order, said, **{name: given[name] for name in ("by", "at", "key")})


def _row(order: UpperOrder, user: User, at: Any) -> Row:
    case = order.appeal
    unopened = access.is_read_aloud(user, case)
    out = case.published_at or case.closed_at
    reading = post_back_reading(case, at, brief=True)
    if order.posted_at is not None and (out is None or order.posted_at >= out):
        reading = Reading(Lamp.DONE, f"{desk_date(local_date(order.posted_at))}回填")
    unit = case.lead_unit.short_name if case.lead_unit else ""
    sub = (case.number,) if unopened else (case.enterprise_name, unit, case.number)
    return Row(
        url=case_url(case.number),
        act_url=case_url(case.number, "post-backs"),
        title=UNOPENED if unopened else case.title,
        sub=tuple(part for part in sub if part),
        reading=reading,
        through=case.get_reply_channel_display(),
        number=order.number,
        due=short_date(order.due_on),
        state=case.get_state_display(),
        came_out=f"{short_date(local_date(out))}答复" if out and case.published_at else "",
    )


def _group_line(order: UpperOrder) -> str:
    case = order.appeal
    unit = case.lead_unit.short_name if case.lead_unit else "还没有交办"
    due = f"{desk_date(order.due_on)}前回填{case.get_reply_channel_display()}"
    return joined(case.number, case.enterprise_name, unit, due)


def _order(user: User, rows: QuerySet[UpperOrder], show: str) -> Order[UpperOrder]:
    keys: Sequence[str] = ("posted_at", "pk") if show == DONE else ("due_on", "pk")

    def find(said: str) -> Key | None:
        return rows.filter(appeal__number=said).values_list(*keys).first()

    return Order(tuple(keys), show == DONE, lambda row: row.appeal.number, find)
