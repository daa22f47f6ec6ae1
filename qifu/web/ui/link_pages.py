"""Pages that a one-time link opens: sealed, unread by machines, and plain when it is shut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict

from qifu.web.ui.answers import page
from qifu.web.ui.failures import UNWRITTEN, WORTH_KEEPING

SHUT = "ui/link_shut.html"
# Buttons beside the step: the whole number of the enterprise, the code to one's own phone.
RING, SEND_CODE = "ring", "send-code"
BESIDES = (RING, SEND_CODE)
NEWEST = "请用最新一条短信里的链接。没有的话，请登录办理或打电话问县办。"


@dataclass(frozen=True)
class Shut:
    """Why a link opens nothing now, and what to do instead."""

    title: str
    why: str
    # A new one may be sent to the same phone.
    again: bool = False


UNKNOWN = Shut("这个链接打不开", f"网址可能少了几位，或者已经作废。{NEWEST}")
# By the fate that the room names.
REASONS = {
    "USED": Shut("这个链接已经用过了", "一个链接只办一次，那一步已经记下，不用再办。"),
    "DONE": Shut("这一步已经办过了", "可能是别的同志办的，也可能是您登录办的，不用再办。"),
    "RECALLED": Shut("这个链接不能用了", f"内容已经有变化。{NEWEST}"),
    "EXPIRED": Shut("链接过期了", "点下面的按钮，新的链接发到原来的手机号。", again=True),
    "WORN": Shut("链接打开的次数太多了", "为稳妥起见请换一个，新的发到原来的手机号。", again=True),
    "REVOKED": Shut("这个链接已经作废", NEWEST),
    "CONFIDED": Shut("请登录查看", "这件诉求企业要求保密，不能用链接办理。请登录后办理。"),
    "LOST": Shut("这一步现在不由您来办", "岗位或这件诉求有了变化。有疑问请打电话问县办。"),
}


def sealed(answer: HttpResponse) -> HttpResponse:
    """Keep a page of a link out of every cache, index, frame and referrer.

    The origin alone is still told to our own host: without it no form could be sent.
    """
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "strict-origin"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def is_peeking(request: HttpRequest) -> bool:
    """Tell whether a machine looks ahead: it is shown nothing, and nothing is counted."""
    purpose = request.headers.get("Sec-Purpose") or request.headers.get("Purpose") or ""
    return request.method == "HEAD" or "prefetch" in purpose or "preview" in purpose


def shut(
    request: HttpRequest, reason: Shut, *, status: int, sent: str = "", error: str = ""
) -> HttpResponse:
    """Say in one plain page why the link opens nothing, and what to do next."""
    context = {
        "title": reason.title,
        "reason": reason,
        "sent": sent,
        "error": error,
        "kept": written(request),
    }
    return sealed(page(request, SHUT, context, status=status))


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent; an empty form that was sent is not a form yet to be sent.

    Whoever only wants the number or the code has not sent it.
    """
    besides = any(button in request.POST for button in BESIDES)
    return request.POST if request.method == "POST" and not besides else None


def written(request: HttpRequest) -> Sequence[str]:
    """Return what was typed and is worth showing again."""
    sent = [(name, str(words)) for name, words in request.POST.items()]
    return [words for name, words in sent if name not in UNWRITTEN and len(words) >= WORTH_KEEPING]
