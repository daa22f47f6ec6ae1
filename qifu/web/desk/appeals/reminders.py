"""催办 by hand: the office urges one unit, once a day."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpResponse

from qifu.appeals import access
from qifu.appeals.actions.reminding import urge_by_hand
from qifu.appeals.lifecycle import WORK_OPEN, Work
from qifu.appeals.models import Appeal, Assignment
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, over, posted, step_case, verb_page, went
from qifu.web.ui.answers import run
from qifu.web.ui.gates import StaffRequest, staff_only

ONLY_OFFICE = "催办由县办来办。"


class ReminderForm(forms.Form):
    """催办: what the office wants to say to it, if anything."""

    words = forms.CharField(
        label="催办意见（选填）",
        help_text="承办单位会看到，企业看不到",
        widget=forms.Textarea(attrs={"rows": "3"}),
        required=False,
    )


@staff_only
def reminders(request: StaffRequest, number: str) -> HttpResponse:
    """Urge a unit that has the case (县办催办)."""
    case = step_case(request, number)
    only(access.is_office(request.user), ONLY_OFFICE)
    part = _meant_part(request, case)
    if part is None or (request.method != "POST" and part.state not in WORK_OPEN):
        return over(case)
    form = ReminderForm(posted(request))
    outcome = run(request, partial(urge_by_hand, part), form)
    unit = part.unit.short_name
    if outcome.done:
        return went(request, f"已催办{unit}，专职人员和分管负责同志会收到。", case_url(number))
    context = {
        "heading": f"催办{unit}",
        "effect": f"{unit}的专职人员和分管负责同志收到《催办通知》，企业看到“县办已催办”。"
        "每个单位每天催一次。",
        "form": form,
        "hidden": [("unit", part.unit.code)],
        "label": f"催办{unit}",
    }
    return verb_page(request, case, context, status=outcome.status)


def _meant_part(request: StaffRequest, case: Appeal) -> Assignment | None:
    """Return the named unit's part, else the last that can still be urged."""
    unit = request.POST.get("unit") or request.GET.get("unit") or ""
    rows = case.assignments.select_related("unit").exclude(state=Work.TAKEN_BACK).order_by("pk")
    every = list(rows)
    open_ = [part for part in every if part.state in WORK_OPEN]
    named = [part for part in every if part.unit.code == unit] or open_ or every
    if not named:
        return None
    named[-1].appeal = case
    return named[-1]
