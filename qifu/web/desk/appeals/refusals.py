"""办不成登记簿: what units said no to, on which ground; every figure opens exactly its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.actions.exporting import record_export
from qifu.appeals.letters import letter_of
from qifu.appeals.models import Answer, Refusal, RefusalQuerySet
from qifu.appeals.queries import with_letter
from qifu.appeals.refusals import Share, answers_out, sums
from qifu.appeals.rules import MAY_REFUSE, Ground
from qifu.kernel.clock import local, local_date, now
from qifu.organisations.models import User
from qifu.web.desk.appeals.cases import case_of
from qifu.web.desk.appeals.conditions import Conditions, conditions, unit_keys
from qifu.web.desk.appeals.exports import XLSX
from qifu.web.desk.appeals.group_lines import as_lines, lines_page, lines_url
from qifu.web.desk.appeals.paging import (
    PAGE,
    TURNS,
    Key,
    Order,
    Stretch,
    count_words,
    pager,
    stretch,
    without,
)
from qifu.web.desk.appeals.refusal_book import BOOK
from qifu.web.desk.appeals.refusal_rows import Line, answer_line, group_line, refusal_line
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.workbook import Definition, workbook
from qifu.web.ui.answers import page, run
from qifu.web.ui.dates import day_line, full_date
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/refusals.html"
LETTER = "desk/appeals/letter.html"
REGISTER = "/desk/refusals/"
NAMES = ("ground", "outcome", "unit", "later", "year")
HIDDEN = ("show",)
ANSWERS = "answers"
LATER = (("yes", "后来办成了"), ("no", "还没有办成"))
YEARS = 5
WORDS = ("unit", "appeal__problem", "appeal__enterprise", "appeal__said_enterprise")
ANSWER_LINE = ("appeal__problem", "appeal__enterprise", "appeal__said_enterprise")
ORDER = "published_at", "pk"
SIGN = "."
# A register is read over shoulders, and taken out: confidential cases are on their own pages.
OPEN = Q(appeal__confidential=False)


@dataclass(frozen=True)
class Figure:
    """One share with the addresses of its two numbers."""

    share: Share
    url: str
    of_url: str


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """Show the refusals of the cases that the person may see, and how many of how many."""
    user, at = request.user, now()
    today, asked = local_date(at), _asked(request, at)
    rows, answers = _rows(user, asked, today), _answers(user, asked, today)
    if as_lines(request):
        words = rows.select_related(*WORDS)
        return lines_page(request, "办不成登记簿", words, _order(rows), group_line, measure="条")
    counted = sums(user.county, rows, answers, today)
    of_answers = asked.chosen.get("show") == ANSWERS
    total = counted.all.of if of_answers else counted.all.count
    found, lines = _answer_page(answers, request) if of_answers else _page(rows, request)
    context = {
        "title": "办不成登记簿",
        "when": f"{day_line(at)}更新",
        "total": _count(total),
        "what": "答复" if of_answers else "办不成的答复",
        "whole": Figure(counted.all, _url(asked), _url(asked, show=ANSWERS)),
        "undone": (counted.undone, _url(asked, later="yes")),
        "by_ground": [
            Figure(share, _url(asked, ground=share.code), _url(asked))
            for share in counted.by_ground
        ],
        "by_unit": [
            Figure(share, _url(asked, unit=share.code), _url(asked, unit=share.code, show=ANSWERS))
            for share in counted.by_unit
        ],
        "asked": asked,
        "says": f"符合的{_count(total)}" if asked.is_any else "",
        "why": f"条件：{'，'.join(asked.said)}。",
        "lines": lines,
        "pager": pager(
            found,
            request.GET,
            f"已显示全部{_count(total)}" if found.is_whole else f"共{_count(total)}",
            labels=(f"前{PAGE}条", f"后{PAGE}条"),
        ),
        "can_export": access.can_export(user) and not of_answers,
        "query": request.GET.urlencode(),
        "lines_url": lines_url(request),
    }
    return page(request, TEMPLATE, context, part="rows")


@staff_only
@require_POST
def export(request: StaffRequest) -> HttpResponse:
    """Give the rows of the register as a file, and write down that they were taken (导出)."""
    user, at = request.user, now()
    asked = _asked(request, at)
    rows = _rows(user, asked, local_date(at))
    said = Definition(
        county=request.county.name,
        conditions=tuple(asked.said),
        taken_by=f"{user}（{user.login}）",
        taken_at=at,
    )
    words = ("answer__basis", "answer__alternatives")
    file, written = workbook(rows.select_related(*WORDS, *words).order_by("-at", "-pk"), said, BOOK)
    taken = run(request, _record, count=written, filters={**asked.chosen, "list": "refusals"})
    if not taken.done:
        file.close()
        raise PermissionDenied(str(taken.error))
    name = f"办不成登记簿{local(at):%Y%m%d-%H%M}.xlsx"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    return cast(HttpResponse, answer)


@staff_only
def letter(request: StaffRequest, number: str, letter: str) -> HttpResponse:
    """Show the letter as the enterprise has it, to be printed (办不成告知书)."""
    case = case_of(request.user, number)
    said = letter_of(case, letter)
    if said is None:
        raise Http404
    context = {
        "title": "办不成告知书",
        "letter": said,
        "on": full_date(said.on),
        "undone": full_date(said.undone_on) if said.undone_on else "",
        "back_url": case_url(case.number),
    }
    return page(request, LETTER, context)


def _record(*, key: str, **given: Any) -> None:
    # Without a one-time key: rows taken twice are written down twice.
    record_export(**given)


def _asked(request: StaffRequest, at: datetime) -> Conditions:
    this = local_date(at).year
    years = [(str(year), f"{year}年") for year in range(this, this - YEARS, -1)]
    known = {
        "ground": Ground.choices,
        "outcome": [(each.value, each.label) for each in MAY_REFUSE],
        "later": LATER,
        "year": years,
        "show": ((ANSWERS, "全部答复"),),
    }
    return conditions(request.user.county, request.GET, NAMES, hidden=HIDDEN, known=known)


def _rows(user: User, asked: Conditions, today: date) -> RefusalQuerySet:
    chosen = asked.chosen
    rows = Refusal.objects.visible_to(user, today).counted().filter(OPEN, _same(chosen, "at"))
    if code := chosen.get("unit"):
        rows = rows.filter(unit__in=unit_keys(user.county, code))
    if later := chosen.get("later"):
        rows = rows.filter(undone_at__isnull=later == "no")
    return rows


def _answers(user: User, asked: Conditions, today: date) -> QuerySet[Answer]:
    """Return what the refusals are part of: under the same conditions, unless they are a no's."""
    chosen = asked.chosen
    only_no = chosen if chosen.get("show") == ANSWERS else {"year": chosen.get("year", "")}
    rows = answers_out(user, today).filter(OPEN, _same(only_no, "published_at"))
    if code := chosen.get("unit"):
        rows = rows.filter(assignment__unit__in=unit_keys(user.county, code))
    return rows


