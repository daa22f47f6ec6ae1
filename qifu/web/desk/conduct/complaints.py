"""作风反映: the list and one of them; opening one is written down (amendment 14)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from qifu.conduct import access
from qifu.conduct.actions import record_reading
from qifu.conduct.models import Complaint, ComplaintQuerySet, ComplaintState
from qifu.enterprises import queries as enterprises
from qifu.enterprises.models import BindingState
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import PostKind, User
from qifu.web.desk.appeals.paging import (
    PAGE,
    Key,
    Order,
    Stretch,
    count,
    count_words,
    pager,
    stretch,
)
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.answers import page
from qifu.web.ui.dates import day_line, full_moment
from qifu.web.ui.gates import StaffRequest, staff_only

VIEWS = {
    "": ("待受理", ComplaintState.SENT),
    "taken-up": ("核实中", ComplaintState.TAKEN_UP),
    "answered": ("已办结", ComplaintState.ANSWERED),
    "all": ("全部", None),
}
TONES = {"SENT": "amber", "TAKEN_UP": "blue", "ANSWERED": "green"}
KEYS = ("submitted_at", "pk")
LABELS = (f"更新的{PAGE}件", f"更早的{PAGE}件")
WORDS = ("unit", "officer_name", "appeal", "words", "submitted_by")


class TakeUpForm(forms.Form):
    """What the person reads at once, if anything."""

    words = forms.CharField(
        label="给反映人的话",
        help_text="反映人会看到，可以不写。不要写会传出去的细节。",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """What the person reads at the end."""

    words = forms.CharField(
        label="答复",
        help_text="反映人会原样看到：核实了什么，怎么处理的。",
        error_messages={"required": "还没写答复。请写明核实的情况和处理，反映人会原样看到。"},
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@staff_only(PostKind.SUPERVISOR)
def index(request: StaffRequest) -> HttpResponse:
    """List what enterprises say of officers' conduct, the newest first."""
    user, at = request.user, now()
    show = request.GET.get("show", "")
    show = show if show in VIEWS else ""
    seen = _seen(user, at)
    state = VIEWS[show][1]
    rows = seen.filter(state=state) if state else seen
    found: Stretch[Complaint] = stretch(
        rows.select_related("unit", "officer_name"), _newest(seen), request.GET
    )
    total = count_words(len(found.rows) if found.is_whole else count(rows))
    context = {
        "title": "作风反映",
        "total": total,
        "when": f"{day_line(at)}更新",
        "views": [
            (name, f"?show={code}" if code else "?", code == show)
            for code, (name, _) in VIEWS.items()
        ],
        "rows": [_row(row) for row in found.rows],
        "nothing": "没有作风反映" if state is None else f"没有{VIEWS[show][0]}的作风反映",
        "pager": pager(found, request.GET, f"共{total}", labels=LABELS),
    }
    return page(request, "desk/conduct/index.html", context)


@staff_only(PostKind.SUPERVISOR)
def show(request: StaffRequest, number: str) -> HttpResponse:
    """Show one, and write down that it was opened."""
    row = found(request, number)
    record_reading(row, by=request.user, at=now())
    return shown(request, row)


def found(request: StaffRequest, number: str) -> Complaint:
    """Return the complaint of that number, if it is there for the person at all."""
    row = _seen(request.user, now()).filter(number=number).select_related(*WORDS).first()
    if row is None:
        raise Http404
    return row


def shown(
    request: StaffRequest, row: Complaint, form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """Show the page of one, with the form of the step that is next."""
    request.here = reverse("desk:complaints")  # type: ignore[attr-defined]
    steps = list(row.steps.select_related("words", "by").order_by("pk"))
    context: dict[str, Any] = {
        "title": f"作风反映 {row.number}",
        "complaint": row,
        "tone": TONES[row.state],
        "facts": _facts(row),
        "case_url": case_url(row.appeal.number) if row.appeal else "",
        "entries": [
            {
                "when": full_moment(step.at),
                "title": f"{step.get_state_display()}（{step.by}）",
                "sentence": step.words.body if step.words else "",
                "public": True,
            }
            for step in reversed(steps)
        ],
        "form": form or _next_form(row),
    }
    return page(request, "desk/conduct/detail.html", context, status=status)


def _next_form(row: Complaint) -> forms.Form | None:
    if row.state == ComplaintState.SENT:
        return TakeUpForm()
    return AnswerForm() if row.state == ComplaintState.TAKEN_UP else None


def _seen(user: User, at: datetime) -> ComplaintQuerySet:
    if not access.oversees(user):
        raise Http404
    return Complaint.objects.visible_to(user, local_date(at))


def _newest(seen: ComplaintQuerySet) -> Order[Complaint]:
    def find(said: str) -> Key | None:
        return seen.filter(number=said.replace("\x00", "")).values_list(*KEYS).first()

    return Order(KEYS, True, lambda row: row.number, find)


def _row(row: Complaint) -> dict[str, object]:
    return {
        "number": row.number,
        "unit": row.unit.short_name,
        "officer": _name(row),
        "state": (row.get_state_display(), TONES[row.state]),
        "when": full_moment(row.submitted_at),
    }


def _name(row: Complaint) -> str:
    return row.officer_name.body if row.officer_name is not None else ""


def _facts(row: Complaint) -> list[tuple[str, str]]:
    person = row.submitted_by
    bound = enterprises.own_bindings(person)
    firms = [each.enterprise.name for each in bound if each.state == BindingState.ACTIVE]
    return [
        ("反映人", f"{person}，{person.phone}"),
        ("企业", "、".join(firms) or "没有绑定企业"),
        ("单位", row.unit.name),
        ("干部", _name(row) or "没有写"),
        ("提交", full_moment(row.submitted_at)),
    ]
