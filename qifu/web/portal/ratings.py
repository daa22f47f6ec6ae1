"""Rating by the link of a message, without an account. A scanner that opens it rates nothing."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from qifu.appeals import links
from qifu.appeals.lifecycle import State
from qifu.organisations.furniture import county_of
from qifu.organisations.models import User
from qifu.web.portal.appeals.words import outcome_words
from qifu.web.portal.verdicts import Rater, VerdictForm
from qifu.web.ui.answers import Outcome, page, run, see_other
from qifu.web.ui.gates import OpenRequest, anyone


@anyone
def by_link(request: OpenRequest, token: str) -> HttpResponse:
    """Ask the holder of a link for his word, or say kindly why it is too late."""
    link = links.open_link(token)
    if link is None:
        raise Http404
    # The link names its county, whichever host it was opened at.
    request.county = county_of(link.answer.county)
    answer, appeal = link.answer, link.answer.appeal
    parts = appeal.assignments.select_related("unit").order_by("pk")
    form = VerdictForm(request.POST or None, parts=list(parts))
    outcome: Outcome[object] = Outcome(status=409 if request.method == "POST" else 200)
    if link.is_current:
        outcome = run(request, Rater(answer, form, _staff(request)), form)
    if outcome.done:
        return see_other(request, request.path)
    context = {
        "title": "评一评",
        "back_url": "/",
        "appeal": appeal,
        "answer": answer,
        "outcome": outcome_words(appeal),
        "form": form,
    }
    if link.is_current and appeal.state == State.TO_EVALUATE and outcome.status != 409:
        return page(request, "portal/ratings/form.html", context, status=outcome.status)
    context["why"] = _why(link)
    return page(request, "portal/ratings/shut.html", context, status=outcome.status)


def _staff(request: OpenRequest) -> User | None:
    # Whoever holds the link rates without an account; a clerk at the screen does not.
    user = request.user
    return user if isinstance(user, User) and user.is_staff_person else None


def _why(link: links.Link) -> str:
    if not link.is_current:
        return "recalled"
    return "rated" if link.answer.appeal.ratings.exists() else "closed"
