"""How a view answers: a page or its part, a step taken, a step refused.

Every step of a face passes `run`: the action decides, the form keeps what was typed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from qifu.kernel.clock import now
from qifu.kernel.errors import (
    AlreadyDone,
    DomainError,
    InvalidInput,
    NotAllowed,
    StaleState,
    TooOften,
)
from qifu.web.ui.templatetags.ui import ONCE_KEY, STALE

T = TypeVar("T")

STATUSES = ((StaleState, 409), (NotAllowed, 403), (TooOften, 429))


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of a step: done, or not yet with the status of the page to show.

    `made` is what the action returned, `already` what the same form made before.
    """

    done: bool = False
    status: int = 200
    made: T | None = None
    error: DomainError | None = None
    already: AlreadyDone | None = None


def run(
    request: HttpRequest, act: Callable[..., T], form: forms.BaseForm | None = None, **given: Any
) -> Outcome[T]:
    """Take the step that was posted, and tell what became of it.

    `act` is called with the form's values and `given` by name, and with `by`, `at` and
    `key`. Its refusal becomes the form's error; the same form a second time is done.
    """
    if request.method != "POST":
        return Outcome()
    if form is not None and not form.is_valid():
        return Outcome(status=422)
    values = {**(form.cleaned_data if form is not None else {}), **given}
    try:
        made = act(by=_who(request), at=now(), key=once(request), **values)
    except AlreadyDone as already:
        return Outcome(done=True, already=already)
    except DomainError as error:
        if form is not None:
            _put(form, error)
        return Outcome(status=status_of(error), error=error)
    return Outcome(done=True, made=made)


def once(request: HttpRequest, name: str = ONCE_KEY) -> str:
    """Return the one-time key of the form that was sent, bound to its sender and address.

    `name` is the key's own where one page sends several things, each with a key.
    Nobody meets another's step by guessing his key, and the key of one step is none of
    another's.
    """
    sent = request.POST.get(name, "")
    if not sent:
        return ""
    who = request.user.pk if request.user.is_authenticated else ""
    return hashlib.sha256(f"{who} {request.path} {sent}".encode()).hexdigest()


def see_other(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser on after a step (303), so that reloading does not repeat it."""
    if getattr(request, "htmx", None) and not request.htmx.boosted:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(url)
    answer = HttpResponseRedirect(url)
    answer.status_code = 303
    return answer


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page, or only the named part of it when htmx asks for that."""
    if part and _wants_part(request):
        template = f"{template}#{part}"
    answer = render(request, template, context, status=status)
    if part:
        patch_vary_headers(answer, ["HX-Request"])
    return answer


def _wants_part(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    # Going back, htmx wants the whole page again; a boosted link does, too.
    return bool(htmx) and not (htmx.history_restore_request or htmx.boosted)


def _who(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _put(form: forms.BaseForm, error: DomainError) -> None:
    field = error.field if isinstance(error, InvalidInput) else None
    code = STALE if isinstance(error, StaleState) else None
    form.add_error(field if field in form.fields else None, ValidationError(str(error), code=code))


def status_of(error: DomainError) -> int:
    """Return the status of a page on which a refusal is read."""
    for kind, status in STATUSES:
        if isinstance(error, kind):
            return status
    return 422
