"""Requests of persons to speak for an enterprise, which the office approves or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qifu.attachments.models import Attachment
from qifu.enterprises import actions, queries
from qifu.enterprises.licences import licence_of, licences_of
from qifu.enterprises.models import Binding, Ending
from qifu.organisations.models import User
from qifu.organisations.models.people import OFFICE_POSTS
from qifu.web.desk.enterprises.forms import RefusalForm
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.dates import full_moment
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.masks import mask_phone
from qifu.web.ui.sent_files import FileLine, file_lines, send_file
from qifu.web.ui.toasts import say

SHOWN = 50


@staff_only(*OFFICE_POSTS)
def index(request: StaffRequest) -> HttpResponse:
    """List the requests that wait, the oldest first."""
    return _show(request)


@staff_only(*OFFICE_POSTS)
@require_POST
def approve(request: StaffRequest, number: str) -> HttpResponse:
    """Recognise the person as speaking for the enterprise."""
    binding = _asked(request, number)

    def act(*, by: User, at: datetime, key: str) -> None:
        actions.approve_binding(binding, by=by, at=at, key=key)

    outcome = run(request, act)
    if outcome.done:
        say(request, "已核准，短信1分钟后告知本人。")
        return see_other(request, reverse("desk:binding-requests"))
    return _show(request, error=outcome.error, status=outcome.status)


@staff_only(*OFFICE_POSTS)
def refuse(request: StaffRequest, number: str) -> HttpResponse:
    """Ask for the reason, then decline the request with it."""
    binding = _asked(request, number)
    form = RefusalForm(request.POST or None)

    def act(*, reason: str, by: User, at: datetime, key: str) -> None:
        actions.refuse_binding(binding, Ending(reason), by=by, at=at, key=key)

    outcome = run(request, act, form)
    if outcome.done:
        say(request, "没有核准，短信1分钟后告知本人理由。")
        return see_other(request, reverse("desk:binding-requests"))
    context = {
        "title": "不予核准",
        "question": f"不核准对“{binding.enterprise.short_name}”的绑定申请？",
        "form": form,
    }
    return page(request, "desk/enterprises/refusal.html", context, status=outcome.status)


@staff_only(*OFFICE_POSTS)
@require_POST
def phone(request: StaffRequest, number: str) -> HttpResponse:
    """Show the whole number of whoever asked, to ring him, and record that."""
    binding = _asked(request, number)

    def act(*, by: User, at: datetime, key: str) -> str:
        return actions.reveal_asker(binding, by=by, at=at)

    outcome = run(request, act)
    answer = _show(
        request, of=binding, opened=outcome.made or "", error=outcome.error, status=outcome.status
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
@staff_only(*OFFICE_POSTS)
def licence(request: StaffRequest, number: str, code: str) -> HttpResponse:
    """Send the photo of the licence to whoever rules on the request."""
    return send_file(licence_of(_asked(request, number), code, request.user))


@require_safe
@staff_only(*OFFICE_POSTS)
def licence_preview(request: StaffRequest, number: str, code: str) -> HttpResponse:
    """Send the small picture of it."""
    return send_file(licence_of(_asked(request, number), code, request.user), preview=True)


def _files(binding: Binding, rows: Sequence[Attachment]) -> list[FileLine]:
    def address(row: Attachment, small: bool) -> str:
        name = "desk:binding-licence-preview" if small else "desk:binding-licence"
        return reverse(name, args=[binding.number, row.code])

    return file_lines(rows, address)


def _asked(request: StaffRequest, number: str) -> Binding:
    found = queries.request_of(request.user.county, number)
    if found is None:
        raise Http404
    return found


def _show(
    request: StaffRequest,
    *,
    of: Binding | None = None,
    opened: str = "",
    error: Exception | None = None,
    status: int = 200,
) -> HttpResponse:
    waiting = list(queries.requests(request.user.county)[:SHOWN])
    files = licences_of(waiting)
    rows = [
        {
            "binding": binding,
            "files": _files(binding, files.get(binding.pk, ())),
            "words": binding.said.body if binding.said else "",
            "phone": mask_phone(binding.person.phone) if binding.person else "",
            "opened": opened if of and of.pk == binding.pk else "",
            "when": full_moment(binding.made_at),
        }
        for binding in waiting
    ]
    context = {"title": "绑定申请", "rows": rows, "error": error}
    return page(request, "desk/enterprises/requests.html", context, status=status)
