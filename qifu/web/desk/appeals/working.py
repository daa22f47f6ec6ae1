"""A unit's steps that need no long form: 签收, 上交; and the office's 县办接办."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.actions import working as actions
from qifu.appeals.models import Appeal, Assignment
from qifu.web.desk.appeals.forms import HandUpForm, WordsForm
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import my_part, not_now, parts_of, step_case, verb_page, went
from qifu.web.ui.answers import run
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only

ONLY_UNITS = "这一步由承办单位的专职人员来办。"


@staff_only
@require_POST
def signatures(request: StaffRequest, number: str) -> HttpResponse:
    """Sign for the unit's part (签收)."""
    case = step_case(request, number)
    part = _own(request, case)
    if part is None:
        return not_now(case, role=False, sentence="这件诉求还没有交给任何单位。")
    outcome = run(request, partial(actions.sign, part))
    if outcome.error is not None:
        return refused(request, outcome.error)
    return went(request, f"已签收{number}，请尽快联系企业。", case_url(number))


@staff_only
def hand_ups(request: StaffRequest, number: str) -> HttpResponse:
    """Hand up what cannot be settled here (上交)."""
    case = step_case(request, number)
    part = _own(request, case)
    mine = part is not None and access.works_for(request.user, part)
    if part is None or (
        request.method != "POST" and not access.can_hand_up(request.user, case, part)
    ):
        return not_now(case, role=mine, sentence=ONLY_UNITS)
    form = HandUpForm(request.POST or None)
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
    case = step_case(request, number)
    leads = [part for part in parts_of(case) if part.role == "LEAD"]
    if not leads or (request.method != "POST" and not access.can_take_over(request.user, case)):
        return not_now(case, role=access.is_clerk(request.user), sentence="接办由县办受理员来办。")
    form = WordsForm(
        request.POST or None,
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


def _own(request: StaffRequest, case: Appeal) -> Assignment | None:
    return my_part(request, case, lambda part: access.works_for(request.user, part))
