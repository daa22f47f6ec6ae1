"""已转出: what left for the petition office, a court or the discipline inspection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.actions.exporting import record_export
from qifu.appeals.models import TurnAway
from qifu.appeals.rules import DeclineReason
from qifu.enterprises.sight import SEES_ALL
from qifu.kernel.clock import local, local_date, now
from qifu.organisations.models import User
from qifu.web.desk.appeals.exports import XLSX
from qifu.web.desk.appeals.paging import Key, Order, Stretch, count, count_words, pager, stretch
from qifu.web.desk.appeals.rows import UNOPENED, case_url
from qifu.web.desk.appeals.turned_away_book import BOOK, now_of, way_of
from qifu.web.desk.appeals.workbook import Definition, workbook
from qifu.web.ui.answers import page, run
from qifu.web.ui.dates import day_line, short_date
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/turned_away.html"
SHOWN = {
    "": ("全部", ""),
    "petition": ("信访", DeclineReason.PETITION),
    "lawsuit": ("诉讼、仲裁、复议", DeclineReason.LAWSUIT),
    "report": ("举报", DeclineReason.REPORT),
}
WORDS = (
    "appeal__problem",
    "appeal__enterprise",
    "appeal__said_enterprise",
    "decline",
    "went_to",
    "whom",
    "receipt",
)
ONLY_OFFICE = "转出清单由县办、县领导和监督部门看。"
SIGN = "."


@dataclass(frozen=True)
class Row:
    """One departure as the page prints it."""

    url: str
    title: str
    sub: tuple[str, ...]
    day: str
    why: str
    went_to: str
    whom: str
    way: str
    receipt: str
    state: str


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """Show what left, the newest first: where to, whom to ask there, by which paper."""
    user, at = request.user, now()
    show = _shown(request)
    rows = _rows(user, show, at)
    found: Stretch[TurnAway] = stretch(rows.select_related(*WORDS), _newest(rows), request.GET)
    total = count_words(len(found.rows) if found.is_whole else count(rows))
    context = {
        "title": "已转出",
        "total": total,
        "when": f"{day_line(at)}更新",
        "views": [
            (name, f"?show={code}" if code else "?", code == show)
            for code, (name, _) in SHOWN.items()
        ],
        "rows": [_row(row, user) for row in found.rows],
        "pager": pager(found, request.GET, f"共{total}", labels=("更新的", "更早的")),
        "can_export": access.can_export(user),
        "query": request.GET.urlencode(),
        "shown": SHOWN[show][0],
    }
    return page(request, TEMPLATE, context)


@staff_only
@require_POST
def export(request: StaffRequest) -> HttpResponse:
    """Give the list as a file, and write down that it was taken (导出)."""
    user, at = request.user, now()
    show = _shown(request)
    # Nobody watches over a file that is out of the house: confidential cases stay inside.
    rows = _rows(user, show, at).filter(appeal__confidential=False)
    said = Definition(
        county=request.county.name,
        conditions=(f"范围：{SHOWN[show][0]}",),
        taken_by=f"{user}（{user.login}）",
        taken_at=at,
    )
    file, written = workbook(rows.select_related(*WORDS).order_by("-at", "-pk"), said, BOOK)
    taken = run(request, _record, count=written, filters={"list": "turned_away", "show": show})
    if not taken.done:
        file.close()
        raise PermissionDenied(str(taken.error))
    name = f"已转出清单{local(at):%Y%m%d-%H%M}.xlsx"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    return cast(HttpResponse, answer)


def _record(*, key: str, **given: Any) -> None:
    # Without a one-time key: rows taken twice are written down twice.
    record_export(**given)


def _shown(request: StaffRequest) -> str:
    if not request.user.reach.has(*SEES_ALL):
        raise PermissionDenied(ONLY_OFFICE)
    show = request.GET.get("show", "")
    return show if show in SHOWN else ""


def _rows(user: User, show: str, at: datetime) -> QuerySet[TurnAway]:
    rows = TurnAway.objects.visible_to(user, local_date(at))
    return rows.filter(decline__reason=SHOWN[show][1]) if show else rows


def _row(row: TurnAway, viewer: User) -> Row:
    case = row.appeal
    unopened = access.is_read_aloud(viewer, case)
    return Row(
        url=case_url(case.number),
        title=UNOPENED if unopened else case.title,
        sub=(case.number,) if unopened else (case.enterprise_name, case.number),
        day=short_date(row.went_on),
        why=row.decline.get_reason_display(),
        went_to="" if unopened else row.went_to.body,
        whom="" if unopened else row.whom.body,
        way=way_of(row),
        receipt=row.receipt.body if row.receipt and not unopened else "",
        state=now_of(row),
    )


def _newest(rows: QuerySet[TurnAway]) -> Order[TurnAway]:
    keys = ("at", "pk")
    return Order(keys, True, _name, lambda said: _find(rows, said, *keys))


def _name(row: TurnAway) -> str:
    return f"{row.appeal.number}{SIGN}{row.at:%Y%m%d%H%M%S%f}"


def _find(rows: QuerySet[TurnAway], said: str, *keys: str) -> Key | None:
    number, _, left = said.partition(SIGN)
    try:
        at = datetime.strptime(f"{left}+0000", "%Y%m%d%H%M%S%f%z")
    except ValueError:
        return None
    return rows.filter(appeal__number=number, at=at).values_list(*keys).first()
