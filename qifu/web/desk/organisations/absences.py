"""Who is away and who stands in (AB 岗): the list, entering, naming a deputy, coming back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from qifu.kernel.clock import local_date, now
from qifu.organisations import access
from qifu.organisations.absences import (
    colleagues,
    seats_of_deputies,
    seats_to_enter,
    visible_absences,
)
from qifu.organisations.actions import absences as actions
from qifu.organisations.models import Absence, Post, User
from qifu.web.desk.organisations.leaving_forms import AbsenceForm, DeputyForm, days
from qifu.web.desk.organisations.reading import posted
from qifu.web.desk.organisations.tabs import leaving_tabs, stand_at_absences
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.toasts import say


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """List who is away and who stands in; those without a deputy first (外出)."""
    user, today = request.user, local_date(now())
    rows = [_row(away, user, today) for away in visible_absences(user, today)]
    context = {
        "title": "外出与代班",
        "tabs": leaving_tabs("absences"),
        "rows": rows,
        "uncovered": sum(not row["deputy"] for row in rows),
        "sees_all": access.sees_all_absences(user),
    }
    return page(request, "desk/organisations/absences.html", context)


@staff_only
def new(request: StaffRequest) -> HttpResponse:
    """Enter that somebody is away (登记外出)."""
    stand_at_absences(request)
    today = local_date(now())
    seats = seats_to_enter(request.user, today)
    form = AbsenceForm(
        posted(request),
        seats=seats,
        deputies=seats_of_deputies(seats, today),
        initial={"first": today},
    )
    outcome = run(request, _enter, form)
    if outcome.done:
        say(request, "已登记外出。期间的通知发给代班人，时限照常计算。")
        return see_other(request, reverse("desk:absences"))
    context = {
        "title": "登记外出",
        "form": form,
        "label": "登记",
        "effect": "外出期间，代班人看得到、办得了本岗的事，通知也发给代班人。时限不停。",
        "back_url": reverse("desk:absences"),
    }
    return page(request, "desk/organisations/step.html", context, status=outcome.status)


@staff_only
def deputies(request: StaffRequest, number: str) -> HttpResponse:
    """Name who stands in, or somebody else (定代班人)."""
    stand_at_absences(request)
    away = _absence(request, number)
    if not access.can_enter_absence(request.user, away.user, away.unit):
        raise PermissionDenied(actions.ONLY)
    people = colleagues(away.unit, max(away.valid_from, local_date(now())))
    form = DeputyForm(posted(request), people=people.exclude(pk=away.user_id).order_by("name"))
    outcome = run(request, actions.name_deputy, form, away=away)
    if outcome.done:
        say(request, f"{away.user.name}外出期间的代班人已定。")
        return see_other(request, reverse("desk:absences"))
    context = {
        "title": f"{away.user.name}外出期间谁代班",
        "form": form,
        "label": "定下",
        "effect": f"{away.unit.short_name}，{days(away.valid_from, away.last_day)}。"
        "定下后通知代班人；原来的代班人不再代。",
        "back_url": reverse("desk:absences"),
    }
    return page(request, "desk/organisations/step.html", context, status=outcome.status)


@require_POST
@staff_only
def endings(request: StaffRequest, number: str) -> HttpResponse:
    """End an absence early, or call it off before it begins (提前返岗)."""
    away = _absence(request, number)
    outcome = run(request, actions.end_early, away=away)
    if outcome.error is not None:
        return refused(request, outcome.error)
    say(request, f"{away.user.name}已返岗，代班到此为止。")
    return see_other(request, reverse("desk:absences"))


def _absence(request: StaffRequest, number: str) -> Absence:
    rows = visible_absences(request.user, local_date(now()))
    return get_object_or_404(rows, number=number)


def _enter(
    *,
    seat: Post,
    first: date,
    last: date,
    reason: str,
    deputy: User | None,
    by: User,
    at: datetime,
    key: str,
) -> Absence:
    said = actions.Days(first, last, reason)
    return actions.enter(seat.user, seat.unit, said, deputy=deputy, by=by, at=at, key=key)


def _row(away: Absence, viewer: User, today: date) -> dict[str, Any]:
    is_now = away.is_in_force(today)
    return {
        "number": away.number,
        "name": away.user.name,
        "unit": away.unit.short_name,
        "days": days(away.valid_from, away.last_day),
        "reason": away.get_reason_display(),
        "state": ("外出中", "amber") if is_now else ("未开始", "grey"),
        "ending": "提前返岗" if is_now else "取消",
        "deputy": away.deputy.name if away.deputy else "",
        "is_mine": away.deputy_id == viewer.pk,
        "can_change": access.can_enter_absence(viewer, away.user, away.unit),
    }
