"""审签: the unit's leader signs what goes out, on the phone, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django import forms
from django.http import HttpResponse

from qifu.appeals import access, clocks, readings
from qifu.appeals.actions import working as actions
from qifu.appeals.checks import checks
from qifu.appeals.files import files_of
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Answer, Appeal, Assignment
from qifu.appeals.queries import ANSWER_WORDS
from qifu.appeals.queues import unit_parts
from qifu.appeals.rules import ClockKind, Role
from qifu.kernel.clock import now
from qifu.kernel.errors import DomainError
from qifu.kernel.readings import Lamp, Reading
from qifu.web.desk.appeals.attached import listed
from qifu.web.desk.appeals.lines import outcome_facts
from qifu.web.desk.appeals.next_steps import OWN_DRAFT
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, over, shown_answer, step_case, went
from qifu.web.ui.answers import page, run
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/approval.html"
DONE = "desk/appeals/approvals_done.html"
QUEUE = "/desk/approvals/"
ONLY_LEADERS = "审签由承办单位的分管负责同志来办。"
PART_WORDS = (
    "unit",
    "appeal__problem",
    "appeal__said_enterprise",
    "appeal__enterprise",
    "appeal__category",
)


class ApprovalForm(forms.Form):
    """A word of the leader; needed only where the answer goes back."""

    words = forms.CharField(
        label="意见",
        required=False,
        widget=forms.Textarea(attrs={"rows": "3", "placeholder": "退回时请写要改什么"}),
    )


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """Show the first answer that waits for the leader's signature (待我审签)."""
    waiting = _waiting(request)
    if not waiting:
        return page(request, DONE, {"title": "待我审签"})
    part = waiting[0]
    answer = _pending(part.appeal, part)
    if answer is None:
        return page(request, DONE, {"title": "待我审签"})
    says = f"第1件，共{len(waiting)}件"
    return _page(request, answer, part, ApprovalForm(), says=says, back="queue")


@staff_only
def approvals(request: StaffRequest, number: str) -> HttpResponse:
    """Sign the unit's answer, or send it back to its handler (审签、退给经办人)."""
    if request.method != "POST":
        return _open(request, step_case(request, number))
    try:
        answer = shown_answer(request, number)
    except DomainError as error:
        only(request.user.reach.has(*access.LEADERS), ONLY_LEADERS)
        return refused(request, error)
    only(request.user.reach.has(*access.LEADERS), ONLY_LEADERS)
    agreed = request.POST.get("agreed") == "yes"
    form = ApprovalForm(request.POST)
    act = actions.approve if agreed else actions.send_back
    outcome = run(request, partial(act, answer), form)
    if outcome.done:
        return _went(request, answer.appeal, answer, agreed=agreed)
    if answer.assignment is None and outcome.error is not None:
        return refused(request, outcome.error)
    return _page(
        request,
        answer,
        answer.assignment,
        form,
        back=request.POST.get("back", ""),
        status=outcome.status,
    )


def _open(request: StaffRequest, case: Appeal) -> HttpResponse:
    unit = request.GET.get("unit", "")
    units = request.user.reach.units(*access.LEADERS)
    parts = case.assignments.select_related("unit").filter(unit__in=units).order_by("pk")
    mine = [part for part in parts if not unit or part.unit.code == unit]
    waiting = [part for part in mine if part.state == Work.APPROVAL]
    answer = _pending(case, waiting[-1]) if waiting else None
    if answer is None:
        only(bool(mine), ONLY_LEADERS)
        return over(case)
    waiting[-1].appeal = case
    return _page(request, answer, waiting[-1], ApprovalForm())


def _page(
    request: StaffRequest,
    answer: Answer,
    part: Assignment | None,
    form: ApprovalForm,
    *,
    says: str = "",
    back: str = "",
    status: int = 200,
) -> HttpResponse:
    case, at = answer.appeal, now()
    reading, given = _time(part, at), files_of(case, [answer])
    context = {
        "title": "待我审签",
        "case": case,
        "part": part,
        "answer": answer,
        "reading": reading,
        "counted": _counted(reading),
        "files": listed(case, given.of_case),
        "proofs": listed(case, given.of_answer(answer)),
        "facts": outcome_facts(answer),
        "checks": checks(case.problem.body, answer.body.body),
        "form": form,
        "own": OWN_DRAFT if answer.by_id == request.user.pk else "",
        "says": says,
        "back": back,
        "back_url": "/desk/" if back == "queue" else case_url(case.number),
        "action": case_url(case.number, "approvals"),
    }
    return page(request, TEMPLATE, context, status=status)


def _waiting(request: StaffRequest) -> Sequence[Assignment]:
    units = request.user.reach.units(*access.LEADERS)
    parts = unit_parts(request.user).filter(unit__in=units, state=Work.APPROVAL)
    return list(parts.select_related(*PART_WORDS).order_by("due_on", "pk"))


def _pending(case: Appeal, part: Assignment) -> Answer | None:
    rows = case.answers.filter(assignment=part, state=Answer.State.PENDING).order_by("-pk")
    answer = rows.select_related("measures", "by", *ANSWER_WORDS).first()
    if answer is not None:
        answer.appeal = case
    return answer


def _time(part: Assignment | None, at: datetime) -> Reading | None:
    if part is None:
        return None
    clock = part.clocks.filter(kind=ClockKind.HANDLE).order_by("pk").last()
    return readings.read_clock(clock, at)


def _counted(reading: Reading | None) -> str:
    """Say what signing now would be counted as."""
    if reading is None or reading.lamp in (Lamp.DONE, Lamp.NONE):
        return ""
    if reading.lamp == Lamp.OVERDUE:
        return f"今天发出，按{reading.headline}计。"
    return "今天审签，按时完成。"


def _went(request: StaffRequest, case: Appeal, answer: Answer, *, agreed: bool) -> HttpResponse:
    to = QUEUE if request.POST.get("back") == "queue" else case_url(case.number)
    if not agreed:
        return went(request, f"{case.number}已退给经办人改。", to)
    part = answer.assignment
    if part is not None and part.role == Role.ASSIST:
        return went(request, f"{case.number}的协办意见已交主办单位。", to)
    if not case.local:
        return went(request, f"{case.number}已同意，报县办审核。", to)
    hold = timedelta(seconds=clocks.timing(case.county, now()).limits.hold_seconds)
    undo = case_url(case.number, "recalls")
    return went(request, f"{case.number}已答复企业。", to, undo=undo, until=now() + hold)
