"""发送失败: what reached nobody, why, and sending it once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qifu.kernel.clock import now
from qifu.notices.deliveries import dead_numbers, failures
from qifu.notices.models import Fault, Notice
from qifu.notices.registry import registry
from qifu.organisations.actions.keeping import retry_notice
from qifu.organisations.models import PostKind, Unit
from qifu.organisations.models.people import OFFICE_POSTS
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.dates import day_line, moment
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.masks import mask_phone
from qifu.web.ui.toasts import say

NEWEST = 50
# What to do about each kind of failure.
REMEDIES: Mapping[str, str] = {
    Fault.NUMBER: "打电话核对号码，请包联干部走访时更正",
    Fault.CHANNEL: "请系统管理员检查短信通道，恢复后重发",
    Fault.NOBODY: "请单位备案在任人员和手机号，再重发",
    Fault.OURS: "请系统管理员查看系统日志，再重发",
}


@dataclass(frozen=True)
class Line:
    """One notice that reached nobody."""

    to: str
    dead: bool
    body: str
    why: str
    remedy: str
    when: str
    reference: str


@staff_only(*OFFICE_POSTS)
def index(request: StaffRequest) -> HttpResponse:
    """Show what reached nobody, the newest first."""
    county = request.user.county
    rows = failures(county)
    shown = list(rows[:NEWEST])
    context = {
        "title": "发送失败",
        "total": rows.count() if len(shown) == NEWEST else len(shown),
        "newest": NEWEST,
        "lines": _lines(county, shown),
        "when": f"{day_line(now())}更新",
    }
    return page(request, "desk/keeping/notices.html", context)


@staff_only(*OFFICE_POSTS)
@require_POST
def retries(request: StaffRequest) -> HttpResponse:
    """Send one of them once more (重发)."""
    # Of secret kinds nobody learns here whether there is one.
    rows = Notice.objects.in_county(request.user.county).exclude(kind__in=registry.secret)
    notice = rows.filter(dedup=request.POST.get("notice", "").replace("\x00", "")).first()
    if notice is None:
        raise Http404
    outcome = run(request, partial(retry_notice, notice))
    if outcome.error is not None:
        return refused(request, outcome.error)
    say(request, "已重新排队，1分钟内发出；情况已变化的不再发。")
    return see_other(request, reverse("desk:notices"))


def _lines(county: str, notices: Sequence[Notice]) -> list[Line]:
    units = Unit.objects.in_county(county).in_bulk({n.unit for n in notices if n.unit})
    dead = dead_numbers(county, {notice.address for notice in notices})
    return [
        Line(
            to=_addressee(notice, units),
            dead=notice.address in dead,
            body=notice.body,
            why=notice.failure or notice.get_fault_display(),
            remedy=REMEDIES.get(notice.fault, ""),
            when=moment(notice.due_at),
            reference=notice.dedup,
        )
        for notice in notices
    ]


def _addressee(notice: Notice, units: Mapping[int, Unit]) -> str:
    number = mask_phone(notice.address) if notice.address else ""
    unit = units.get(notice.unit or 0)
    if unit is None or notice.role not in PostKind.values:
        return number or "账号"
    duty = f"{unit.short_name}{PostKind(notice.role).label}"
    return f"{duty}，{number}" if number else duty
