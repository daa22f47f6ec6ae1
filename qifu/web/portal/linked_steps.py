"""What each link of the enterprise shows and does; nothing else of the case is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django import forms

from qifu.appeals.actions import extending, supplementing
from qifu.appeals.links import Door, Fate
from qifu.appeals.models import Extension, Supplement
from qifu.kernel.clock import now
from qifu.web.portal.appeals.asks import Ask, ExtensionObjectionForm, SupplementForm
from qifu.web.portal.appeals.words import by_when, outcome_words
from qifu.web.portal.verdicts import Rater, VerdictForm
from qifu.web.ui.gates import OpenRequest
from qifu.web.ui.link_pages import posted
from qifu.web.ui.uploads import posted_codes, receive, typed

ASK = "portal/links/ask.html"


@dataclass(frozen=True)
class Linked:
    """One step: its page, its form and the action that takes it."""

    template: str
    form: forms.Form
    act: Callable[..., object]
    context: Mapping[str, Any] = field(default_factory=dict)
    # A button that only changes the files was pressed.
    only_files: bool = False


def rate(request: OpenRequest, door: Door) -> Linked:
    """Ask for the verdict (评价)."""
    answer, appeal = door.answer, door.appeal
    parts = appeal.assignments.select_related("unit").order_by("pk")
    form = VerdictForm(posted(request), parts=list(parts))
    context = {
        "title": "评一评",
        "appeal": appeal,
        "answer": answer,
        "outcome": outcome_words(appeal),
    }
    return Linked("portal/links/rating.html", form, Rater(answer, form, None), context)


def rated(request: OpenRequest, door: Door) -> dict[str, Any] | None:
    """Say why there is nothing to rate any more; None where the plain page says it."""
    match door.fate:
        case Fate.RECALLED:
            why = "recalled"
        case Fate.USED | Fate.DONE:
            why = "rated" if door.appeal.ratings.exists() else "closed"
        case _:
            return None
    form = VerdictForm(posted(request), parts=[])
    return {"title": "评一评", "appeal": door.appeal, "form": form, "why": why, "back_url": "/"}


def supply(request: OpenRequest, door: Door) -> Linked:
    """Ask for what is missing (补充), with papers."""
    row = door.subject
    assert isinstance(row, Supplement)
    county = door.link.county
    uploads = receive(request, county=county, by=None, codes=posted_codes(request))
    if uploads.only_files:
        form = SupplementForm(initial=typed(request.POST, ("words",)), uploads=uploads)
    else:
        form = SupplementForm(posted(request), uploads=uploads)
    due = by_when(row.due_on, now())
    ask = Ask(
        "补充材料",
        f"{due}补上，补上以后接着办。不补也不会自动撤回，县办会打电话问您。",
        "补上",
        "",
        quote=row.words.body,
        quote_label="还差什么",
    )
    act = partial(supplementing.supply, row, files=uploads.rows)
    return Linked(ASK, form, act, _asked(door, ask), uploads.only_files)


def object_to_more_time(request: OpenRequest, door: Door) -> Linked:
    """Ask what the enterprise has against more time (不同意延期)."""
    row = door.subject
    assert isinstance(row, Extension)
    ask = Ask(
        "需要延长时间",
        f"县办批准单位多用{row.granted}个工作日。不同意可以写下来，县办会看，并打电话问您。",
        "提意见",
        "",
        quote=row.ruling.body if row.ruling else "",
        quote_label="县办批准的理由",
    )
    form = ExtensionObjectionForm(posted(request))
    return Linked(ASK, form, partial(extending.object_to_extension, row), _asked(door, ask))


def _asked(door: Door, ask: Ask) -> dict[str, Any]:
    return {"title": ask.title, "appeal": door.appeal, "ask": ask}
