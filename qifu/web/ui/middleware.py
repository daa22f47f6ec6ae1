"""What happens around every page: which county it is of, and who is still at the screen."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from qifu.journal import reference
from qifu.kernel.clock import now
from qifu.organisations.furniture import county_of
from qifu.organisations.models import County

Answer = Callable[[HttpRequest], HttpResponse]

# Answers without asking the database who is there.
HEALTH = "/healthz/"
# Set by the parts of a page that ask again by themselves: nobody clicked.
BY_ITSELF = "Qifu-By-Itself"
CLICKED = "clicked"
# What somebody has begun to write waits for him to sign in again, as long as it would have.
BEGUN = ("draft", "_session_expiry")
HOSTS_KEPT = 60


class CountyMiddleware:
    """Sets `request.county`: the signed-in person's, else the host's, else the setting's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._hosts: dict[str, str] = {}
        self._read_at = -float(HOSTS_KEPT)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == HEALTH:
            return self.get_response(request)
        user: Any = request.user
        if user.is_authenticated:
            # The account's query has brought the stamp along.
            code, newest = user.county, user.reference_stamp or ""
        else:
            code = self._of_host(request)
            newest = reference.stamp(code)
        request.county = SimpleLazyObject(lambda: county_of(code))  # type: ignore[attr-defined]
        with reference.known(code, newest):
            return self.get_response(request)

    def _of_host(self, request: HttpRequest) -> str:
        if monotonic() - self._read_at >= HOSTS_KEPT:
            rows = County.objects.values_list("code", "hosts")
            self._hosts = {host: code for code, hosts in rows for host in hosts}
            self._read_at = monotonic()
        host = request.get_host().partition(":")[0].lower()
        code: str = self._hosts.get(host, settings.COUNTY)
        return code


class IdleMiddleware:
    """Signs out whoever has not clicked for a while (等保: 超时退出)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != HEALTH and request.user.is_authenticated:
            self._watch(request)
        return self.get_response(request)

    def _watch(self, request: HttpRequest) -> None:
        at = int(now().timestamp())
        idle = at - request.session.get(CLICKED, at)
        if idle > settings.IDLE_MINUTES * 60:
            begun = {slot: request.session[slot] for slot in BEGUN if slot in request.session}
            logout(request)
            request.session.update(begun)
            messages.info(
                request,
                f"您有{settings.IDLE_MINUTES}分钟没有操作，为安全起见已自动退出。"
                "请重新登录，没提交的文字还在。",
            )
        elif BY_ITSELF not in request.headers and (idle >= 60 or CLICKED not in request.session):
            # Once a minute is enough; every write is a query.
            request.session[CLICKED] = at


class HeadersMiddleware:
    """Adds what Django's own security headers leave out."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Pages differ by person: no proxy keeps them, and the browser asks before reuse.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response
