"""How every verb's page finds its case, refuses, and goes on when the step is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from qifu.appeals import access
from qifu.appeals.models import Answer, Appeal, Assignment
from qifu.appeals.queries import STEP_WORDS, meant_answer, visible_parts
from qifu.kernel.clock import local_date, now
from qifu.kernel.errors import StaleState
from qifu.organisations.models import User
from qifu.web.desk.appeals.cases import case_of
from qifu.web.desk.appeals.places import queue_url
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.answers import page, see_other
from qifu.web.ui.gates import StaffRequest
from qifu.web.ui.toasts import say

VERB = "desk/appeals/verb.html"
ONLY_UNITS = "这一步由承办单位的专职人员来办。"
GONE = "页面上的答复已经不是最新的一份。请回到诉求看最新的答复再办。"


def step_case(request: StaffRequest, number: str, *more: str) -> Appeal:
    """Return the case that the step is about, as far as the person sees it, with `more` of it."""
    case = case_of(request.user, number, *STEP_WORDS, *more, office_clock=True)
    request.here = queue_url(request.user, case.state, of_unit=False)  # type: ignore[attr-defined]
    return case


def only(allowed: bool, sentence: str) -> None:
    """Turn away whoever sees the case but never takes this step, before reading his form.

    Raises:
        PermissionDenied: with the sentence that says who takes it.
    """
    if not allowed:
        raise PermissionDenied(sentence)


def over(case: Appeal) -> HttpResponse:
    """Lead whoever opens a step that is not to be taken now back to the case."""
    return HttpResponseRedirect(case_url(case.number))


def posted(request: StaffRequest) -> QueryDict | None:
    """Return what was sent; an empty form that was sent is not a form yet to be sent."""
    return request.POST if request.method == "POST" else None


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


def own_part(
    request: StaffRequest,
    number: str,
    mine: Callable[[User, Assignment], bool] = access.works_for,
) -> Assignment:
    """Return the part of the unit for which the person works, with its case, in one query.

    Some steps its leader takes as well: `mine` says whose it is. Whoever works for several
    names the unit. Whether it can be done now the action decides.

    Raises:
        Http404: he does not see the case.
        PermissionDenied: he sees it, but no unit of his has it.
    """
    user = request.user
    unit = request.POST.get("unit") or request.GET.get("unit") or ""
    every = visible_parts(user, number, local_date(now()))
    own = [part for part in every if mine(user, part)]
    named = [part for part in own if part.unit.code == unit] or own
    if not named:
        step_case(request, number)
        raise PermissionDenied(ONLY_UNITS)
    part = named[-1]
    request.here = queue_url(user, part.state, of_unit=True)  # type: ignore[attr-defined]
    return part


def shown_answer(request: StaffRequest, number: str) -> Answer:
    """Return the answer that the page showed; a newer one must be read first.

    Raises:
        Http404: the person does not see the case.
        StaleState: there is no such answer, or not any more.
    """
    try:
        reference = UUID(request.POST.get("answer", ""))
    except ValueError:
        reference = UUID(int=0)
    answer = meant_answer(request.user, number, reference, local_date(now()))
    if answer is None:
        step_case(request, number)
        raise StaleState(GONE)
    return answer
