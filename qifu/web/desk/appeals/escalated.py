"""What lies above (转上级): the list, by deadline or newest first, and as an Excel file (表六)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.above import escalations_seen, upper_readings
from qifu.appeals.actions.exporting import record_export
from qifu.appeals.models import DUE_KEY, Escalation, named
from qifu.enterprises.sight import SEES_ALL
from qifu.kernel.clock import local, local_date, now
from qifu.kernel.readings import Lamp, Reading
from qifu.organisations.models import User
from qifu.web.desk import navigation
from qifu.web.desk.appeals.escalated_book import sheet
from qifu.web.desk.appeals.exports import XLSX
from qifu.web.desk.appeals.group_lines import as_lines, joined, lines_page, lines_url
from qifu.web.desk.appeals.paging import Key, Order, Stretch, count, count_words, pager, stretch
from qifu.web.desk.appeals.rows import UNOPENED, case_url
from qifu.web.desk.appeals.workbook import Definition, workbook
from qifu.web.ui.answers import page, run
from qifu.web.ui.dates import day_line, desk_date, short_date
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.workdays.almanac import current

TEMPLATE = "desk/appeals/escalations.html"
SHOWN = {"": "在上级", "late": "上级逾期", "back": "已转回", "all": "全部"}
SORTED = {"due": "上级期限近的在前", "newest": "新转出的在前"}
NOT_TOLD = Reading(Lamp.NONE, "期限未登记")
SIGN = "."


@dataclass(frozen=True)
class Asked:
    """Which of them are asked for, and in which order."""

    show: str
    sort: str

    @property
    def by_due(self) -> bool:
        return self.sort == "due"


@dataclass(frozen=True)
class Row:
    """One way up as the page prints it."""

    url: str
    title: str
    sub: tuple[str, ...]
    reading: Reading
    organ: str
    handled_by: str
    number: str
    day: str
    result: str
    replied: str


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """Show what is above: since when, under which number, until when, what came of it."""
    user, at = request.user, now()
    if not navigation.sees_cases(user):
        raise PermissionDenied("您的岗位看不到诉求。")
    asked = _asked(request)
    rows = _narrowed(user, asked, local_date(at))
    order = _by_due(rows) if asked.by_due else _newest(rows)
    if as_lines(request):
        open_ = rows.filter(appeal__confidential=False)
        return lines_page(request, "转上级", open_, order, _group_line)
    found: Stretch[Escalation] = stretch(rows, order, request.GET)
    total = len(found.rows) if found.is_whole else count(rows)
    words = ("更急的", "更缓的") if asked.by_due else ("更新的", "更早的")
    context = {
        "title": "转上级",
        "total": count_words(total),
        "when": f"{day_line(at)}更新",
        "views": [
            (name, f"?show={code}" if code else "?", code == asked.show)
            for code, name in SHOWN.items()
        ],
        "sorts": [
            (name, f"?show={asked.show}&sort={code}", code == asked.sort)
            for code, name in SORTED.items()
        ],
        "rows": _rows(found.rows, user, at),
        "pager": pager(found, request.GET, f"共{count_words(total)}", labels=words),
        "can_export": access.can_export(user),
        "query": request.GET.urlencode(),
        "lines_url": lines_url(request),
        "shown": SHOWN[asked.show],
    }
    return page(request, TEMPLATE, context)


@staff_only
@require_POST
def export(request: StaffRequest) -> HttpResponse:
    """Give the list as a file with the columns of 表六, and write down that it was taken."""
    user, at = request.user, now()
    if not navigation.sees_cases(user):
        raise PermissionDenied("您的岗位不能导出诉求清单。")
    asked, today = _asked(request), local_date(at)
    # Nobody watches over a file that is out of the house: confidential cases stay inside.
    rows = _narrowed(user, asked, today).filter(appeal__confidential=False)
    rows = rows.select_related(*_words()).prefetch_related("appeal__ratings")
    rows = rows.order_by(DUE_KEY, "pk") if asked.by_due else rows.order_by("-at", "-pk")
    kind = sheet(today, current(user.county), SORTED[asked.sort], graded=user.reach.has(*SEES_ALL))
    said = Definition(
        county=request.county.name,
        conditions=(f"范围：{SHOWN[asked.show]}",),
        taken_by=f"{request.user}（{request.user.login}）",
        taken_at=at,
    )
    file, written = workbook(rows, said, kind)
    filters = {"list": "escalations", "show": asked.show}
    taken = run(request, _record, count=written, filters=filters)
    if not taken.done:
        file.close()
        raise PermissionDenied(str(taken.error))
    name = f"转省市问题清单{local(at):%Y%m%d-%H%M}.xlsx"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    return cast(HttpResponse, answer)


def _record(*, key: str, **given: Any) -> None:
    # Without a one-time key: rows taken twice are written down twice.
    record_export(**given)


def _asked(request: StaffRequest) -> Asked:
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    sort = request.GET.get("sort", "")
    usual = "newest" if show in ("back", "all") else "due"
    return Asked(show, sort if sort in SORTED else usual)


def _narrowed(user: User, asked: Asked, today: date) -> QuerySet[Escalation]:
    which = {
        "": Q(back_at=None),
        "late": Q(back_at=None, appeal__due_on__lt=today),
        "back": Q(back_at__isnull=False),
        "all": Q(),
    }
    return escalations_seen(user, today).filter(which[asked.show])


def _words() -> tuple[str, ...]:
    return ("appeal__problem", "appeal__category", "tried", "proposal", "reply")


def _rows(found: Sequence[Escalation], user: User, at: datetime) -> list[Row]:
    readings = upper_readings(found, at)
    return [_row(row, user, readings[row.pk]) for row in found]


def _row(row: Escalation, user: User, reading: Reading) -> Row:
    case = row.appeal
    if access.is_read_aloud(user, case):
        return _unopened(row, reading)
    unit = row.assignment.unit.short_name if row.assignment else ""
    return Row(
        url=case_url(case.number),
        title=case.title,
        sub=tuple(part for part in (case.enterprise_name, unit, case.number) if part),
        reading=reading if row.due_on else NOT_TOLD,
        organ=named(row.get_level_display(), row.organ.body),
        handled_by=row.handled_by.body if row.handled_by else "",
        number=row.number,
        day=short_date(local_date(row.at)),
        result=row.get_result_display() if row.result else "等上级答复",
        replied=f"{desk_date(row.replied_on)}答复" if row.replied_on else "",
    )


def _group_line(row: Escalation) -> str:
    organ = named(row.get_level_display(), row.organ.body)
    due = f"上级期限{desk_date(row.due_on)}前" if row.due_on else "上级期限未登记"
    return joined(row.appeal.number, row.appeal.enterprise_name, organ, due)


def _unopened(row: Escalation, reading: Reading) -> Row:
    """Return what is seen of a confidential case before its reading is written down."""
    number, day = row.appeal.number, short_date(local_date(row.at))
    return Row(case_url(number), UNOPENED, (number,), reading, "", "", "", day, "", "")


def _name(row: Escalation) -> str:
    return f"{row.appeal.number}{SIGN}{row.at:%Y%m%d%H%M%S%f}"


def _find(rows: QuerySet[Escalation], said: str, *keys: str) -> Key | None:
    number, _, sent = said.partition(SIGN)
    try:
        at = datetime.strptime(f"{sent}+0000", "%Y%m%d%H%M%S%f%z")
    except ValueError:
        return None
    return rows.filter(appeal__number=number, at=at).values_list(*keys).first()


def _by_due(rows: QuerySet[Escalation]) -> Order[Escalation]:
    keys = ("due_key", "pk")
    return Order(keys, False, _name, lambda said: _find(rows, said, *keys))


def _newest(rows: QuerySet[Escalation]) -> Order[Escalation]:
    keys = ("at", "pk")
    return Order(keys, True, _name, lambda said: _find(rows, said, *keys))
