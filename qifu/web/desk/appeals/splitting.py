"""拆分: a second problem of one message becomes a case of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from qifu.appeals import access, splitting_access
from qifu.appeals.actions import splitting as actions
from qifu.appeals.files import files_of
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Split
from qifu.organisations.models import User
from qifu.web.desk.appeals.joined_forms import SplitForm
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, over, posted, step_case, verb_page, went
from qifu.web.ui.answers import run
from qifu.web.ui.gates import StaffRequest, staff_only

ONLY_CLERKS = "拆分由县办受理员来办。"


@staff_only
def splits(request: StaffRequest, number: str) -> HttpResponse:
    """Say which words are the second problem, and which stay (拆分)."""
    case = step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if request.method != "POST" and not splitting_access.can_split(request.user, case):
        return over(case)
    whole = case.problem.body
    form = SplitForm(
        posted(request),
        county=case.county,
        accepted=case.state == State.TO_DISPATCH,
        kept=files_of(case, ()).of_case,
        initial={"problem": whole, "rest": whole},
    )

    def act(*, by: User, at: datetime, key: str, **_: Any) -> Split:
        return actions.split(case, form.parting(), by=by, at=at, key=key)

    outcome = run(request, act, form)
    if outcome.done:
        new = f"{outcome.made.made.number}，" if outcome.made else ""
        return went(request, f"已拆成两件：{number}和{new}已告诉企业。", case_url(number))
    context = {
        "heading": "拆成两件",
        "effect": "企业一次说了两个问题时用。两件各办各的，时限都从企业提出算，编号都告诉企业。"
        "拆错了可以把拆出的一件合并回来。",
        "form": form,
        "label": "拆成两件",
    }
    return verb_page(request, case, context, status=outcome.status)
