"""The files of a case, for whoever at the desk may see the case."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from qifu.appeals.files import file_of
from qifu.attachments.models import Attachment
from qifu.web.desk.appeals.cases import case_of
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.sent_files import send_file


@require_safe
@staff_only
def show(request: StaffRequest, number: str, code: str, name: str) -> HttpResponse:
    """Send a file under its own name."""
    row = _row(request, number, code)
    return send_file(row if row is not None and row.name == name else None)


@require_safe
@staff_only
def preview(request: StaffRequest, number: str, code: str) -> HttpResponse:
    """Send the small picture of a file."""
    return send_file(_row(request, number, code), preview=True)


def _row(request: StaffRequest, number: str, code: str) -> Attachment | None:
    return file_of(case_of(request.user, number), code, internal=True)
