"""The on-screen 信箱 of a demonstration: what would have gone to people's phones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse

from qifu.kernel.clock import now
from qifu.notices.models import AddressKind, Notice, State
from qifu.notices.registry import registry
from qifu.organisations.models import PostKind, Unit
from qifu.web.ui import answers
from qifu.web.ui.dates import moment
from qifu.web.ui.gates import OpenRequest, demo_only

NEWEST = 50
TONES = {
    State.QUEUED: "amber",
    State.SENDING: "blue",
    State.SENT: "green",
    State.DELIVERED: "green",
    State.FAILED: "red",
    State.CANCELLED: "grey",
}


@dataclass(frozen=True)
class Letter:
    """One notice as the 信箱 shows it."""

    to: str
    state: str
    tone: str
    body: str
    why: str
    when: str
    remark: str


@demo_only
def index(request: OpenRequest) -> HttpResponse:
    """Show the county's newest notices with their full words; only a demo county has it."""
    if not request.county.demo:
        raise Http404
    rows = Notice.objects.in_county(request.county.code).newest_first()[:NEWEST]
    context = {
        "title": "信箱（演示）",
        "letters": _letters(request.county.code, list(rows), now()),
        "newest": NEWEST,
        "back_url": "/",
    }
    return answers.page(request, "ui/mailbox.html", context)


def _letters(county: str, notices: Sequence[Notice], at: datetime) -> list[Letter]:
    units = Unit.objects.in_county(county).in_bulk({n.unit for n in notices if n.unit})
    words = registry.shown_words(notices)
    return [
        Letter(
            to=_addressee(notice, units),
            state=notice.get_state_display(),
            tone=TONES[State(notice.state)],
            body=words[notice.pk],
            why=notice.why,
            when=moment(notice.sent_at or notice.made_at),
            remark=_wait(notice, at) or notice.failure,
        )
        for notice in notices
    ]


def _addressee(notice: Notice, units: dict[int, Unit]) -> str:
    duty = ""
    if notice.unit in units and notice.role in PostKind.values:
        duty = f"{units[notice.unit]}{PostKind(notice.role).label}"
    if notice.address:
        return f"{notice.address}（{duty}）" if duty else notice.address
    way = "站内" if notice.address_kind == AddressKind.ACCOUNT else "手机号发出时查"
    return f"{duty or '账号'}，{way}"


def _wait(notice: Notice, at: datetime) -> str:
    if notice.state != State.QUEUED:
        return ""
    if notice.failure:
        return f"{notice.failure}到{moment(notice.due_at)}"
    left = int((notice.hold_until - at).total_seconds())
    return f"{left}秒后发出，这之前撤回就不发" if left > 0 else "马上发出"
