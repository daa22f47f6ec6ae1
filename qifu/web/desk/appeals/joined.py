"""Cases that go together: 可能重复, 合并, 撤销合并."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse

from qifu.appeals import access
from qifu.appeals.actions import merging
from qifu.appeals.duplicates import merged_into
from qifu.appeals.models import Appeal
from qifu.appeals.queries import STEP_WORDS
from qifu.kernel.clock import local_date, now
from qifu.web.desk.appeals.forms import WordsForm
from qifu.web.desk.appeals.hints import hints
from qifu.web.desk.appeals.joined_forms import MergerForm
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, over, posted, step_case, verb_page, went
from qifu.web.ui.answers import page, run
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/duplicates.html"
ONLY_CLERKS = "合并由县办受理员来办。"


@staff_only
def duplicates(request: StaffRequest, number: str) -> HttpResponse:
    """Show what may say the same, why, and what goes with this case already (可能重复)."""
    case = step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    together = merged_into(case, request.user, now())
    context = {
        "title": f"可能重复 {number}",
        "case": case,
        "back_url": case_url(number),
        "hints": hints(case, request.user),
        "merged": [
            (case_url(each.number), each, case_url(each.number, "unmergers")) for each in together
        ],
    }
    return page(request, TEMPLATE, context)


@staff_only
def mergers(request: StaffRequest, number: str) -> HttpResponse:
    """Let the case go with another that says the same (合并)."""
    case = step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if request.method != "POST" and not access.can_merge(request.user, case):
        return over(case)
    into = request.GET.get("into", "")
    form = MergerForm(posted(request), find=partial(_find, request), initial={"into": into})
    outcome = run(request, partial(merging.merge, case), form)
    if outcome.done:
        return went(request, f"{number}已合并，随主件办理。", case_url(number))
    parent = _find(request, into) if into and request.method != "POST" else None
    context = {
        "heading": "合并到别件",
        "effect": "这件不再单独办，编号不变；主件答复时企业同时收到，自己评价。主件答复前可撤销。",
        "form": form,
        "label": "合并",
        "answer": parent.problem.body if parent else "",
        "answer_label": f"主件{parent.number}，{parent.enterprise_name}说" if parent else "",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def unmergers(request: StaffRequest, number: str) -> HttpResponse:
    """Let a merged case go by itself again (撤销合并)."""
    case = step_case(request, number, "merged_into")
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if request.method != "POST" and not access.can_unmerge(request.user, case):
        return over(case)
    form = WordsForm(
        posted(request),
        label="为什么不是同一个问题",
        hint="只有工作人员看到",
        missing="没有写理由。请写明为什么不是同一个问题。",
    )
    outcome = run(request, partial(merging.unmerge, case), form)
    if outcome.done:
        return went(request, f"{number}已撤销合并，回到待受理。", case_url(number))
    parent = case.merged_into.number if case.merged_into else ""
    context = {
        "heading": "撤销合并",
        "effect": f"这件不再随{parent}办理，回到待受理，重新计时，并告诉企业。",
        "form": form,
        "label": "撤销合并",
    }
    return verb_page(request, case, context, status=outcome.status)


def _find(request: StaffRequest, number: str) -> Appeal | None:
    """Return the case of that number as far as the person sees it."""
    seen = Appeal.objects.visible_to(request.user, local_date(now()))
    return seen.filter(number=number.replace("\x00", "")).select_related(*STEP_WORDS).first()
