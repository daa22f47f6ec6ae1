"""People who ask: each with a session of his own and one connection that stays open."""

from __future__ import annotations

import http.client
import time
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from urllib.parse import quote, urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from qifu.kernel.clock import now
from qifu.organisations.models import User
from qifu.web.portal.drafts import SLOT, Draft
from qifu.web.ui.middleware import CLICKED
from qifu.web.ui.sessions import SessionStore
from qifu.web.ui.templatetags.ui import ONCE_KEY
from tests.bench.measuring.floors import COUNT

TOKEN = "b" * 32


class NotAsExpected(Exception):
    """A page or step answered otherwise than it should: nothing measured would be true."""


@dataclass(frozen=True)
class Ask:
    """One request: who, where, and what is posted."""

    session: str
    path: str
    form: Mapping[str, str] | None = None


@dataclass
class Times:
    """How long requests took, in milliseconds, and how many came back in a second."""

    each: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def quantile(self, share: float) -> float:
        ordered = sorted(self.each)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    @property
    def rate(self) -> float:
        return len(self.each) / self.seconds


def session_of(user: User, draft: Draft | None = None) -> str:
    """Return the cookie of somebody who is signed in, with what he has begun to write."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "qifu.organisations.backends.CountyBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store[CLICKED] = int(now().timestamp())
    if draft is not None:
        store[SLOT] = asdict(draft)
    store.save()
    return str(store.session_key)


class Visitor:
    """One connection."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def ask(self, ask: Ask, *, count: bool = False) -> tuple[float, int, int]:
        """Return the milliseconds, the queries (if counted) and the bytes of one answer."""
        headers = {"Cookie": f"sessionid={ask.session}; csrftoken={TOKEN}"}
        if count:
            headers[COUNT] = "1"
        body = None
        if ask.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrfmiddlewaretoken": TOKEN, ONCE_KEY: uuid.uuid4().hex, **ask.form})
        address = quote(ask.path, safe="/?&=")
        begun = time.perf_counter()
        self.line.request("GET" if body is None else "POST", address, body, headers)
        answer = self.line.getresponse()
        size = 0
        while piece := answer.read(65536):
            size += len(piece)
        took = (time.perf_counter() - begun) * 1000
        good = (200,) if body is None or ask.path.endswith("/export/") else (303,)
        if answer.status not in good or "sign-in" in (answer.headers["Location"] or ""):
            where = f"{answer.status} {answer.headers['Location'] or ''}"
            raise NotAsExpected(f"{ask.path} answered {where}, where it ought to be {good[0]}.")
        return took, int(answer.headers[COUNT] or 0), size


def at_once(port: int, asks: Sequence[Ask], people: int) -> Times:
    """Let so many people ask at once, each the next when he has his answer."""
    times = Times()
    shares = [asks[place::people] for place in range(people)]

    def browse(share: Sequence[Ask]) -> list[float]:
        visitor = Visitor(port)
        return [visitor.ask(ask)[0] for ask in share]

    begun = time.perf_counter()
    with ThreadPoolExecutor(people) as pool:
        for took in pool.map(browse, shares):
            times.each += took
    times.seconds = time.perf_counter() - begun
    return times


def counted(port: int, ask: Ask) -> tuple[int, int]:
    """Return the queries and the bytes of one answer."""
    _, queries, size = Visitor(port).ask(ask, count=True)
    return queries, size
