"""跟踪办理: a unit reports on its promise, and plans the steps on the way."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse

from qifu.appeals import access
from qifu.appeals.actions import milestones as planning
from qifu.appeals.actions import promising
from qifu.appeals.models import Assignment, Milestone, Promise
from qifu.appeals.queries import owed_promise
from qifu.kernel.clock import local_date, now
from qifu.kernel.errors import StaleState
from qifu.web.desk.appeals.forms import WordsForm
from qifu.web.desk.appeals.places import queue_url
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import ONLY_UNITS, only, over, own_part, posted, verb_page, went
from qifu.web.desk.appeals.tracking_forms import BreachForm, CompletionForm, MilestoneForm
from qifu.web.ui.answers import run
from qifu.web.ui.dates import desk_date
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only

NOTHING_OWED = "现在没有要报告的承诺。请回到诉求看办到哪一步。"
NO_MILESTONE = "没有未完成的节点。请回到诉求看办到哪一步。"


@staff_only
def fulfilments(request: StaffRequest, number: str) -> HttpResponse:
    """Report that what was promised is done (报兑现)."""
    row = _owed(request, number)
    if row is None:
        return _nothing(request, number, NOTHING_OWED)
    form = WordsForm(
        posted(request),
        label="办成了什么",
        hint="企业会看到；凭证写答复时附上",
        missing="没有写。请写明办成了什么。",
    )
    outcome = run(request, partial(promising.keep, row), form)
    if outcome.done:
        sentence = f"{number}已报兑现，请接着写正式答复，企业收到后评价。"
        return went(request, sentence, case_url(number))
    late = "" if row.due_on >= local_date(now()) else "已过承诺日期，计未兑现，另注明逾期兑现。"
    context = {
        "heading": "报兑现",
        "effect": f"{late}转回办理，本单位时限接着走；正式答复写好后照常审签、审核、请企业评价。",
        "label": "报兑现，接着写答复",
        "form": form,
    }
    return _promise_page(request, row, context, outcome.status)


@staff_only
def breaches(request: StaffRequest, number: str) -> HttpResponse:
    """Report that a promise is not kept, and for which day it is promised now (报未兑现)."""
    row = _owed(request, number)
    if row is None:
        return _nothing(request, number, NOTHING_OWED)
    form = BreachForm(posted(request))
    outcome = run(request, partial(promising.break_promise, row), form)
    if outcome.done:
        return went(request, f"{number}已报未兑现，企业会收到通知。", case_url(number))
    context = {
        "heading": "报未兑现",
        "effect": "原来的承诺计未兑现，以后办成也不抹掉。企业看到原因和新的日期，可以提不同意见。",
        "label": "报未兑现",
        "form": form,
    }
    return _promise_page(request, row, context, outcome.status)


@staff_only
def milestones(request: StaffRequest, number: str) -> HttpResponse:
    """Plan a step on the way (加节点)."""
    part = own_part(request, number)
    if request.method != "POST" and not access.can_report_promise(request.user, part):
        return over(part.appeal)
    form = MilestoneForm(posted(request))
    outcome = run(request, partial(planning.add_milestone, part), form)
    if outcome.done:
        return went(request, f"{number}的节点已加上，企业看得到。", case_url(number))
    context = {
        "heading": "加节点",
        "effect": "把承诺的事分成几步，企业在进度页看得到。到期系统只问承诺，不催节点。",
        "label": "加节点",
        "form": form,
        "hidden": [("unit", part.unit.code)],
    }
    return verb_page(request, part.appeal, context, status=outcome.status)


@staff_only
def milestone_completions(request: StaffRequest, number: str) -> HttpResponse:
    """Note that a step on the way is done (节点完成)."""
    part = own_part(request, number)
    rows = list(_unfinished(part))
    if not rows:
        return _nothing(request, number, NO_MILESTONE)
    form = CompletionForm(posted(request), rows=rows)
    outcome = run(request, _finish, form)
    if outcome.done:
        return went(request, f"{number}的节点已记完成。", case_url(number))
    context = {
        "heading": "节点完成",
        "effect": "完成日期记今天，企业看得到。",
        "label": "记完成",
        "form": form,
        "hidden": [("unit", part.unit.code)],
    }
    return verb_page(request, part.appeal, context, status=outcome.status)


def _finish(*, milestone: Milestone, **given: Any) -> Milestone:
    return planning.finish_milestone(milestone, **given)


def _unfinished(part: Assignment) -> list[Milestone]:
    rows = list(part.milestones.filter(done_on=None).select_related("what").order_by("pk"))
    for row in rows:
        row.assignment, row.appeal = part, part.appeal
    return rows


def _owed(request: StaffRequest, number: str) -> Promise | None:
    """Return the promise on which the unit has to report, with its case, in one query.

    Raises:
        Http404: the person does not see the case.
        PermissionDenied: he sees it, but no unit of his has it.
    """
    row = owed_promise(request.user, number, local_date(now()))
    if row is None:
        own_part(request, number)  # not his, not there, or not any more
        return None
    only(access.works_for(request.user, row.assignment), ONLY_UNITS)
    request.here = queue_url(  # type: ignore[attr-defined]
        request.user, row.assignment.state, of_unit=True
    )
    return row


def _nothing(request: StaffRequest, number: str, sentence: str) -> HttpResponse:
    if request.method == "POST":
        return refused(request, StaleState(sentence))
    return over(own_part(request, number).appeal)


def _promise_page(
    request: StaffRequest, row: Promise, context: dict[str, Any], status: int
) -> HttpResponse:
    day = desk_date(row.due_on)
    shown = {
        "answer": row.what.body or "（内容已依法删除）",
        "answer_label": f"承诺{day}前办成",
        "hidden": [("unit", row.assignment.unit.code)],
        **context,
    }
    return verb_page(request, row.appeal, shown, status=status)
