"""The letter that says it cannot be done, and what else the enterprise can do (办不成告知书)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse

from qifu.appeals.letters import letter_of
from qifu.kernel.clock import now
from qifu.web.portal.appeals.case import read_parts
from qifu.web.ui.answers import page
from qifu.web.ui.dates import full_date
from qifu.web.ui.gates import PersonRequest, person_only


@person_only
def letter(request: PersonRequest, number: str, letter: str) -> HttpResponse:
    """Show the letter to whoever may see the case, to be read or printed."""
    appeal, _ = read_parts(request.user, number, now())
    said = letter_of(appeal, letter)
    if said is None:
        raise Http404
    context = {
        "title": "办不成告知书",
        "letter": said,
        "on": full_date(said.on),
        "undone": full_date(said.undone_on) if said.undone_on else "",
        "back_url": reverse("portal:appeal", args=[appeal.number]),
    }
    return page(request, "portal/appeals/letter.html", context)
