"""Asking for a code and remembering, in the session, to which phone it went."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest

from qifu.kernel.clock import now
from qifu.kernel.errors import DomainError, InvalidInput
from qifu.organisations.actions.phone_codes import JustSent, request_code
from qifu.web.ui.answers import status_of
from qifu.web.ui.devices import device_of
from qifu.web.ui.gates import FaceRequest
from qifu.web.ui.visitors import source_address

SLOT = "phone_asked"
CODE = "/sign-in/code/"


def ask_code(request: FaceRequest, phone: str) -> DomainError | None:
    """Send a code to the phone, or return why not.

    Asked twice within a minute, as by a double click, the code that has left will do.
    """
    try:
        county = request.county.code
        device = device_of(request, county, phone)
        request_code(county, phone=phone, at=now(), ip=source_address(request), device=device)
    except JustSent:
        pass
    except DomainError as refused:
        return refused
    request.session[SLOT] = phone
    return None


def asked(request: FaceRequest, form: forms.Form, name: str) -> int:
    """Send a code to the phone that a form's field names; return 0 once it has left.

    Else the form says why not, and the status of its page is returned.
    """
    refused = ask_code(request, form.cleaned_data[name])
    if refused is None:
        return 0
    form.add_error(name if isinstance(refused, InvalidInput) else None, str(refused))
    return status_of(refused)


def phone_asked(request: HttpRequest) -> str:
    """Return the phone to which this session's code went."""
    return str(request.session.get(SLOT, ""))


def forget_phone(request: HttpRequest) -> None:
    """Forget the phone: its code has been used."""
    request.session.pop(SLOT, None)


def code_url(onward: str) -> str:
    """Return where the code is typed in, and where that leads."""
    return f"{CODE}?{urlencode({'next': onward})}"
