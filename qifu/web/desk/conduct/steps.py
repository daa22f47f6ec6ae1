"""受理、办结: what a supervisor does about a complaint."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qifu.conduct import actions
from qifu.organisations.models import PostKind
from qifu.web.desk.conduct.complaints import AnswerForm, TakeUpForm, found, shown
from qifu.web.ui.answers import run, see_other
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.toasts import say


@staff_only(PostKind.SUPERVISOR)
@require_POST
def acceptances(request: StaffRequest, number: str) -> HttpResponse:
    """Take it up (受理)."""
    row = found(request, number)
    form = TakeUpForm(request.POST)
    outcome = run(request, partial(actions.take_up, row), form)
    if not outcome.done:
        return shown(request, row, form, outcome.status)
    say(request, "已受理，反映人会收到短信，短信里不写内容。")
    return see_other(request, reverse("desk:complaint", args=[row.number]))


@staff_only(PostKind.SUPERVISOR)
@require_POST
def answers(request: StaffRequest, number: str) -> HttpResponse:
    """End it with an answer (办结)."""
    row = found(request, number)
    form = AnswerForm(request.POST)
    outcome = run(request, partial(actions.answer, row), form)
    if not outcome.done:
        return shown(request, row, form, outcome.status)
    say(request, "已办结，反映人登录后看得到答复。")
    return see_other(request, reverse("desk:complaints"))
