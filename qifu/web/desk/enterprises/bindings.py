"""Those who speak for one enterprise: inviting, removing, naming the administrator."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qifu.enterprises import actions, queries
from qifu.enterprises.models import Binding, Enterprise
from qifu.enterprises.sight import SEARCHES
from qifu.organisations.models import User
from qifu.web.desk.enterprises.entries import show, visible
from qifu.web.desk.enterprises.forms import InvitationForm
from qifu.web.ui.answers import run, see_other
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.toasts import say


@staff_only(*SEARCHES)
@require_POST
def invitations(request: StaffRequest, number: str) -> HttpResponse:
    """Invite a phone to speak for the enterprise."""
    enterprise = visible(request, number)
    form = InvitationForm(request.POST)

    def invite(*, phone: str, by: User, at: datetime, key: str) -> Binding:
        return actions.invite(enterprise, phone, by=by, at=at, key=key)

    outcome = run(request, invite, form)
    if outcome.done:
        say(request, "已邀请。短信1分钟后发出，本人登录后生效。")
        return _back(request, enterprise)
    return show(request, enterprise, form=form, status=outcome.status)


@staff_only(*SEARCHES)
@require_POST
def end(request: StaffRequest, number: str, binding: str) -> HttpResponse:
    """End a binding, an invitation or a request."""
    enterprise = visible(request, number)
    found = _of(enterprise, binding)

    def remove(*, by: User, at: datetime, key: str) -> None:
        actions.remove_binding(found, by=by, at=at, key=key)

    outcome = run(request, remove)
    if outcome.done:
        say(request, "已解除，对方不能再代表这家企业。")
        return _back(request, enterprise)
    return show(request, enterprise, error=outcome.error, status=outcome.status)


@staff_only(*SEARCHES)
@require_POST
def admin(request: StaffRequest, number: str, binding: str) -> HttpResponse:
    """Make somebody the enterprise's administrator."""
    enterprise = visible(request, number)
    found = _of(enterprise, binding)

    def hand_over(*, by: User, at: datetime, key: str) -> None:
        actions.hand_over_admin(enterprise, found, by=by, at=at, key=key)

    outcome = run(request, hand_over)
    if outcome.done:
        say(request, "企业管理员已更换。")
        return _back(request, enterprise)
    return show(request, enterprise, error=outcome.error, status=outcome.status)


def _of(enterprise: Enterprise, number: str) -> Binding:
    found = queries.binding_of(enterprise, number)
    if found is None:
        raise Http404
    return found


def _back(request: StaffRequest, enterprise: Enterprise) -> HttpResponse:
    return see_other(request, reverse("desk:enterprise", args=[enterprise.number]))
