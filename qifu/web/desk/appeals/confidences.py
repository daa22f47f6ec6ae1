"""企业要求保密: keeping a case from others for the enterprise, and letting it be seen again."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse

from qifu.appeals import access
from qifu.appeals.actions.confiding import keep_confidential, lift_confidence
from qifu.appeals.models import Appeal
from qifu.web.desk import navigation
from qifu.web.desk.appeals.forms import WordsForm
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, posted, step_case, verb_page, went
from qifu.web.ui.answers import run
from qifu.web.ui.gates import StaffRequest, staff_only

ONLY_CLERKS = "企业要求保密的由县办受理员登记。"
ONLY_DIRECTOR = "解除保密由县办主任或企业自己决定。"
KEEPING: dict[str, Any] = {
    "heading": "企业要求保密",
    "effect": (
        "以后只有县办主任、提交的人、主办单位负责人和指定的经办人看得到，您也看不到。"
        "编号另换，协办停止，原来指定的查看人要重新指定。"
    ),
    "label": "保密",
    "danger": True,
}
LIFTING: dict[str, Any] = {
    "heading": "解除保密",
    "effect": "以后和别的诉求一样，县办和承办单位都看得到。编号不变。",
    "label": "解除保密",
    "danger": True,
}


@staff_only
def confidences(request: StaffRequest, number: str) -> HttpResponse:
    """Keep the case from others, or no longer, whichever it is not now."""
    case = step_case(request, number)
    if case.confidential:
        only(access.can_lift_confidence(request.user), ONLY_DIRECTOR)
        return _lifted(request, case)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    form = WordsForm(
        posted(request),
        label="企业怎么要求的",
        hint="谁、什么时候、为什么要求保密",
        missing="没有写原因。请写企业是怎么要求的。",
    )
    outcome = run(request, partial(keep_confidential, case), form)
    if outcome.done:
        # Whoever wrote it down may not see it any more.
        mine = access.can_lift_confidence(request.user)
        to = case_url(case.number) if mine else navigation.APPEALS
        return went(request, "已按企业的要求保密，编号已换。", to)
    return verb_page(request, case, {**KEEPING, "form": form}, status=outcome.status)


def _lifted(request: StaffRequest, case: Appeal) -> HttpResponse:
    form = WordsForm(
        posted(request),
        label="为什么可以解除",
        hint="企业看得到",
        missing="没有写原因。请写为什么可以解除保密。",
    )
    outcome = run(request, partial(lift_confidence, case), form)
    if outcome.done:
        return went(request, f"{case.number}已解除保密。", case_url(case.number))
    return verb_page(request, case, {**LIFTING, "form": form}, status=outcome.status)
