"""审核: the office passes an answer on to the enterprise, or back; and what undoes it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access, clocks
from qifu.appeals.actions import publishing as actions
from qifu.appeals.actions import rating
from qifu.appeals.models import Answer, Appeal
from qifu.kernel.clock import now
from qifu.kernel.errors import DomainError
from qifu.web.desk.appeals.forms import WordsForm
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, over, posted, shown_answer, step_case, verb_page, went
from qifu.web.ui.answers import run
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only

ONLY_REVIEWERS = "审核由县办审核员来办。"


@staff_only
def reviews(request: StaffRequest, number: str) -> HttpResponse:
    """Publish the answer, or send it back with what is wrong (审核通过、退回重办)."""
    if request.method != "POST":
        case = step_case(request, number)
        only(access.is_reviewer(request.user), ONLY_REVIEWERS)
        answer = _signed(case) if access.can_review(request.user, case) else None
        return _rework(request, answer) if answer else over(case)
    try:
        answer = shown_answer(request, number)
    except DomainError as error:
        only(access.is_reviewer(request.user), ONLY_REVIEWERS)
        return refused(request, error)
    only(access.is_reviewer(request.user), ONLY_REVIEWERS)
    if request.POST.get("passed") != "yes":
        return _rework(request, answer)
    outcome = run(request, partial(actions.publish, answer))
    if outcome.error is not None:
        return refused(request, outcome.error)
    hold = timedelta(seconds=clocks.timing(answer.county, now()).limits.hold_seconds)
    undo = case_url(number, "recalls")
    return went(
        request, f"{number}的答复已发给企业。", case_url(number), undo=undo, until=now() + hold
    )


@staff_only
@require_POST
def recalls(request: StaffRequest, number: str) -> HttpResponse:
    """Undo a publication before its notice leaves (撤回发布)."""
    case = step_case(request, number)
    rows = case.answers.filter(state=Answer.State.PUBLISHED).order_by("-pk")
    answer = rows.select_related("assignment__unit").first()
    if answer is None:
        only(access.is_office(request.user), ONLY_REVIEWERS)
        return over(case)
    answer.appeal = case
    outcome = run(request, partial(actions.recall, answer))
    if outcome.error is not None:
        return refused(request, outcome.error)
    return went(request, f"已撤回{number}的答复，企业没有收到。", case_url(number))


@staff_only
@require_POST
def closures(request: StaffRequest, number: str) -> HttpResponse:
    """End a case that was not rated in time (办结，未评价)."""
    case = step_case(request, number)
    outcome = run(request, partial(rating.close, case))
    if outcome.error is not None:
        return refused(request, outcome.error)
    return went(request, f"{number}已办结，记为未评价。", case_url(number))


def _rework(request: StaffRequest, answer: Answer) -> HttpResponse:
    case = answer.appeal
    form = WordsForm(
        posted(request),
        label="哪里不行、要怎么改",
        hint="承办单位会看到，企业看不到",
        missing="没有写要怎么改。请写明哪里不行、要怎么改。",
    )
    outcome = run(request, partial(actions.rework, answer), form)
    unit = answer.assignment.unit.short_name if answer.assignment else "承办单位"
    if outcome.done:
        return went(request, f"{case.number}已退回{unit}重办。", case_url(case.number))
    least = clocks.timing(case.county, now()).limits.rework_days
    context = {
        "heading": f"退回{unit}重办",
        "effect": f"单位的时限接着走，至少再给{least}个工作日。企业看不到退回的事。",
        "answer_label": "要退回的答复",
        "answer": answer.body.body,
        "form": form,
        "hidden": [("answer", str(answer.body_id))],
        "label": "退回重办",
    }
    return verb_page(request, case, context, status=outcome.status)


def _signed(case: Appeal) -> Answer | None:
    rows = case.answers.filter(state=Answer.State.SIGNED).order_by("-pk")
    answer = rows.select_related("assignment__unit", "body").first()
    if answer is not None:
        answer.appeal = case
    return answer
