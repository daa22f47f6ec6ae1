"""The office rules and calls: 退单, 延期, 补充, 回访."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.actions import calling, extending, returning, supplementing
from qifu.appeals.lifecycle import WORK_ENDED, Work
from qifu.appeals.models import (
    Appeal,
    Assignment,
    Callback,
    CallbackReason,
    Extension,
    Return,
    Supplement,
    SupplementState,
)
from qifu.kernel.errors import StaleState
from qifu.organisations.models import User
from qifu.organisations.models.people import OFFICE_POSTS
from qifu.web.desk.appeals.bend_forms import CallForm, ExtensionRulingForm, ReturnRulingForm
from qifu.web.desk.appeals.forms import WordsForm
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, over, posted, step_case, verb_page, went
from qifu.web.ui.answers import run
from qifu.web.ui.dates import moment
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only

Row = TypeVar("Row", Callback, Return, Extension, Supplement)
ONLY_CLERKS = "这一步由县办受理员来办。"
ONLY_REVIEWERS = "延期由县办审核员裁定。"
ONLY_CALLERS = "回访由县办回访员来办。"


@staff_only
def return_rulings(request: StaffRequest, number: str) -> HttpResponse:
    """Rule on a return (裁定退单)."""
    case = step_case(request, number)
    row = _open_return(case)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if row is None:
        return _over(request, case)
    form = ReturnRulingForm(posted(request))
    outcome = run(request, partial(returning.rule_return, row), form)
    if outcome.done:
        return went(request, f"{number}的退单已裁定。", case_url(number))
    proposed = f"，建议交{row.proposed.short_name}" if row.proposed else ""
    context = {
        "heading": f"裁定{row.unit.short_name}的退单",
        "effect": f"{row.get_reason_display()}{proposed}。裁定是最终的，同一单位不能再退。",
        "answer": row.words.body,
        "answer_label": f"{row.unit.short_name}的依据，{moment(row.at)}",
        "form": form,
        "label": "裁定",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def extension_rulings(request: StaffRequest, number: str) -> HttpResponse:
    """Rule on an extension (裁定延期)."""
    case = step_case(request, number)
    row = _open_extension(case)
    only(access.is_reviewer(request.user), ONLY_REVIEWERS)
    if row is None:
        return _over(request, case)
    form = ExtensionRulingForm(posted(request), initial={"granted": row.days})
    outcome = run(request, partial(extending.rule_extension, row), form)
    if outcome.done:
        return went(request, f"{number}的延期已裁定。", case_url(number))
    context = {
        "heading": f"裁定{row.assignment.unit.short_name}的延期",
        "effect": f"申请{row.days}个工作日。批准后时限顺延，主办单位的延期会告诉企业。",
        "answer": row.words.body,
        "answer_label": f"{row.assignment.unit.short_name}的理由，{moment(row.at)}",
        "form": form,
        "label": "裁定",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def supplements(request: StaffRequest, number: str) -> HttpResponse:
    """Ask the enterprise for what is missing before accepting (请企业补充)."""
    case = step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if request.method != "POST" and not access.can_accept(request.user, case):
        return over(case)
    form = WordsForm(
        posted(request),
        label="还差什么",
        hint="企业会原样看到，照着补",
        missing="没有写差什么。请逐项写明。",
    )
    outcome = run(request, partial(supplementing.ask_supplement, case), form)
    if outcome.done:
        return went(request, f"{number}已请企业补充，县办计时暂停。", case_url(number))
    context = {
        "heading": "请企业补充",
        "effect": "受理前只能请一次，期间县办计时暂停；期满未补充转回访，不自动撤回。",
        "form": form,
        "label": "请企业补充",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
@require_POST
def supplement_rulings(request: StaffRequest, number: str) -> HttpResponse:
    """Agree that a unit's clock stands still, or not (同意补充)."""
    case = step_case(request, number)
    row = _asked_supplement(case)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if row is None:
        return _over(request, case)
    agreed = request.POST.get("agreed") == "yes"
    outcome = run(request, partial(supplementing.rule_supplement, row, agreed=agreed))
    if outcome.error is not None:
        return refused(request, outcome.error)
    said = "已请企业补充，单位计时暂停。" if agreed else "没有同意，单位计时照走。"
    return went(request, f"{number}{said}", case_url(number))


@staff_only
def callbacks(request: StaffRequest, number: str) -> HttpResponse:
    """Write down what a call came to (回访)."""
    case = step_case(request, number)
    row = open_callback(case)
    only(access.is_caller(request.user), ONLY_CALLERS)
    if row is None:
        return _over(request, case)
    outcomes = calling.OUTCOMES.get(CallbackReason(row.reason), calling.ABOUT_AN_ANSWER)
    form = CallForm(posted(request), outcomes=outcomes, office=_office(request.user))

    def act(*, by: User, at: Any, key: str, **said: Any) -> Callback:
        return calling.conclude_call(row, calling.Call(**said), by=by, at=at, key=key)

    outcome = run(request, act, form)
    if outcome.done:
        return went(request, f"{number}已回访。", case_url(number))
    context = {
        "heading": "回访",
        "effect": f"{row.get_reason_display()}。请先问两件事：有没有人联系、事情办成了没有。",
        "form": form,
        "label": "记下回访结果",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
@require_POST
def call_attempts(request: StaffRequest, number: str) -> HttpResponse:
    """Write down that nobody answered (未接通)."""
    case = step_case(request, number)
    row = open_callback(case)
    only(access.is_caller(request.user), ONLY_CALLERS)
    if row is None:
        return _over(request, case)
    outcome = run(request, partial(calling.attempt_call, row))
    if outcome.error is not None:
        return refused(request, outcome.error)
    return went(request, f"{number}未接通已记下，请改天再打。", case_url(number))


def open_callback(case: Appeal) -> Callback | None:
    """Return the call that is still to be made."""
    row = case.callbacks.filter(outcome="").first()
    return _of(case, row)


def _over(request: StaffRequest, case: Appeal) -> HttpResponse:
    """Tell who was slower than a colleague (409); lead back whoever only looks."""
    if request.method == "POST":
        return refused(request, StaleState("这一步已经有人办过了。请看诉求的最新情况。"))
    return over(case)


def _open_return(case: Appeal) -> Return | None:
    rows = case.returns.filter(upheld=None, assignment__state=Work.RETURNING)
    return _of(case, rows.select_related("words", "unit", "proposed", "assignment__unit").first())


def _open_extension(case: Appeal) -> Extension | None:
    rows = case.extensions.filter(ruled_at=None).exclude(assignment__state__in=WORK_ENDED)
    return _of(case, rows.select_related("words", "assignment__unit").first())


def _asked_supplement(case: Appeal) -> Supplement | None:
    rows = case.supplements.filter(state=SupplementState.ASKED)
    return _of(case, rows.select_related("assignment__unit").first())


def _of(case: Appeal, row: Row | None) -> Row | None:
    # The rows speak of the case that the person was let in to see.
    if row is not None:
        row.appeal = case
        part: Assignment | None = getattr(row, "assignment", None)
        if part is not None:
            part.appeal = case
    return row


def _office(user: User) -> list[User]:
    people = User.objects.in_county(user.county).staff().filter(is_active=True)
    office = people.filter(posts__kind__in=OFFICE_POSTS, posts__valid_to=None)
    return list(office.exclude(pk=user.pk).distinct().order_by("name", "pk"))
