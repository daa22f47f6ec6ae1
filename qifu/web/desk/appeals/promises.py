"""承诺台账: what units promised enterprises, kept or not; every figure opens exactly its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access, ledger
from qifu.appeals.actions.exporting import record_export
from qifu.appeals.models import Promise, PromiseQuerySet, PromiseState
from qifu.kernel.clock import local, now
from qifu.kernel.readings import Lamp
from qifu.organisations.models import User
from qifu.web.desk.appeals.conditions import Conditions, conditions, unit_keys
from qifu.web.desk.appeals.exports import XLSX
from qifu.web.desk.appeals.group_lines import as_lines, joined, lines_page, lines_url
from qifu.web.desk.appeals.paging import (
    PAGE,
    TURNS,
    Key,
    Order,
    count_words,
    pager,
    read_day,
    stretch,
    without,
)
from qifu.web.desk.appeals.promise_book import BOOK
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.workbook import Definition, workbook
from qifu.web.ui.answers import page, run
from qifu.web.ui.dates import day_line, desk_date
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/promises.html"
NAMES = ("state", "unit")
WORDS = ("what", "unit", "appeal__problem", "appeal__enterprise", "appeal__said_enterprise")
URGENT = ("", ledger.SOON, ledger.OPEN)
SIGN = "."


@dataclass(frozen=True)
class Line:
    """One promise as the ledger prints it."""

    url: str
    number: str
    enterprise: str
    what: str
    unit: str
    due: str
    state: str
    lamp: str
    says: str


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """Show the promises of the cases that the person may see, and how many were kept."""
    user, at = request.user, now()
    asked, within = _asked(request, at)
    whole = _whole(user, asked, within)
    counted = ledger.sums(whole, within)
    chosen = asked.chosen.get("state", "")
    rows = whole.filter(within.of(chosen)).select_related(*WORDS)
    order = _order(user, within.today, chosen)
    if as_lines(request):
        return lines_page(request, "承诺台账", rows, order, _group_line, measure="条")
    found = stretch(rows, order, request.GET)
    total = counted.by_stretch.get(chosen, counted.all)
    context = {
        "title": "承诺台账",
        "when": f"{day_line(at)}更新",
        "total": _count(total),
        "ratio": counted.ratio,
        "urls": {code: _url(asked, code) for code, _ in ledger.STRETCHES},
        "tiles": [
            (name, counted.by_stretch[code], _url(asked, code))
            for code, name in ledger.STRETCHES
            if code != ledger.DUE
        ],
        "asked": asked,
        "says": f"符合的{_count(total)}" if asked.is_any else "",
        "why": f"条件：{'，'.join(asked.said)}。",
        "lines": [_line(row, within) for row in found.rows],
        "pager": pager(
            found,
            request.GET,
            f"已显示全部{_count(total)}" if found.is_whole else f"共{_count(total)}",
            labels=(f"前{PAGE}条", f"后{PAGE}条"),
        ),
        "can_export": access.can_export(user),
        "query": request.GET.urlencode(),
        "lines_url": lines_url(request),
    }
    return page(request, TEMPLATE, context, part="rows")


@staff_only
@require_POST
def export(request: StaffRequest) -> HttpResponse:
    """Give the rows of the ledger as a file, and write down that they were taken (导出)."""
    user, at = request.user, now()
    asked, within = _asked(request, at)
    rows = _whole(user, asked, within).filter(within.of(asked.chosen.get("state", "")))
    said = Definition(
        county=request.county.name,
        conditions=tuple(asked.said),
        taken_by=f"{user}（{user.login}）",
        taken_at=at,
    )
    file, written = workbook(rows.select_related(*WORDS).order_by("due_on", "pk"), said, BOOK)
    filters = {**asked.chosen, "list": "promises"}
    taken = run(request, _record, count=written, filters=filters)
    if not taken.done:
        file.close()
        raise PermissionDenied(str(taken.error))
    name = f"承诺台账{local(at):%Y%m%d-%H%M}.xlsx"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    return cast(HttpResponse, answer)


def _record(*, key: str, **given: Any) -> None:
    # Without a one-time key: rows taken twice are written down twice.
    record_export(**given)


def _asked(request: StaffRequest, at: datetime) -> tuple[Conditions, ledger.Reach]:
    county = request.user.county
    known = {"state": ledger.STRETCHES}
    asked = conditions(county, request.GET, NAMES, known=known)
    return asked, ledger.reach(county, at)


def _whole(user: User, asked: Conditions, within: ledger.Reach) -> PromiseQuerySet:
    """Return the ledger that the figures are counted over: of one unit, or of all.

    Confidential cases are on their own pages only: a ledger is read over shoulders, and taken out.
    """
    rows = Promise.objects.visible_to(user, within.today).standing()
    rows = rows.filter(appeal__confidential=False)
    code = asked.chosen.get("unit")
    return rows.filter(unit__in=unit_keys(user.county, code)) if code else rows


def _url(asked: Conditions, code: str) -> str:
    params = without(asked.params, *TURNS, "state")
    params["state"] = code
    return f"?{params.urlencode()}"


def _order(user: User, today: date, chosen: str) -> Order[Promise]:
    """Order what is still to come by its day, what has come out newest first."""

    def write(row: Promise) -> str:
        return f"{row.due_on}{SIGN}{row.appeal.number}{SIGN}{row.turn}"

    def find(said: str) -> Key | None:
        day, _, name = said.partition(SIGN)
        number, _, turn = name.partition(SIGN)
        due_on = read_day(day)
        if due_on is None or not turn.isdecimal() or len(turn) > 4:
            return None
        rows = Promise.objects.visible_to(user, today).filter(appeal__number=number)
        key = rows.filter(turn=int(turn)).values_list("pk", flat=True).first()
        return None if key is None else (due_on, key)

    return Order(("due_on", "pk"), chosen not in URGENT, write, find)


def _line(row: Promise, within: ledger.Reach) -> Line:
    lamp, says = _stands(row, within)
    return Line(
        case_url(row.appeal.number),
        row.appeal.number,
        row.appeal.enterprise_name,
        row.what.body or "（内容已依法删除）",
        row.unit.short_name,
        f"{desk_date(row.due_on)}前",
        row.get_state_display(),
        lamp,
        says,
    )


def _group_line(row: Promise) -> str:
    unit, due = row.unit.short_name, f"承诺{desk_date(row.due_on)}前办成"
    return joined(row.appeal.number, row.appeal.enterprise_name, unit, due)


def _stands(row: Promise, within: ledger.Reach) -> tuple[str, str]:
    """Say how a promise stands: its lamp, and the day on which it came out."""
    if row.state == PromiseState.KEPT:
        return Lamp.DONE, f"{desk_date(row.kept_on)}兑现" if row.kept_on else ""
    if row.state == PromiseState.BROKEN:
        late = f"，{desk_date(row.kept_on)}才兑现" if row.kept_on else ""
        return Lamp.OVERDUE, f"{desk_date(row.broken_on)}计未兑现{late}" if row.broken_on else ""
    if row.due_on <= within.soon:
        return Lamp.SOON, "今天到期" if row.due_on == within.today else "将到期"
    return Lamp.FINE, "没到期"


def _count(number: int) -> str:
    return count_words(number).replace("件", "条")
