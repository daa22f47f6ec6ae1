"""The office's first word: 受理, 不予受理, 当场答复."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.http import HttpResponse

from qifu.appeals import access
from qifu.appeals.actions import accepting as actions
from qifu.appeals.clocks import timing
from qifu.kernel.clock import now
from qifu.web.desk.appeals.forms import AcceptanceForm, DeclineForm, OnTheSpotForm
from qifu.web.desk.appeals.hints import hints
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, over, posted, step_case, verb_page, went
from qifu.web.ui.answers import run
from qifu.web.ui.gates import StaffRequest, staff_only

ONLY_CLERKS = "受理由县办受理员来办。"


@staff_only
def acceptances(request: StaffRequest, number: str) -> HttpResponse:
    """Take a case on and say what it is about (受理)."""
    case = step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if request.method != "POST" and not access.can_accept(request.user, case):
        return over(case)
    code = case.category.code if case.category else ""
    form = AcceptanceForm(posted(request), county=case.county, initial={"category": code})
    outcome = run(request, partial(actions.accept, case), form)
    if outcome.done:
        onwards = request.POST.get("then") == "dispatch"
        to = case_url(number, "dispatches") if onwards else case_url(number)
        return went(request, f"已受理{number}。", to)
    context = {
        "heading": "受理这件诉求",
        "effect": "选最接近的一类；受理后企业看到“已受理”，接着要交给承办单位。",
        "form": form,
        "label": "受理，接着交办",
        "button_name": "then",
        "button_value": "dispatch",
        "alike": hints(case, request.user),
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def declines(request: StaffRequest, number: str) -> HttpResponse:
    """Refuse a case for a coded reason, after asking whether that is meant (不予受理)."""
    case = step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if request.method != "POST" and not access.can_decline(request.user, case):
        return over(case)
    form = DeclineForm(posted(request))
    outcome = run(request, partial(actions.decline, case), form)
    if outcome.done:
        return went(request, f"{number}不予受理，已告知企业。", "/desk/queues/to-accept/")
    context = {
        "heading": "不予受理这一件？",
        "effect": "企业会收到理由和可以去哪里办，可以提出一次异议。发出后不能撤回。",
        "form": form,
        "label": "不予受理，告知企业",
        "danger": True,
        "back_label": "不改了",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def answers(request: StaffRequest, number: str) -> HttpResponse:
    """Answer a question at once; the enterprise rates it (咨询直答)."""
    case = step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if request.method != "POST" and not access.can_answer(request.user, case):
        return over(case)
    code = case.category.code if case.category else ""
    form = OnTheSpotForm(posted(request), county=case.county, initial={"category": code})
    outcome = run(request, partial(actions.answer_on_the_spot, case), form)
    if outcome.done:
        hold = timedelta(seconds=timing(case.county, now()).limits.hold_seconds)
        return went(
            request,
            f"已答复{number}，请企业评价。",
            case_url(number),
            undo=case_url(number, "recalls"),
            until=now() + hold,
        )
    context = {
        "heading": "当场答复",
        "effect": "只用于说得清的咨询，不用交给单位。企业立即收到答复并可评价。",
        "form": form,
        "label": "发给企业",
    }
    return verb_page(request, case, context, status=outcome.status)
