"""The files of a case, as far as its enterprise reads them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from qifu.appeals.files import file_of
from qifu.appeals.models import Appeal
from qifu.attachments.models import Attachment
from qifu.kernel.clock import local_date, now
from qifu.web.ui.gates import PersonRequest, person_only
from qifu.web.ui.sent_files import FileLine, file_lines, send_file


@require_safe
@person_only
def show(request: PersonRequest, number: str, code: str) -> HttpResponse:
    """Send a file of one's own case, or of an answer that has gone out."""
    return send_file(_row(request, number, code))


@require_safe
@person_only
def preview(request: PersonRequest, number: str, code: str) -> HttpResponse:
    """Send the small picture of such a file."""
    return send_file(_row(request, number, code), preview=True)


def listed(appeal: Appeal, rows: Sequence[Attachment]) -> list[FileLine]:
    """Write out files of a case with their addresses here."""

    def address(row: Attachment, small: bool) -> str:
        name = "portal:file-preview" if small else "portal:file"
        return reverse(name, args=[appeal.number, row.code])

    return file_lines(rows, address)


def _row(request: PersonRequest, number: str, code: str) -> Attachment | None:
    cases = Appeal.objects.visible_to(request.user, local_date(now()))
    return file_of(get_object_or_404(cases, number=number), code, internal=False)
