"""The first page: say it, what waits for you, what is under way, who is there for you."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.urls import reverse

from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal
from qifu.appeals.promises import handed_out_by, objection_until
from qifu.enterprises.lookup import Officer, paired_officers, spoken_for
from qifu.enterprises.models import Enterprise
from qifu.kernel.clock import local_date, now
from qifu.kernel.readings import Lamp
from qifu.organisations.models import User
from qifu.web.portal.appeals.index import Row, rows_of
from qifu.web.portal.appeals.words import Standing, day_writer
from qifu.web.portal.drafts import draft_of, person_of
from qifu.web.ui.answers import page
from qifu.web.ui.dates import portal_date
from qifu.web.ui.gates import OpenRequest, anyone

SHOWN = 5
# Where nothing goes on before the enterprise has spoken.
THEIR_TURN = (State.TO_EVALUATE, State.SUPPLEMENT)


@dataclass(frozen=True)
class Mine:
    """What is a person's own on the first page."""

    waiting: list[Row]
    doing: list[Row]
    every: int
    enterprises: list[Enterprise]
    officers: list[Officer]


@anyone
def home(request: OpenRequest) -> HttpResponse:
    """Show the first page, to somebody known or to anybody."""
    at, person = now(), person_of(request)
    county, draft = request.county, draft_of(request)
    context: dict[str, Any] = {
        "title": county.platform,
        "draft": draft,
        "raise_url": reverse(f"portal:raise-{draft.next_step()}"),
        "mine": _mine(person, at) if person else None,
        "told_by": portal_date(handed_out_by(county.code, at)),
        "is_staff": request.user.is_authenticated and person is None,
    }
    return page(request, "portal/home.html", context)


def _mine(person: User, at: datetime) -> Mine:
    today = local_date(at)
    cases = Appeal.objects.visible_to(person, today)
    enterprises = spoken_for(person, today)
    # Whatever is late stands on top.
    under_way = cases.open().with_words().order_by(F("due_on").asc(nulls_last=True), "-pk")
    doing = list(under_way.exclude(state__in=THEIR_TURN)[:SHOWN])
    theirs = list(under_way.filter(state__in=THEIR_TURN)[:SHOWN])
    written = {row.number: row for row in rows_of([*theirs, *doing], at)}
    return Mine(
        waiting=[*(written[each.number] for each in theirs), *_refused(person, at)],
        doing=[written[each.number] for each in doing],
        every=cases.count(),
        enterprises=enterprises,
        officers=paired_officers(enterprises, today),
    )


def _refused(person: User, at: datetime) -> list[Row]:
    """Return the declined cases with whose refusal one may still disagree."""
    today, say = local_date(at), day_writer(at)
    refused = Appeal.objects.visible_to(person, today).filter(state=State.DECLINED)
    rows = []
    for appeal in refused.with_words().prefetch_related("declines").order_by("-pk")[:SHOWN]:
        last = max(appeal.declines.all(), key=lambda row: row.pk)
        until = objection_until(last)
        if until is not None and today <= until:
            stands = Standing(Lamp.NONE, f"没有受理，{say(until)}前可以提不同意见")
            rows.append(Row(appeal.number, appeal.title, say(local_date(last.at)), stands))
    return rows
