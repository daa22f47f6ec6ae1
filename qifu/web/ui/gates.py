"""Gates (门): who may come to a view at all. Every view wears exactly one.

What may be done behind the gate is decided in the rooms: by `visible_to` and the actions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, overload
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from qifu.organisations.models import County, User, UserKind

P = ParamSpec("P")

STAFF_SIGN_IN = "/desk/sign-in/"
STAFF_SIGN_OUT = "/desk/sign-out/"
STAFF_PASSWORD = "/desk/password/"
PERSON_SIGN_IN = "/sign-in/"
PERSON_SIGN_OUT = "/sign-out/"


class FaceRequest(HttpRequest):
    """A request as every view of ours receives it."""

    county: County
    htmx: HtmxDetails


class OpenRequest(FaceRequest):
    """A request of somebody, signed in or not."""

    user: User | AnonymousUser


class StaffRequest(FaceRequest):
    """A request of a person of a unit."""

    user: User


class PersonRequest(FaceRequest):
    """A request of a person of an enterprise."""

    user: User


@dataclass(frozen=True, slots=True)
class Gate:
    """What a view lets in; the contract tests read it from `view.gate`."""

    kind: str
    posts: frozenset[str] = frozenset()


View = Callable[Concatenate[HttpRequest, P], HttpResponse]
OpenView = Callable[Concatenate[OpenRequest, P], HttpResponse]
StaffView = Callable[Concatenate[StaffRequest, P], HttpResponse]
PersonView = Callable[Concatenate[PersonRequest, P], HttpResponse]


def anyone(view: OpenView[P]) -> View[P]:
    """Let everybody in, signed in or not."""
    return _hang(Gate("anyone"), view, lambda request: None)


def demo_only(view: OpenView[P]) -> View[P]:
    """Let everybody in on a demonstration, and nobody anywhere else."""

    def check(request: HttpRequest) -> None:
        if not settings.DEMO:
            raise Http404

    return _hang(Gate("demo"), view, check)


def link_holders(view: OpenView[P]) -> View[P]:
    """Let whoever holds a one-time link in: the view itself asks what the link opens."""
    return _hang(Gate("link"), view, lambda request: None)


def person_only(view: PersonView[P]) -> View[P]:
    """Let persons of enterprises in."""

    def check(request: HttpRequest) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return to_sign_in(request, PERSON_SIGN_IN)
        _require(request.user, UserKind.ENTERPRISE)
        return None

    return _hang(Gate("person"), view, check)


@overload
def staff_only(view: StaffView[P], /) -> View[P]: ...


@overload
def staff_only(*posts: str) -> Callable[[StaffView[P]], View[P]]: ...


def staff_only(*given: Any) -> Any:
    """Let people of units in: all of them, or only holders of one of these posts."""
    if given and callable(given[0]):
        return _staff(frozenset(), given[0], newcomers=False)
    return lambda view: _staff(frozenset(given), view, newcomers=False)


def staff_arriving(view: StaffView[P]) -> View[P]:
    """Let people of units in, also those who have yet to choose a password of their own."""
    return _staff(frozenset(), view, newcomers=True)


def _staff(posts: frozenset[str], view: StaffView[P], *, newcomers: bool) -> View[P]:
    def check(request: HttpRequest) -> HttpResponse | None:
        user: Any = request.user
        if not user.is_authenticated:
            return to_sign_in(request, STAFF_SIGN_IN)
        _require(user, UserKind.STAFF)
        if user.must_change_password and not newcomers:
            return _to(request, STAFF_PASSWORD)
        if posts and not user.reach.has(*posts):
            raise Http404
        return None

    return _hang(Gate("staff", posts), view, check)


def to_sign_in(request: HttpRequest, door: str) -> HttpResponse:
    """Send somebody to sign in, and afterwards back to the page that he was on."""
    back = _page(request)
    return _to(request, f"{door}?{urlencode({'next': back})}" if back else door)


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Return where the person wanted to go, if that is a page of ours."""
    there = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return there if ours else otherwise


def _require(user: Any, kind: str) -> None:
    if user.kind != kind:
        raise Http404


def _page(request: HttpRequest) -> str:
    """Return the page at the screen: of a POST or a part of a page, the one it is on."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        return htmx.current_url_abs_path or ""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        return ""
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _to(request: HttpRequest, url: str) -> HttpResponse:
    # htmx would put the page that it is led to into the part that asked.
    htmx = getattr(request, "htmx", None)
    return HttpResponseClientRedirect(url) if htmx else HttpResponseRedirect(url)


def _hang(
    gate: Gate, view: Callable[..., HttpResponse], check: Callable[[HttpRequest], Any]
) -> Callable[..., HttpResponse]:
    @wraps(view)
    def gated(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        return check(request) or view(request, *args, **kwargs)

    gated.gate = gate  # type: ignore[attr-defined]
    return gated
