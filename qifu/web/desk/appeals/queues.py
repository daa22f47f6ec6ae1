"""A queue (办件队列): what waits for somebody, most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from qifu.appeals import readings
from qifu.appeals.models import Appeal, Assignment
from qifu.appeals.queue_names import Queue
from qifu.appeals.queues import (
    ASKED,
    Horizon,
    StateCount,
    Tally,
    office_cases,
    tally,
    unit_cases,
)
from qifu.kernel.clock import now
from qifu.web.desk import navigation
from qifu.web.desk.appeals.asking import asking_cases
from qifu.web.desk.appeals.conditions import (
    HIDDEN_NAMES,
    QUEUE_NAMES,
    Conditions,
    conditions,
    narrowed,
    narrowed_cases,
)
from qifu.web.desk.appeals.orders import cases_newest, cases_urgent, parts_newest, parts_urgent
from qifu.web.desk.appeals.paging import PAGE, Stretch, count, count_words, pager, stretch
from qifu.web.desk.appeals.pressure import pressed_cases, pressed_parts
from qifu.web.desk.appeals.rows import PART_WORDS, Row, case_rows, part_rows
from qifu.web.desk.shelves import Shelf, find_queue
from qifu.web.ui.answers import page
from qifu.web.ui.dates import day_line, short_date
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/queue.html"
# How the first column is headed: the step that the time is for.
TIME_HEADS = {
    "to-accept": "受理时限",
    "to-dispatch": "交办时限",
    "to-sign": "签收时限",
    "to-review": "审核时限",
    "returns": "裁定时限",
    "supplement": "补充期限",
    "to-call": "回访时限",
    "to-evaluate": "评价时限",
}


@dataclass(frozen=True)
class Found:
    """What a queue shows on one page: its rows, how it goes on, how many there are."""

    rows: list[Row]
    stretch: Stretch[Any]
    tally: Tally
    dues: tuple[str, str] = ("", "")


@staff_only
def queue(request: StaffRequest, code: str) -> HttpResponse:
    """Show one of the person's queues."""
    named = find_queue(request.user, code)
    if named is None:
        raise Http404
    shelf, which = named
    asked = conditions(request.user.county, request.GET, QUEUE_NAMES, hidden=HIDDEN_NAMES)
    within, tallies = navigation.counts(request, request.user)
    search = _parts if shelf.of_unit else _cases
    found = search(request, which, asked, within, tallies[shelf])
    context = {
        "title": which.name,
        "queue": which,
        "of_unit": shelf.of_unit,
        "total": count_words(found.tally.of(which)),
        "counts": _counts(which, found.tally),
        "views": _views(shelf, which, tallies[shelf], asked) if shelf.of_unit else [],
        "when": f"{day_line(now())}更新",
        "time_head": TIME_HEADS.get(which.code, "时限"),
        "proposing": which.code == "to-dispatch" and not shelf.of_unit,
        "asked": asked,
        # A unit's short list needs no conditions.
        "can_narrow": asked.is_any or not shelf.of_unit or not found.stretch.is_whole,
        "says": f"符合的{count_words(found.tally.of(which))}" if asked.is_any else "",
        "why": f"条件：{'，'.join(asked.said)}。",
        "rows": found.rows,
        "pager": _pager(which, found, asked),
    }
    return page(request, TEMPLATE, context, part="rows")


def _cases(
    request: StaffRequest, which: Queue, asked: Conditions, within: Horizon, counted: Tally
) -> Found:
    user, at = request.user, now()
    rows = narrowed_cases(office_cases(user, which, within), user, asked, within)
    order = cases_newest if which.is_ended else cases_urgent
    found: Stretch[Appeal] = stretch(rows.with_words(), order(user, within.today), request.GET)
    made = case_rows(
        found.rows,
        readings.case_readings(found.rows, at),
        viewer=user,
        at=at,
        proposing=which.code == "to-dispatch",
    )
    made = pressed_cases(made, found.rows, at)
    if which.asks:
        made = asking_cases(made, found.rows, which, user)
    if asked.is_any:
        counted = tally(rows, within, ASKED)
    elif which.is_ended:
        counted = _ended(which, rows)
    return Found(made, found, counted, _dues(which, found.rows))


def _parts(
    request: StaffRequest, which: Queue, asked: Conditions, within: Horizon, counted: Tally
) -> Found:
    user = request.user
    cases = Appeal.objects.visible_to(user, within.today).search(asked.words, user)
    chosen = dict(asked.chosen)
    lamp = {"lamp": chosen.pop("lamp")} if "lamp" in chosen else {}
    rows = unit_cases(user, which, within).filter(narrowed(user.county, lamp, within))
    if chosen or asked.words:
        rows = rows.filter(appeal__in=cases.filter(narrowed(user.county, chosen, within)))
    order = parts_newest if which.is_ended else parts_urgent
    found: Stretch[Assignment] = stretch(rows.select_related(*PART_WORDS), order(user), request.GET)
    made = part_rows(found.rows, readings.part_readings(found.rows, now()), viewer=user)
    made = pressed_parts(made, found.rows)
    if asked.is_any:
        counted = tally(rows, within)
    elif which.is_ended:
        counted = _ended(which, rows)
    return Found(made, found, counted, _dues(which, found.rows))


def _ended(which: Queue, rows: QuerySet[Any]) -> Tally:
    """Count what has ended for the one page that shows it, not further than anybody reads."""
    return Tally({which.states[0]: StateCount(count(rows))})


def _dues(which: Queue, rows: list[Appeal] | list[Assignment]) -> tuple[str, str]:
    if which.is_ended or not rows or rows[0].due_on is None or rows[-1].due_on is None:
        return "", ""
    return short_date(rows[0].due_on), short_date(rows[-1].due_on)


def _counts(which: Queue, counted: Tally) -> dict[str, int]:
    if which.lamp or which.is_ended:
        return {}
    within = counted.within(which)
    return {"overdue": within.overdue, "soon": within.soon}


def _views(
    shelf: Shelf, which: Queue, counted: Tally, asked: Conditions
) -> list[tuple[str, int, str, bool]]:
    """Return the places of a unit's queue: 全部, 逾期, 将到期, each with its count."""
    if which.lamp or which.is_ended:
        return []
    within, url = counted.within(which), shelf.url(which)
    here = asked.chosen.get("lamp", "")
    return [
        ("全部", within.all, url, not here),
        ("逾期", within.overdue, f"{url}?lamp=overdue", here == "overdue"),
        ("将到期", within.soon, f"{url}?lamp=soon", here == "soon"),
    ]


def _pager(which: Queue, found: Found, asked: Conditions) -> Any:
    total = count_words(found.tally.of(which))
    if found.stretch.is_whole:
        says = f"已显示全部{total}"
    elif found.dues[0]:
        first, last = found.dues
        days = f"从{first}到{last}到期" if first != last else f"都是{first}到期"
        says = f"本页{days}，共{total}"
    else:
        says = f"共{total}，新的在前"
    words = ("更新的", "更早的") if which.is_ended else ("更急的", "更缓的")
    labels = tuple(f"{word}{PAGE}件" for word in words)
    return pager(found.stretch, asked.params, says, labels=(labels[0], labels[1]))
