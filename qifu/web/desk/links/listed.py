"""The one-time links of a case: asking for one on one's own phone, and taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.actions import linking
from qifu.appeals.models import Appeal, Assignment, LinkStep, StepLink
from qifu.appeals.queries import links_known_to, visible_parts
from qifu.kernel.clock import local_date, now
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import ONLY_UNITS, only, posted, step_case, went
from qifu.web.ui.answers import page, run
from qifu.web.ui.dates import moment
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.masks import mask_name

TEMPLATE = "desk/links/index.html"
NEWEST = 50


@dataclass(frozen=True)
class Line:
    """One link: for which step and whom, and what became of it."""

    number: str
    step: str
    who: str
    made: str
    stands: str
    tone: str
    can_revoke: bool


class LinkForm(forms.Form):
    """Which step, of which of one's own units."""

    step = forms.ChoiceField(
        label="用手机办哪一步",
        widget=forms.RadioSelect,
        error_messages={
            "required": "还没选哪一步。请选一步。",
            "invalid_choice": "现在没有这一步，请重新选。",
        },
    )

    def __init__(self, *given: Any, steps: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["step"].choices = steps  # type: ignore[attr-defined]


@staff_only
def index(request: StaffRequest, number: str) -> HttpResponse:
    """Show the case's links, and send one to one's own phone."""
    user, at = request.user, now()
    case = step_case(request, number)
    parts = visible_parts(user, number, local_date(at))
    mine = {
        f"{part.unit.code}:{step.value}": (part, step)
        for part in parts
        for step in linking.next_steps(part, user, at)
    }
    if request.method == "POST":
        only(bool(mine), ONLY_UNITS)
    several = len({part.pk for part, _ in mine.values()}) > 1
    form = LinkForm(posted(request), steps=[(k, _label(*v, several)) for k, v in mine.items()])

    def send(*, step: str, **given: Any) -> StepLink:
        part, wanted = mine[step]
        return linking.send_link(wanted, part, to=user, at=given["at"], key=given["key"])

    outcome = run(request, send, form)
    if outcome.done:
        return went(request, "链接已发到您的手机，只能用一次。", case_url(number, "links"))
    context = {
        "title": f"免登链接 {number}",
        "case": case,
        "back_url": case_url(number),
        "form": form,
        "may_ask": bool(mine),
        "has_phone": bool(user.phone),
        "lines": _lines(request, case),
        "newest": NEWEST,
    }
    return page(request, TEMPLATE, context, status=outcome.status)


@staff_only
@require_POST
def revocations(request: StaffRequest, number: str, link: str) -> HttpResponse:
    """Take a link back (作废)."""
    case = step_case(request, number)
    row = _rows(request, case).filter(number=link).first()
    if row is None:
        raise Http404
    outcome = run(request, partial(linking.revoke, row))
    if outcome.error is not None:
        return refused(request, outcome.error)
    return went(request, "链接已作废，打不开了。", case_url(number, "links"))


def _rows(request: StaffRequest, case: Appeal) -> Any:
    """Return the links that the reader may know of: the office all, others their own."""
    office = access.is_office(request.user)
    return links_known_to(request.user, case, all_of_them=office)


def _lines(request: StaffRequest, case: Appeal) -> list[Line]:
    rows = _rows(request, case)[:NEWEST]
    return [_line(request, link) for link in rows]


def _line(request: StaffRequest, link: StepLink) -> Line:
    stands, tone = _stands(link)
    holder = link.person
    is_live = link.used_at is None and link.revoked_at is None
    own = link.person_id == request.user.pk
    return Line(
        number=link.number,
        step=link.get_step_display(),
        who=str(holder) if holder else f"企业联系人{mask_name(link.appeal.contact.heading)}",
        made=moment(link.made_at),
        stands=stands,
        tone=tone,
        can_revoke=is_live and (own or access.is_clerk(request.user)),
    )


def _stands(link: StepLink) -> tuple[str, str]:
    if link.used_at is not None:
        return f"{moment(link.used_at)}已用", "green"
    if link.revoked_at is not None:
        return f"{moment(link.revoked_at)}作废", "grey"
    if link.expires_at <= now():
        return f"{moment(link.expires_at)}过期", "grey"
    if link.opened_at is not None:
        return f"打开过{link.openings}次，还没办", "blue"
    return "还没打开", "amber"


def _label(part: Assignment, step: LinkStep, several: bool) -> str:
    return f"{step.label}（{part.unit.short_name}）" if several else step.label
