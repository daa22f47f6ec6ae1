"""Rating a case that one follows: looking asks, only sending rates."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from qifu.appeals import access
from qifu.appeals.lifecycle import State
from qifu.kernel.clock import now
from qifu.web.portal.appeals.case import read_answered
from qifu.web.portal.appeals.words import outcome_words
from qifu.web.portal.verdicts import Rater, VerdictForm
from qifu.web.ui.answers import Outcome, page, run, see_other
from qifu.web.ui.gates import PersonRequest, person_only
from qifu.web.ui.toasts import say

THANKS = "评价已收到，谢谢您。"


@person_only
def rating(request: PersonRequest, number: str) -> HttpResponse:
    """Ask for the enterprise's word on one case, and take it."""
    appeal, parts, answer = read_answered(request.user, number, now())
    back_url = reverse("portal:appeal", args=[number])
    form = VerdictForm(request.POST or None, parts=parts)
    # An answer that was taken back meanwhile is not there to be rated.
    outcome: Outcome[object] = Outcome(status=409 if request.method == "POST" else 200)
    if answer is not None:
        outcome = run(request, Rater(answer, form, request.user), form)
    if outcome.done:
        say(request, THANKS)
        return see_other(request, back_url)
    context = {
        "title": "评一评",
        "back_url": back_url,
        "appeal": appeal,
        "answer": answer,
        "outcome": outcome_words(appeal),
        "form": form,
    }
    if access.can_rate(request.user, appeal) and outcome.status != 409:
        return page(request, "portal/ratings/form.html", context, status=outcome.status)
    why = "rated" if appeal.state == State.CLOSED and appeal.ratings.exists() else "closed"
    context["why"] = why if appeal.state == State.CLOSED else "not-yet"
    return page(request, "portal/ratings/shut.html", context, status=outcome.status)
