"""Coming in and going out: enterprises sign in with a code sent to their phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from qifu.enterprises.actions import bind_by_phone
from qifu.kernel.clock import now
from qifu.organisations.actions.phone_codes import confirm_code
from qifu.organisations.models import User
from qifu.web.portal.drafts import draft_of, hand_over, person_of
from qifu.web.portal.fields import mobile_field
from qifu.web.portal.phone_codes import ask_code, asked, code_url, forget_phone, phone_asked
from qifu.web.ui.answers import page, run, see_other, status_of
from qifu.web.ui.devices import remember
from qifu.web.ui.gates import PERSON_SIGN_IN, OpenRequest, anyone, safe_next
from qifu.web.ui.masks import mask_phone
from qifu.web.ui.toasts import say

BACKEND = "qifu.organisations.backends.CountyBackend"
HOME = "/"


class PhoneForm(forms.Form):
    phone = mobile_field(label="手机号", help_text="发6位验证码到这个号码，不用设密码。")


class CodeForm(forms.Form):
    code = forms.CharField(
        label="6位验证码",
        max_length=20,
        error_messages={
            "required": "还没填验证码。请填短信里的6位数字。",
            "max_length": "验证码只有6位数字。请核对短信。",
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input-short"}
        ),
    )


@never_cache
@anyone
def sign_in(request: OpenRequest) -> HttpResponse:
    """Ask for the phone and send it a code."""
    there = safe_next(request, HOME)
    if person_of(request):
        return see_other(request, there)
    form = PhoneForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = asked(request, form, "phone") if form.is_valid() else 422
        if not status:
            return see_other(request, code_url(there))
    context = {"title": "登录", "form": form, "next": there, "back_url": HOME}
    return page(request, "portal/sign_in/phone.html", context, status=status)


@never_cache
@anyone
def code(request: OpenRequest) -> HttpResponse:
    """Let in whoever types the code that his phone received."""
    there, phone = safe_next(request, HOME), phone_asked(request)
    if person_of(request):
        return see_other(request, there)
    if not phone:
        return see_other(request, PERSON_SIGN_IN)
    if "again" in request.POST:
        return _again(request, phone, there)
    form = CodeForm(request.POST or None)
    outcome = run(request, _opener(request, phone), form)
    if outcome.made is not None:
        _open_session(request, outcome.made)
        return remember(request, see_other(request, there), request.county.code, phone)
    return _code_page(request, form, there, outcome.status)


@anyone
def sign_out(request: OpenRequest) -> HttpResponse:
    """Close the session; asking by GET only leads home."""
    if request.method == "POST":
        logout(request)
        say(request, "已退出登录。")
    return see_other(request, HOME)


def _opener(request: OpenRequest, phone: str) -> Any:
    def act(*, code: str, at: datetime, by: object, key: str) -> User:
        return confirm_code(request.county.code, phone=phone, code=code, at=at)

    return act


def _open_session(request: OpenRequest, person: User) -> None:
    draft = draft_of(request)
    login(request, person, backend=BACKEND)
    # Invitations and the registered contact's phone take force now.
    bind_by_phone(person, at=now())
    hand_over(request, draft, person)
    forget_phone(request)


def _again(request: OpenRequest, phone: str, there: str) -> HttpResponse:
    refused = ask_code(request, phone)
    if refused is None:
        say(request, "验证码已经发出，请看最新的一条短信。")
        return see_other(request, code_url(there))
    asking = forms.Form(request.POST)
    asking.add_error(None, str(refused))
    return _code_page(request, CodeForm(), there, status_of(refused), asking)


def _code_page(
    request: OpenRequest,
    form: CodeForm,
    there: str,
    status: int,
    asking: forms.Form | None = None,
) -> HttpResponse:
    context = {
        "title": "填验证码",
        "form": form,
        "asking": asking or forms.Form(),
        "next": there,
        "phone": mask_phone(phone_asked(request)),
        "back_url": PERSON_SIGN_IN if there == HOME else there,
    }
    return page(request, "portal/sign_in/code.html", context, status=status)
