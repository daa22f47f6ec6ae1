"""任务看板: each periodic task with its last success, duration, count and next run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qifu.kernel.clock import now
from qifu.organisations.actions.keeping import run_now
from qifu.organisations.models import PostKind
from qifu.rounds import board
from qifu.rounds.board import Standing
from qifu.rounds.record import jobs
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.dates import full_moment, moment
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.toasts import say

WATCHERS = (PostKind.SYS_ADMIN, PostKind.OFFICE_DIRECTOR)


@dataclass(frozen=True)
class Line:
    """One task as the board prints it."""

    code: str
    title: str
    state: str
    glyph: str
    why: str
    succeeded: str
    duration: str
    handled: str
    next: str


@staff_only(*WATCHERS)
def index(request: StaffRequest) -> HttpResponse:
    """Show how each periodic task stands, those that need somebody first."""
    at = now()
    standing = sorted(board.standings(at), key=lambda one: (not _needs(one), one.job.title))
    context = {
        "title": "定时任务",
        "lines": [_line(one) for one in standing],
        "bad": sum(_needs(one) for one in standing),
        "stopped": stopped_words(at),
    }
    return page(request, "desk/keeping/jobs.html", context)


@staff_only(*WATCHERS)
@require_POST
def runs(request: StaffRequest, code: str) -> HttpResponse:
    """Make a task run now (现在运行一次); what was done is not done again."""
    job = jobs().get(code)
    if job is None:
        raise Http404
    outcome = run(request, partial(run_now, job, request.user.county))
    if outcome.error is not None:
        return refused(request, outcome.error)
    say(request, f"“{job.title}”已排上队，几秒后运行；办过的不会再办一遍。")
    return see_other(request, reverse("desk:jobs"))


def stopped_words(at: datetime) -> str:
    """Say since when nothing runs by itself, if that is so."""
    since = board.silent_since(at)
    if since is None:
        return ""
    return (
        f"从{moment(since)}起没有任务运行过：通知发不出去，催办也停了。请系统管理员重启后台服务。"
    )


def _needs(one: Standing) -> bool:
    return one.is_late or one.has_failed


def _line(one: Standing) -> Line:
    state, glyph, why = _state(one)
    return Line(
        one.job.code,
        one.job.title,
        state,
        glyph,
        why,
        full_moment(one.succeeded_at) if one.succeeded_at else "还没有成功过",
        _duration(one.last.duration) if one.last else "未运行",
        _handled(one),
        moment(one.next_at),
    )


def _handled(one: Standing) -> str:
    if one.last is None:
        return "未运行"
    period = f"{one.last.period[5:]}时" if one.job.hourly else one.last.period[5:]
    return f"{one.last.handled:,}件（{period}）"


def _state(one: Standing) -> tuple[str, str, str]:
    if one.is_late:
        return "晚了", "overdue", "该运行的时候没有成功运行"
    if one.last is None:
        return "未运行", "none", "还没到第一次运行的时间"
    if one.has_failed:
        return "出错", "overdue", f"上次运行出错（{one.last.failure}），详见系统日志"
    return "正常", "done", ""


def _duration(milliseconds: int) -> str:
    if milliseconds < 1000:
        return f"{milliseconds}毫秒"
    return f"{milliseconds / 1000:.1f}秒"
