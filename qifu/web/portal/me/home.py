"""我的: the enterprises one speaks for, the requests that wait, asking for another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qifu.attachments.models import Attachment
from qifu.enterprises import actions, queries
from qifu.enterprises.actions.binding import WORDS
from qifu.enterprises.licences import licence_of, licences_of
from qifu.enterprises.models import Binding, BindingState
from qifu.kernel.clock import local_date
from qifu.organisations.models import User
from qifu.web.ui.answers import Outcome, page, run, see_other
from qifu.web.ui.dates import portal_date
from qifu.web.ui.gates import PersonRequest, person_only
from qifu.web.ui.masks import mask_phone
from qifu.web.ui.sent_files import FileLine, file_lines, send_file
from qifu.web.ui.toasts import say
from qifu.web.ui.uploads import UploadingForm, posted_codes, receive, typed


class AskForm(UploadingForm):
    """Which enterprise, and who one is there."""

    cautious = ("words",)
    files_label = "营业执照照片"

    uscc = forms.CharField(
        label="统一社会信用代码",
        help_text="营业执照上的18位",
        error_messages={"required": "没有填统一社会信用代码。请照营业执照填18位。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    words = forms.CharField(
        label="您是谁，在企业做什么",
        help_text=f"例如：张明，公司会计。最多{WORDS}字",
        error_messages={"required": "没有写您是谁。请写姓名和在企业做什么，县办好核实。"},
        widget=forms.Textarea(attrs={"rows": "3"}),
    )


@person_only
def index(request: PersonRequest) -> HttpResponse:
    """Show the person's phone, his enterprises and what waits for the office."""
    return _show(request)


@person_only
def ask(request: PersonRequest) -> HttpResponse:
    """Ask the office to be recognised as speaking for an enterprise."""
    uploads = receive(
        request, county=request.user.county, by=request.user, codes=posted_codes(request)
    )

    def act(*, uscc: str, words: str, by: User, at: datetime, key: str, **_more: Any) -> Binding:
        enterprise = queries.find_by_code(by.county, uscc)
        return actions.ask_binding(enterprise, words, files=uploads.rows, by=by, at=at, key=key)

    if uploads.only_files:
        form = AskForm(initial=typed(request.POST, ("uscc", "words")), uploads=uploads)
        outcome: Outcome[Binding] = Outcome(status=422 if uploads.refused else 200)
    else:
        form = AskForm(request.POST or None, uploads=uploads)
        outcome = run(request, act, form)
    if outcome.done:
        say(request, "申请已交给县办，核实后短信告知您。")
        return see_other(request, reverse("portal:me"))
    context = {"title": "申请代表企业", "form": form, "back_url": reverse("portal:me")}
    return page(request, "portal/me/ask.html", context, status=outcome.status)


@person_only
@require_POST
def withdraw(request: PersonRequest, number: str) -> HttpResponse:
    """Take back a request that waits."""
    binding = queries.own_binding(request.user, number)
    if binding is None:
        raise Http404

    def act(*, by: User, at: datetime, key: str) -> None:
        actions.withdraw_request(binding, by=by, at=at, key=key)

    outcome = run(request, act)
    if outcome.done:
        say(request, "申请已撤回。")
        return see_other(request, reverse("portal:me"))
    return _show(request, error=outcome.error, status=outcome.status)


@require_safe
@person_only
def licence(request: PersonRequest, number: str, code: str) -> HttpResponse:
    """Send a file that the person gave along with his own request, while it waits."""
    return send_file(_licence(request, number, code))


@require_safe
@person_only
def licence_preview(request: PersonRequest, number: str, code: str) -> HttpResponse:
    """Send the small picture of such a file."""
    return send_file(_licence(request, number, code), preview=True)


def _licence(request: PersonRequest, number: str, code: str) -> Attachment | None:
    binding = queries.own_binding(request.user, number)
    return licence_of(binding, code, request.user) if binding else None


def _files(binding: Binding, rows: Sequence[Attachment]) -> list[FileLine]:
    def address(row: Attachment, small: bool) -> str:
        name = "portal:licence-preview" if small else "portal:licence"
        return reverse(name, args=[binding.number, row.code])

    return file_lines(rows, address)


def _show(
    request: PersonRequest, *, error: Exception | None = None, status: int = 200
) -> HttpResponse:
    bindings = queries.own_bindings(request.user)
    asked = [row for row in bindings if row.state == BindingState.ASKED]
    files = licences_of(asked)
    context = {
        "title": "我的",
        "phone": mask_phone(request.user.phone),
        "speaking": [row for row in bindings if row.state == BindingState.ACTIVE],
        "waiting": [
            {
                "binding": row,
                "when": portal_date(local_date(row.made_at)),
                "files": _files(row, files.get(row.pk, ())),
            }
            for row in asked
        ],
        "error": error,
    }
    return page(request, "portal/me/index.html", context, status=status)
