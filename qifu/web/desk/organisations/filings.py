"""Filing a unit's leader and liaison with the office (备案), 二（一）."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from qifu.kernel.clock import local_date, now
from qifu.organisations import access
from qifu.organisations.actions.filing import file_unit
from qifu.organisations.models import PostKind, Unit
from qifu.organisations.models.people import EXACTLY_ONE
from qifu.organisations.queries import people_of
from qifu.organisations.registers import candidates
from qifu.web.desk.organisations.forms import FilingForm
from qifu.web.desk.organisations.reading import posted
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.toasts import say


@staff_only
def index(request: StaffRequest, code: str) -> HttpResponse:
    """Show who is named now, and file the same or others."""
    unit = get_object_or_404(Unit.objects.in_county(request.user.county), code=code)
    if not access.can_file(request.user, unit):
        raise PermissionDenied("只有本单位分管负责同志、专职人员和县办可以填报备案。")
    today = local_date(now())
    named = {post.kind: post.user_id for post in people_of(unit, EXACTLY_ONE, on=today)}
    anybody = access.can_file_anybody(request.user, unit)
    form = FilingForm(
        posted(request),
        initial={
            "leader": named.get(PostKind.RESPONSIBLE_LEADER),
            "liaison": named.get(PostKind.LIAISON),
        },
        people=candidates(unit, on=today, anybody=anybody),
        fixed=not access.can_file_others(request.user, unit),
    )
    outcome = run(request, file_unit, form, unit=unit)
    if outcome.done:
        say(request, f"{unit.short_name}已备案。")
        return see_other(request, reverse("desk:unit", args=[code]))
    context = {
        "title": f"{unit.short_name}备案",
        "unit": unit,
        "form": form,
        "fixed": not access.can_file_others(request.user, unit),
        "anybody": anybody,
        "back_url": reverse("desk:unit", args=[code]),
    }
    return page(request, "desk/organisations/filing.html", context, status=outcome.status)
