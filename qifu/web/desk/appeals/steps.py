"""How every verb's page finds its case, refuses, and goes on when the step is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect

from qifu.appeals.models import Answer, Appeal, Assignment
from qifu.kernel.errors import StaleState
from qifu.web.desk.appeals.cases import case_of
from qifu.web.desk.appeals.places import queue_url
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.answers import page, see_other
from qifu.web.ui.gates import StaffRequest
from qifu.web.ui.toasts import say

VERB = "desk/appeals/verb.html"
# What a verb's page shows of the case, and what the actions read of it.
STEP_WORDS = (
    "problem",
    "contact",
    "said_enterprise",
    "enterprise",
    "place",
    "category",
    "lead_unit",
)
GONE = "页面上的答复已经不是最新的一份。请回到诉求看最新的答复再办。"


def step_case(request: StaffRequest, number: str) -> Appeal:
    """Return the case that the step is about, as far as the person may see it."""
    case = case_of(request.user, number, *STEP_WORDS)
    request.here = queue_url(request.user, case.state, of_unit=False)  # type: ignore[attr-defined]
    return case


def not_now(case: Appeal, *, role: bool, sentence: str = "") -> HttpResponse:
    """Answer whoever opens a step that is not his, or that is over."""
    if not role:
        raise PermissionDenied(sentence)
    return HttpResponseRedirect(case_url(case.number))


def went(
    request: StaffRequest,
    sentence: str,
    to: str,
    *,
    undo: str = "",
    until: datetime | None = None,
) -> HttpResponse:
    """Say what was done, offer the way back while there is one, and go on (303)."""
    say(request, sentence, undo_url=undo, until=until)
    return see_other(request, to)


def verb_page(
    request: StaffRequest, case: Appeal, context: Mapping[str, Any], *, status: int
) -> HttpResponse:
    """Show the page of a verb: what it does, its fields, the enterprise's words beside it."""
    shown = {
        "case": case,
        "back_url": case_url(case.number),
        "title": f"{context['heading']} {case.number}",
        **context,
    }
    return page(request, VERB, shown, status=status)


def my_part(
    request: StaffRequest, case: Appeal, mine: Callable[[Assignment], bool]
) -> Assignment | None:
    """Return the part that the person means: of the named unit, else his, else any.

    Whose it is and whether it can be done now the action decides.
    """
    unit = request.POST.get("unit") or request.GET.get("unit") or ""
    every = parts_of(case)
    named = [part for part in every if part.unit.code == unit] or every
    own = [part for part in named if mine(part)]
    if own:
        here = queue_url(request.user, own[-1].state, of_unit=True)
        request.here = here or request.here  # type: ignore[attr-defined]
    found = own or named
    return found[-1] if found else None


def parts_of(case: Appeal) -> list[Assignment]:
    """Return the case's standing parts, each knowing its case."""
    parts = case.assignments.select_related("unit").exclude(state="TAKEN_BACK").order_by("pk")
    found = list(parts)
    for part in found:
        part.appeal = case
    return found


def meant_answer(case: Appeal, reference: str) -> Answer:
    """Return the answer that the page showed; a newer one must be read first.

    Raises:
        StaleState: there is no such answer, or not any more.
    """
    try:
        body = UUID(reference)
    except ValueError:
        raise StaleState(GONE) from None
    rows = case.answers.select_related("assignment__unit", "body").filter(body=body)
    answer = rows.first()
    if answer is None:
        raise StaleState(GONE)
    answer.appeal = case
    if answer.assignment is not None:
        answer.assignment.appeal = case
    return answer
