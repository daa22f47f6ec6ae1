"""反映工作作风: saying how an officer behaved, and what became of it; for oversight only."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from qifu.appeals.catalogue import all_units
from qifu.appeals.models import Appeal
from qifu.conduct import actions
from qifu.conduct.models import Complaint, ComplaintState, ComplaintStep
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import Unit, UnitKind, User
from qifu.web.portal.fields import CheckedField
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.dates import full_date
from qifu.web.ui.gates import PersonRequest, person_only
from qifu.web.ui.lists import Pager
from qifu.web.ui.toasts import say

PAGE = 20
# So many of the newest cases are offered; an older one is reached from its own page.
CASES = 50
SENTENCES = {
    ComplaintState.SENT: "等监督单位受理",
    ComplaintState.TAKEN_UP: "监督单位正在核实",
    ComplaintState.ANSWERED: "监督单位已答复",
}


class ComplaintForm(forms.Form):
    """Whom it is about, what happened, and with which case it has to do."""

    unit = forms.ChoiceField(
        label="哪个单位",
        error_messages={
            "required": "还没选单位。请选那位干部所在的单位。",
            "invalid_choice": "没有这个单位，请重新选。",
        },
    )
    officer = CheckedField(
        actions.named,
        label="哪位干部",
        help_text="知道姓名就写上。写了的，他本人看不到；他是监督员也看不到。",
        required=False,
    )
    case = forms.ChoiceField(
        label="和哪件诉求有关",
        required=False,
        error_messages={"invalid_choice": "没有这件诉求，请重新选。"},
    )
    words = CheckedField(
        actions.said,
        label="怎么回事",
        help_text="什么时候、在哪里、谁做了什么，照实写。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *given: Any, units: list[Unit], cases: list[Appeal], **more: Any) -> None:
        super().__init__(*given, **more)
        self.units = {unit.code: unit for unit in units}
        self.cases = {case.number: case for case in cases}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((unit.code, unit.short_name) for unit in units),
        ]
        self.fields["case"].choices = [  # type: ignore[attr-defined]
            ("", "没有，或者不想写"),
            *((case.number, f"{case.number} {case.title[:24]}") for case in cases),
        ]
        if not cases:
            del self.fields["case"]

    def clean_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]

    def clean_case(self) -> Appeal | None:
        return self.cases.get(self.cleaned_data["case"])


@person_only
def index(request: PersonRequest) -> HttpResponse:
    """Show what the person has said of officers' conduct, newest first."""
    mine = Complaint.objects.visible_to(request.user, local_date(now()))
    rows = mine.select_related("unit").order_by("-pk")
    after = request.GET.get("after", "").replace("\x00", "")
    if after:
        rows = rows.filter(pk__lt=mine.filter(number=after).values("pk")[:1])
    found = list(rows[: PAGE + 1])
    context = {
        "title": "反映工作作风",
        "back_url": reverse("portal:me"),
        "rows": [
            {
                "number": row.number,
                "unit": row.unit.short_name,
                "sentence": SENTENCES[ComplaintState(row.state)],
                "state": row.get_state_display(),
                "when": full_date(local_date(row.submitted_at)),
            }
            for row in found[:PAGE]
        ],
        "pager": _pager(found, after),
    }
    return page(request, "portal/me/complaints.html", context)


@person_only
def new(request: PersonRequest) -> HttpResponse:
    """Say how an officer behaved (反映工作作风)."""
    user, at = request.user, now()
    number = request.GET.get("case", "").replace("\x00", "")
    cases = _cases(user, number, at)
    asked = next((case for case in cases if case.number == number), None)
    initial = {"case": number, "unit": _unit_of(asked, at)} if asked else {}
    form = ComplaintForm(
        request.POST or None, units=_units(user.county, at), cases=cases, initial=initial
    )
    outcome = run(request, _complain, form)
    if outcome.done:
        say(request, "已交监督单位，别的单位和人员看不到。")
        return see_other(request, reverse("portal:complaints"))
    back = reverse("portal:appeal", args=[number]) if asked else reverse("portal:complaints")
    context = {"title": "反映工作作风", "back_url": back, "form": form}
    return page(request, "portal/me/complain.html", context, status=outcome.status)


@person_only
def show(request: PersonRequest, number: str) -> HttpResponse:
    """Show one of them: how it stands and what oversight answered."""
    mine = Complaint.objects.visible_to(request.user, local_date(now()))
    words = ("unit", "officer_name", "appeal", "words")
    row = mine.filter(number=number).select_related(*words).first()
    if row is None:
        raise Http404
    steps = list(row.steps.select_related("words").order_by("pk"))
    facts = [
        ("单位", row.unit.name),
        ("干部", (row.officer_name.body if row.officer_name else "") or "没有写"),
        ("有关诉求", row.appeal.number if row.appeal else ""),
        ("提交", full_date(local_date(row.submitted_at))),
    ]
    context = {
        "title": "反映工作作风",
        "back_url": reverse("portal:complaints"),
        "complaint": row,
        "sentence": SENTENCES[ComplaintState(row.state)],
        "facts": [(term, said) for term, said in facts if said],
        "entries": [_entry(step) for step in reversed(steps)],
    }
    return page(request, "portal/me/complaint.html", context)


def _complain(*, unit: Unit, words: str, case: Appeal | None = None, **given: Any) -> Complaint:
    return actions.complain(unit, words, appeal=case, **given)


def _units(county: str, at: datetime) -> list[Unit]:
    """Return the county's own units: those above it have oversight of their own."""
    on = local_date(at)
    found = [u for u in all_units(county) if u.is_in_force(on) and u.kind != UnitKind.UPPER]
    return sorted(found, key=lambda unit: (unit.pinyin, unit.code))


def _entry(step: ComplaintStep) -> dict[str, object]:
    return {
        "when": full_date(local_date(step.at)),
        "title": step.get_state_display(),
        "sentence": step.words.body if step.words else "监督单位已经受理，正在核实。",
        "public": True,
    }


def _cases(user: User, number: str, at: datetime) -> list[Appeal]:
    """Return the person's newest cases, and the one from whose page he comes."""
    mine = Appeal.objects.visible_to(user, local_date(at)).select_related("problem", "lead_unit")
    newest = list(mine.order_by("-pk")[:CASES])
    if number and all(case.number != number for case in newest):
        newest += mine.filter(number=number)
    return newest


def _unit_of(case: Appeal, at: datetime) -> str:
    unit = case.lead_unit
    return unit.code if unit is not None and unit.is_in_force(local_date(at)) else ""


def _pager(found: list[Complaint], after: str) -> Pager:
    older = len(found) > PAGE
    if not older and not after:
        return Pager()
    return Pager(
        before_url="?" if after else "",
        after_url=f"?{urlencode({'after': found[PAGE - 1].number})}" if older else "",
        before_label="最新的",
        after_label="更早的",
        says="",
    )
