"""A unit's steps that need no long form: 签收, 上交; and the office's 县办接办."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.actions import working as actions
from qifu.appeals.queries import visible_parts
from qifu.appeals.rules import Role
from qifu.kernel.clock import local_date, now
from qifu.web.desk.appeals.forms import HandUpForm, WordsForm
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
from qifu.web.ui.answers import run
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only


@staff_only
@require_POST
def signatures(request: StaffRequest, number: str) -> HttpResponse:
    """Sign for the unit's part (签收)."""
    part = own_part(request, number)
    outcome = run(request, partial(actions.sign, part))
    if outcome.error is not None:
        return refused(request, outcome.error)
    return went(request, f"已签收{number}，请尽快联系企业。", case_url(number))


@staff_only
def hand_ups(request: StaffRequest, number: str) -> HttpResponse:
    """Hand up what cannot be settled here (上交)."""
    part = own_part(request, number)
    case = part.appeal
    if request.method != "POST" and not access.can_hand_up(request.user, case, part):
        return over(case)
    form = HandUpForm(posted(request))
    outcome = run(request, partial(actions.hand_up, part), form)
    if outcome.done:
        return went(request, f"{number}已上交县办，由县办交办。", case_url(number))
    context = {
        "heading": "上交县办",
        "effect": f"由县办交给能办的单位，{part.unit.short_name}计时到此为止。上交后不能撤回。",
        "form": form,
        "hidden": [("unit", part.unit.code)],
        "label": "上交县办",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def take_overs(request: StaffRequest, number: str) -> HttpResponse:
    """Take a local case over (县办接办)."""
    parts = visible_parts(request.user, number, local_date(now()))
    leads = [part for part in parts if part.role == Role.LEAD]
    case = leads[-1].appeal if leads else step_case(request, number)
    only(access.is_clerk(request.user), "接办由县办受理员来办。")
    if not leads or (request.method != "POST" and not access.can_take_over(request.user, case)):
        return over(case)
    form = WordsForm(
        posted(request),
        label="为什么由县办接办",
        hint="承办单位会看到，企业看不到",
        missing="没有写原因。请写明为什么由县办接办。",
    )
    outcome = run(request, partial(actions.take_over, leads[-1]), form)
    if outcome.done:
        return went(request, f"{number}已由县办接办，请交给承办单位。", case_url(number))
    unit = leads[-1].unit.short_name
    context = {
        "heading": "由县办接办",
        "effect": f"{unit}不再办理，这件回到待交办，由县办重新交办。接办后不能撤回。",
        "form": form,
        "label": "县办接办",
    }
    return verb_page(request, case, context, status=outcome.status)
