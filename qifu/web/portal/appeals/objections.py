"""Disagreeing with a refusal (异议): once, in time, with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from qifu.appeals.actions.accepting import object_to_decline
from qifu.appeals.actions.texts import required
from qifu.appeals.models import Objection
from qifu.kernel.clock import now
from qifu.web.portal.appeals.case import declined_words, read_parts
from qifu.web.portal.fields import CheckedField
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.gates import PersonRequest, person_only
from qifu.web.ui.toasts import say


class ObjectionForm(forms.Form):
    words = CheckedField(
        lambda words: required("words", words, "还没写理由。请写明为什么应当受理。"),
        label="为什么应当受理",
        help_text="照实写，有什么依据也写上。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@person_only
def objections(request: PersonRequest, number: str) -> HttpResponse:
    """Ask why the office should take the case on after all, and take it down."""
    at = now()
    appeal, _ = read_parts(request.user, number, at)
    form = ObjectionForm(request.POST or None)

    def act(*, words: str, at: datetime, by: Any, key: str) -> Objection:
        return object_to_decline(appeal, words, by=by, at=at, key=key)

    outcome = run(request, act, form)
    back_url = reverse("portal:appeal", args=[number])
    if outcome.done:
        say(request, "您的意见已交县办，县办会重新看。")
        return see_other(request, back_url)
    context = {
        "title": "提不同意见",
        "back_url": back_url,
        "appeal": appeal,
        "declined": declined_words(request.user, appeal, at),
        "form": form,
    }
    return page(request, "portal/appeals/objection.html", context, status=outcome.status)
