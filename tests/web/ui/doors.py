"""A few views behind each gate, only for these tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import include, path

from qifu.journal.deed import deed
from qifu.kernel.errors import DomainError, InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import PostKind, Unit
from qifu.web.ui import gates
from qifu.web.ui.answers import run, see_other
from tests.journal.conftest import a_unit


@gates.anyone
def who(request: gates.OpenRequest) -> HttpResponse:
    said = " ".join(str(message) for message in get_messages(request))
    return HttpResponse(f"{request.county.name} {request.user} {said}")


@gates.staff_only
def staff(request: gates.StaffRequest, number: str) -> HttpResponse:
    return HttpResponse(f"{request.user.name} {number}")


@gates.staff_only(PostKind.OFFICE_REVIEWER, PostKind.OFFICE_DIRECTOR)
def office(request: gates.StaffRequest) -> HttpResponse:
    return HttpResponse(request.user.name)


@gates.staff_arriving
def password(request: gates.StaffRequest) -> HttpResponse:
    return HttpResponse(request.user.name)


@gates.person_only
def person(request: gates.PersonRequest) -> HttpResponse:
    return HttpResponse(request.user.phone)


@gates.demo_only
def demo(request: gates.OpenRequest) -> HttpResponse:
    return HttpResponse("demo")


@gates.anyone
def refused(request: gates.OpenRequest) -> HttpResponse:
    raise PermissionDenied("只有县办可以交办。")


@gates.anyone
def broken(request: gates.OpenRequest) -> HttpResponse:
    raise RuntimeError("a fault")


class UnitForm(forms.Form):
    code = forms.CharField(max_length=10)


def found(*, code: str, by: Any, at: datetime, key: str) -> Unit:
    refusals: dict[str, DomainError] = {
        "stale": StaleState(),
        "barred": NotAllowed("只有县办可以设立单位。"),
        "field": InvalidInput("code", "代码不对。请核对。"),
        "other": InvalidInput("elsewhere", "别处不对。请核对。"),
        "no": DomainError("不行。请换一个。"),
    }
    if code in refusals:
        raise refusals[code]
    with deed("unit.founded", county="341524", by=by, at=at, key=key) as work:
        unit = work.add(a_unit(code))
        work.about(unit)
    return unit


@gates.anyone
def founding(request: gates.OpenRequest) -> HttpResponse:
    form = UnitForm(request.POST or None)
    outcome = run(request, found, form)
    if outcome.done:
        pk = outcome.made.pk if outcome.made else outcome.already and outcome.already.subject_id
        return see_other(request, f"/units/{pk}/")
    return HttpResponse(form.as_p(), status=outcome.status)


urlpatterns = [
    path("", include("qifu.web.ui.urls")),
    path("who/", who),
    path("desk/staff/<str:number>/", staff),
    path("desk/office/", office),
    path("desk/password/", password),
    path("desk/sign-in/", who),
    path("person/", person),
    path("demo/", demo),
    path("refused/", refused),
    path("broken/", broken),
    path("founding/", founding),
]

handler403 = "qifu.web.ui.failures.forbidden"
handler404 = "qifu.web.ui.failures.not_found"
handler500 = "qifu.web.ui.failures.broken"
