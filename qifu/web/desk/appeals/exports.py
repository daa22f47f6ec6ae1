"""The list as an Excel file: exactly the rows of the list, and a sheet that says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals.actions.exporting import record_export
from qifu.kernel.clock import local, now
from qifu.web.desk.appeals.conditions import Conditions
from qifu.web.desk.appeals.index import asked_of, matching
from qifu.web.desk.appeals.workbook import CASES, Definition, workbook
from qifu.web.ui.answers import run
from qifu.web.ui.gates import StaffRequest, staff_only

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_only
@require_POST
def export(request: StaffRequest) -> HttpResponse:
    """Give the rows of the list as a file, and write down that they were taken (导出)."""
    user, at = request.user, now()
    asked, within = asked_of(request, at)
    # Nobody watches over a file that is out of the house: confidential cases stay inside.
    rows = matching(user, asked, within).filter(confidential=False)
    rows = rows.with_words().order_by("-submitted_at", "-pk")
    file, written = workbook(rows, _definition(request, asked, at), CASES)
    taken = run(request, _record, count=written, filters=asked.chosen, searched=bool(asked.words))
    if not taken.done:
        file.close()
        raise PermissionDenied(str(taken.error))
    name = f"诉求清单{local(at):%Y%m%d-%H%M}.xlsx"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    return cast(HttpResponse, answer)


def _record(*, key: str, **given: Any) -> None:
    # Without a one-time key: rows taken twice are written down twice.
    record_export(**given)


def _definition(request: StaffRequest, asked: Conditions, at: datetime) -> Definition:
    return Definition(
        county=request.county.name,
        conditions=tuple(asked.said),
        taken_by=f"{request.user}（{request.user.login}）",
        taken_at=at,
    )
