"""The enterprise's own list, newest first, turned over by keys and not by page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpResponse

from qifu.appeals.lifecycle import ENDED
from qifu.appeals.models import Appeal, AppealQuerySet
from qifu.appeals.promises import promises
from qifu.kernel.clock import local_date, now
from qifu.web.portal.appeals.words import Standing, day_writer, standing
from qifu.web.ui.answers import page
from qifu.web.ui.gates import PersonRequest, person_only
from qifu.web.ui.lists import Pager

PAGE = 20
OPEN, ENDED_VIEW = "open", "ended"


@dataclass(frozen=True)
class Row:
    """One case in a list."""

    number: str
    title: str
    when: str
    stands: Standing


@dataclass(frozen=True)
class Stretch:
    """One page of the list and whether there is more on either side."""

    appeals: list[Appeal]
    newer: bool
    older: bool


@person_only
def index(request: PersonRequest) -> HttpResponse:
    """Show what the person may see: his own and those of the enterprises he speaks for."""
    at = now()
    mine = Appeal.objects.visible_to(request.user, local_date(at))
    counted = mine.aggregate(every=Count("pk"), ended=Count("pk", filter=Q(state__in=ENDED)))
    view = request.GET.get("view", "")
    narrowed = _narrowed(mine, view)
    stretch = turn(
        narrowed.with_words(),
        after=_place(mine, request.GET.get("after", "")),
        before=_place(mine, request.GET.get("before", "")),
    )
    context = {
        "title": "我的诉求",
        "rows": rows_of(stretch.appeals, at),
        "view": view,
        "views": _views(view, counted),
        "pager": _pager(stretch, view),
        "any": counted["every"],
    }
    return page(request, "portal/appeals/index.html", context)


def rows_of(appeals: list[Appeal], at: datetime) -> list[Row]:
    """Write the cases as rows, with one query for all their clocks."""
    say = day_writer(at)
    promised = promises(appeals, at, say)
    return [
        Row(
            appeal.number,
            appeal.title,
            say(local_date(appeal.submitted_at)),
            standing(appeal, promised[appeal.pk], at),
        )
        for appeal in appeals
    ]


def turn(
    cases: AppealQuerySet, *, after: AppealQuerySet | None, before: AppealQuerySet | None
) -> Stretch:
    """Return the stretch that follows a case, or precedes it, newest first."""
    if before is not None:
        found = list(cases.filter(pk__gt=before).order_by("pk")[: PAGE + 1])
        return Stretch(found[:PAGE][::-1], newer=len(found) > PAGE, older=True)
    if after is not None:
        cases = cases.filter(pk__lt=after)
    found = list(cases.order_by("-pk")[: PAGE + 1])
    return Stretch(found[:PAGE], newer=after is not None, older=len(found) > PAGE)


def _place(mine: AppealQuerySet, number: str) -> AppealQuerySet | None:
    # A subquery: turning the page costs no query more.
    if not number or "\x00" in number:
        return None
    return mine.filter(number=number).values("pk")[:1]  # type: ignore[return-value]


def _narrowed(cases: AppealQuerySet, view: str) -> AppealQuerySet:
    if view == OPEN:
        return cases.open()
    return cases.filter(state__in=ENDED) if view == ENDED_VIEW else cases


def _views(view: str, counted: dict[str, int]) -> list[dict[str, object]]:
    every, ended = counted["every"], counted["ended"]
    shelves = (("", "全部", every), (OPEN, "在办", every - ended), (ENDED_VIEW, "已办结", ended))
    return [
        {
            "label": label,
            "count": count,
            "url": f"?{urlencode({'view': code})}" if code else "/appeals/",
            "current": code == view,
        }
        for code, label, count in shelves
    ]


def _pager(stretch: Stretch, view: str) -> Pager:
    if not stretch.appeals or not (stretch.newer or stretch.older):
        return Pager()

    def url(side: str, appeal: Appeal) -> str:
        return "?" + urlencode({**({"view": view} if view else {}), side: appeal.number})

    first, last = stretch.appeals[0], stretch.appeals[-1]
    return Pager(
        before_url=url("before", first) if stretch.newer else "",
        after_url=url("after", last) if stretch.older else "",
        before_label="更新的",
        after_label="更早的",
        says=f"{first.number}到{last.number}",
    )
