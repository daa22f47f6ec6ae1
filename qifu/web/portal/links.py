"""One-time links of the enterprise: rating, supplying, objecting, without an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from qifu.appeals import links
from qifu.appeals.actions import linking
from qifu.appeals.links import Door, Fate
from qifu.appeals.models import LinkStep
from qifu.kernel.clock import now
from qifu.organisations.furniture import county_of
from qifu.organisations.models import User
from qifu.web.portal.linked_steps import Linked, object_to_more_time, rate, rated, supply
from qifu.web.ui.answers import Outcome, page, run, see_other
from qifu.web.ui.gates import OpenRequest, link_holders
from qifu.web.ui.link_pages import REASONS, UNKNOWN, is_peeking, sealed, shut

SENT = "新的链接已发到您反映问题时留的手机号，请用最新的一条短信。"
PAGES: dict[str, Callable[[OpenRequest, Door], Linked]] = {
    LinkStep.RATE: rate,
    LinkStep.SUPPLY: supply,
    LinkStep.OBJECT: object_to_more_time,
}


@link_holders
def by_link(request: OpenRequest, token: str) -> HttpResponse:
    """Open the one step of a link, or say kindly why it is too late."""
    if is_peeking(request):
        return sealed(HttpResponse())
    door = links.open_door(token, now(), enterprise=True)
    if door is None:
        return shut(request, UNKNOWN, status=404)
    # The link names its county, whichever host it was opened at.
    request.county = county_of(door.link.county)
    if request.method == "POST":
        _refuse_staff(request)
        return _again(request, door) if "again" in request.POST else _taken(request, door)
    if door.fate is not Fate.OPEN:
        return _shut(request, door, status=200)
    linking.visit(door.link, at=now())
    return _shown(request, PAGES[door.link.step](request, door), status=200)


def _taken(request: OpenRequest, door: Door) -> HttpResponse:
    if door.fate not in (Fate.OPEN, Fate.USED):
        return _shut(request, door, status=409)
    linked = PAGES[door.link.step](request, door)
    if linked.only_files:
        return _shown(request, linked, status=422 if linked.form.errors else 200)
    outcome = _run(request, door, linked.form, linked.act)
    if outcome.done:
        return sealed(see_other(request, request.path))
    if outcome.status == 409:
        return _shut(request, links.door_of(door.link, now()), status=409)
    return _shown(request, linked, status=outcome.status)


def _run(
    request: OpenRequest, door: Door, form: forms.Form, act: Callable[..., object]
) -> Outcome[object]:
    def use(**given: Any) -> object:
        return linking.use(door.link, act, **given)

    return run(request, use, form)


def _shown(request: OpenRequest, linked: Linked, *, status: int) -> HttpResponse:
    context = {**linked.context, "form": linked.form, "back_url": ""}
    return sealed(page(request, linked.template, context, status=status))


def _shut(request: OpenRequest, door: Door, *, status: int) -> HttpResponse:
    if door.link.step == LinkStep.RATE and (said := rated(request, door)):
        return sealed(page(request, "portal/ratings/shut.html", said, status=status))
    return shut(request, REASONS.get(door.fate, UNKNOWN), status=status)


def _again(request: OpenRequest, door: Door) -> HttpResponse:
    outcome = run(request, lambda **given: linking.ask_again(door, at=given["at"]))
    reason = REASONS.get(door.fate, UNKNOWN)
    if outcome.done:
        return shut(request, reason, status=200, sent=SENT)
    return shut(request, reason, status=outcome.status, error=str(outcome.error or ""))


def _refuse_staff(request: OpenRequest) -> None:
    # Whoever holds the link acts without an account; a clerk at the screen does not.
    user = request.user
    if isinstance(user, User) and user.is_staff_person:
        raise PermissionDenied("工作人员不能替企业评价或补充。请企业自己打开链接办理。")