def _same(chosen: Mapping[str, str], moment: str) -> Q:
    found = Q()
    for name in ("ground", "outcome"):
        if code := chosen.get(name):
            found &= Q(**{name: code})
    if year := chosen.get("year"):
        found &= Q(**{f"{moment}__year": int(year)})
    return found


def _url(asked: Conditions, **more: str) -> str:
    """Return the register with these conditions; a no's own do not narrow all answers."""
    gone = ("ground", "outcome", "later") if "show" in more else ()
    params = without(asked.params, *TURNS, "show", *gone)
    for name, code in more.items():
        params[name] = code
    return f"{REGISTER}?{params.urlencode()}" if params else REGISTER


def _page(rows: RefusalQuerySet, request: StaffRequest) -> tuple[Stretch[Any], Sequence[Line]]:
    found = stretch(rows.select_related(*WORDS), _order(rows), request.GET)
    return found, [refusal_line(row) for row in found.rows]


def _order(rows: RefusalQuerySet) -> Order[Refusal]:
    return Order(("at", "pk"), True, _write, lambda said: _find(rows, "at", said))


def _answer_page(
    rows: QuerySet[Answer], request: StaffRequest
) -> tuple[Stretch[Any], Sequence[Line]]:
    def write(row: Answer) -> str:
        return f"{row.published_at:%Y-%m-%dT%H:%M:%S.%f%z}{SIGN}{row.appeal.number}"

    order: Order[Answer] = Order(ORDER, True, write, lambda said: _find(rows, "published_at", said))
    words = with_letter(rows.select_related(*ANSWER_LINE, "assignment__unit"))
    found = stretch(words, order, request.GET)
    return found, [answer_line(row) for row in found.rows]


def _write(row: Refusal) -> str:
    return f"{row.at:%Y-%m-%dT%H:%M:%S.%f%z}{SIGN}{row.appeal.number}"


def _find(rows: QuerySet[Any], moment: str, said: str) -> Key | None:
    """Read a row's place again: the moment at which it went out, and its case's number."""
    when, _, number = said.rpartition(SIGN)
    try:
        at = parse_datetime(when)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        return None
    found = rows.filter(appeal__number=number, **{moment: at})
    key = found.values_list("pk", flat=True).first()
    return None if key is None else (at, key)


def _count(number: int) -> str:
    return count_words(number).replace("件", "条")
