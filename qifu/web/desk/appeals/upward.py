"""Upwards and back: a unit asks (提级申请); the office rules, sends it up, enters the reply."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse

from qifu.appeals import access, upper_access
from qifu.appeals.above import lead_clock, open_escalation
from qifu.appeals.actions import coming_back, escalating
from qifu.appeals.models import Appeal, Assignment, Escalation, EscalationRequest, named
from qifu.kernel.clock import local_date, now
from qifu.web.desk.appeals.forms import WordsForm
from qifu.web.desk.appeals.places import queue_url
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import (
    only,
    over,
    own_part,
    posted,
    step_case,
    verb_page,
    went,
)
from qifu.web.desk.appeals.upward_forms import (
    EscalationForm,
    PleaForm,
    UpperFactsForm,
    UpperReplyForm,
)
from qifu.web.ui.answers import Outcome, run
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.uploads import posted_codes, receive, typed

ONLY_CLERKS = "转上级由县办受理员来办，单位可以申请提级。"
LIST = "/desk/escalations/"


@staff_only
def escalation_requests(request: StaffRequest, number: str) -> HttpResponse:
    """Ask the office to take the case further up (申请提级)."""
    part = own_part(request, number)
    case = part.appeal
    if request.method != "POST" and not upper_access.can_ask(request.user, case, part):
        return over(case)
    form = PleaForm(posted(request))

    def act(*, by: Any, at: Any, key: str, **_: Any) -> EscalationRequest:
        return escalating.ask_escalation(part, form.plea(), by=by, at=at, key=key)

    outcome = run(request, act, form)
    if outcome.done:
        return went(request, f"{number}的提级申请已报县办，计时没有停。", case_url(number))
    context = {
        "heading": "申请提级",
        "effect": "县办裁定要不要转市、转省。裁定前本单位计时不停，请接着办能办的。",
        "form": form,
        "hidden": [("unit", part.unit.code)],
        "label": "报县办裁定",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def escalation_rulings(request: StaffRequest, number: str) -> HttpResponse:
    """Do not take a case further up (不同意提级)."""
    case, part, row = _standing(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if row is None or part is None:
        return over(case)
    form = WordsForm(
        posted(request),
        label="为什么不提级、接下来怎么办",
        hint="承办单位会看到，企业看不到",
        missing="没有写意见。请写明为什么不提级、接下来怎么办。",
    )
    outcome = run(request, partial(escalating.deny_escalation, row), form)
    unit = part.unit.short_name
    if outcome.done:
        return went(request, f"{number}没有同意提级，由{unit}接着办。", case_url(number))
    context = {
        "heading": f"不同意{unit}的提级申请",
        "effect": f"由{unit}接着办，单位的时限没有停过。",
        "answer": row.proposal.body,
        "answer_label": f"{unit}建议转{named(row.get_level_display(), row.organ.body)}",
        "form": form,
        "label": "不同意，请接着办",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def escalations(request: StaffRequest, number: str) -> HttpResponse:
    """Take the case to the city or the province (转上级)."""
    case, part, row = _standing(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if request.method != "POST" and not upper_access.can_escalate(request.user, case):
        return over(case)
    form = EscalationForm(posted(request), initial=_initial(row))

    def act(*, by: Any, at: Any, key: str, **_: Any) -> Escalation:
        return escalating.escalate(
            case, form.plea(), form.told(), part=part, request=row, by=by, at=at, key=key
        )

    outcome = run(request, act, form)
    if outcome.done:
        return went(request, f"{number}已转上级，请盯住上级期限。", case_url(number))
    unit = f"{part.unit.short_name}的计时从现在起暂停，" if part else ""
    context = {
        "heading": "转上级",
        "effect": f"{unit}上级的时限另外计。企业会收到短信，知道转给了谁。",
        "form": form,
        "label": "转上级",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def upper_facts(request: StaffRequest, number: str) -> HttpResponse:
    """Enter or mend the upper number and deadline (登记上级编号、期限)."""
    row = open_escalation(request.user, number, local_date(now()))
    case = row.appeal if row else step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if row is None:
        return over(case)
    request.here = queue_url(request.user, case.state, of_unit=False)  # type: ignore[attr-defined]
    known = {
        "number": row.number,
        "due_on": row.due_on,
        "channel": row.channel,
        "handled_by": row.handled_by.body if row.handled_by else "",
    }
    form = UpperFactsForm(posted(request), initial=known)

    def act(*, by: Any, at: Any, key: str, **_: Any) -> Escalation:
        return escalating.enter_upper(row, form.told(), by=by, at=at, key=key)

    outcome = run(request, act, form)
    if outcome.done:
        return went(request, f"{number}的上级编号和期限已登记。", case_url(number))
    context = {
        "heading": "登记上级编号、期限",
        "effect": "照上级说的填，改了以原来的转出日期重新计上级时限。企业看得到编号和期限。",
        "form": form,
        "label": "登记",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def upper_replies(request: StaffRequest, number: str) -> HttpResponse:
    """Enter what the upper organ replied (上级答复)."""
    row = open_escalation(request.user, number, local_date(now()))
    case = row.appeal if row else step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if row is None:
        return over(case)
    user = request.user
    request.here = queue_url(user, case.state, of_unit=False)  # type: ignore[attr-defined]
    uploads = receive(request, county=user.county, by=user, codes=posted_codes(request))
    if uploads.only_files:
        shown = typed(request.POST, tuple(UpperReplyForm.base_fields))
        form = UpperReplyForm(initial=shown, uploads=uploads)
        outcome: Outcome[Escalation] = Outcome(status=422 if uploads.refused else 200)
    else:
        form = UpperReplyForm(posted(request), uploads=uploads)
        outcome = run(request, partial(_come_back, row, form), form)
    if outcome.done:
        return went(request, f"{number}的上级答复已登记，{_then(row)}。", case_url(number))
    context = {
        "heading": "登记上级答复",
        "effect": f"登记后{_then(row)}，企业会收到短信。",
        "form": form,
        "files_hint": "批复、函件；最多10个，每个不超过20MB",
        "label": "登记上级答复",
    }
    return verb_page(request, case, context, status=outcome.status)


def _come_back(row: Escalation, form: UpperReplyForm, **given: Any) -> Escalation:
    known = {name: given[name] for name in ("by", "at", "key")}
    return coming_back.come_back(row, form.reply(), **known)


def _then(row: Escalation) -> str:
    if row.assignment is None:
        return "这件回到待交办"
    return f"{row.assignment.unit.short_name}接着计时"


def _standing(
    request: StaffRequest, number: str
) -> tuple[Appeal, Assignment | None, EscalationRequest | None]:
    """Return the case, the LEAD that handles it if there is one, and what it asks."""
    clock = lead_clock(request.user, number, local_date(now()))
    if clock is None or clock.assignment is None:
        return step_case(request, number), None, None
    row: EscalationRequest | None = getattr(clock, "open_request", None)
    if row is not None:
        row.appeal, row.assignment = clock.appeal, clock.assignment
    return clock.appeal, clock.assignment, row


def _initial(row: EscalationRequest | None) -> dict[str, Any]:
    """Begin with what the unit asked for."""
    if row is None:
        return {}
    texts = {name: getattr(row, name).body for name in ("organ", "tried", "proposal")}
    return {"level": row.level, "reason": row.reason, **texts}
