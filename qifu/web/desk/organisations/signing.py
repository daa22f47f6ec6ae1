"""Coming in and going out: staff sign in with login and password."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import login as open_session
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from qifu.kernel.clock import local_date, now
from qifu.organisations.actions.accounts import change_password
from qifu.organisations.actions.signing_in import sign_in as sign_in_to
from qifu.organisations.demonstration import PASSWORD, shown_accounts
from qifu.organisations.models import User
from qifu.web.desk.organisations.forms import PasswordForm, SignInForm
from qifu.web.desk.organisations.reading import posted
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.devices import device_of, remember
from qifu.web.ui.gates import (
    STAFF_PASSWORD,
    STAFF_SIGN_IN,
    OpenRequest,
    StaffRequest,
    anyone,
    safe_next,
    staff_arriving,
)
from qifu.web.ui.toasts import say
from qifu.web.ui.visitors import source_address

HOME = "/desk/"
BACKEND = "qifu.organisations.backends.CountyBackend"


@never_cache
@sensitive_post_parameters("password")
@anyone
def sign_in(request: OpenRequest) -> HttpResponse:
    """Open a session for whoever knows login and password."""
    there = safe_next(request, HOME)
    if request.user.is_authenticated and request.user.is_staff_person:
        return see_other(request, there)
    form = SignInForm(posted(request), initial={"login": request.GET.get("login", "")})
    outcome = run(request, _opener(request), form)
    if outcome.done and outcome.made is not None:
        user = outcome.made
        county = request.county.code
        open_session(request, user, backend=BACKEND)
        answer = see_other(request, STAFF_PASSWORD if user.must_change_password else there)
        return remember(request, answer, county, user.login)
    context = {"title": "登录", "form": form, "next": there, **_demonstration(request)}
    return page(request, "desk/organisations/sign_in.html", context, status=outcome.status)


def _demonstration(request: OpenRequest) -> dict[str, Any]:
    if not (settings.DEMO and request.county.demo):
        return {}
    people = shown_accounts(request.county.code, on=local_date(now()))
    return {"people": people, "demo_password": PASSWORD}


def _opener(request: OpenRequest) -> Any:
    def act(*, login: str, password: str, at: datetime, by: object, key: str) -> User:
        county, source = request.county.code, source_address(request)
        device = device_of(request, county, login)
        return sign_in_to(county, login=login, password=password, at=at, ip=source, device=device)

    return act


@staff_arriving
def sign_out(request: StaffRequest) -> HttpResponse:
    """Close the session; asking by GET only leads to the door."""
    if request.method == "POST":
        logout(request)
        say(request, "已退出登录。")
    return see_other(request, STAFF_SIGN_IN)


@never_cache
@sensitive_post_parameters("old", "new", "again")
@staff_arriving
def password(request: StaffRequest) -> HttpResponse:
    """Let somebody choose a password of the own."""
    form = PasswordForm(posted(request))
    # A row of its own: the request's user is read once more after the change.
    me = User.objects.in_county(request.user.county).get(pk=request.user.pk)
    outcome = run(request, change_password, form, user=me)
    if outcome.done:
        # The session is bound to the password; all the others end.
        update_session_auth_hash(request, me)
        say(request, "密码已改，其他地方的登录已退出。")
        return see_other(request, HOME)
    context = {
        "title": "改密码",
        "login": me.login,
        "form": form,
        "first": request.user.must_change_password,
        "back_url": "" if request.user.must_change_password else HOME,
    }
    return page(request, "desk/organisations/password.html", context, status=outcome.status)
