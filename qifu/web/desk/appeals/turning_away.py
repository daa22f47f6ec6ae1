"""转出: a case leaves for the petition office, a court or the discipline inspection."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from qifu.appeals import access
from qifu.appeals.actions import turning_away as actions
from qifu.appeals.models import TurnAway
from qifu.appeals.rules import DeclineReason
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import User
from qifu.web.desk.appeals.leaving_forms import TurnAwayForm
from qifu.web.desk.appeals.steps import only, over, posted, step_case, verb_page, went
from qifu.web.ui.answers import run
from qifu.web.ui.gates import StaffRequest, staff_only

ONLY_CLERKS = "转出由县办受理员来办。"


@staff_only
def turn_aways(request: StaffRequest, number: str) -> HttpResponse:
    """Say where the case belongs and whom the enterprise asks there (转出)."""
    case = step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if request.method != "POST" and not access.can_turn_away(request.user, case):
        return over(case)
    form = TurnAwayForm(posted(request), initial={"went_on": local_date(now())})

    def act(*, by: User, at: datetime, key: str, **_: Any) -> TurnAway:
        return actions.turn_away(case, form.departure(), by=by, at=at, key=key)

    outcome = run(request, act, form)
    if outcome.done:
        is_report = form.departure().exit == DeclineReason.REPORT
        after = "内容马上从本系统删除，只留移交的记录。" if is_report else ""
        return went(request, f"{number}已转出，已告知企业。{after}", "/desk/turned-away/")
    context = {
        "heading": "转出这一件",
        "effect": "信访、诉讼和举报不在本系统办。企业会收到理由、转到哪里和找谁。发出后不能撤回。",
        "form": form,
        "label": "转出，告知企业",
        "danger": True,
        "back_label": "不转了",
    }
    return verb_page(request, case, context, status=outcome.status)
