"""Entering a year's notice or one day: first the difference, then the confirmation."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.urls import reverse

from qifu.kernel.clock import local_date, now
from qifu.kernel.errors import InvalidInput, StaleState
from qifu.web.desk.calendar.forms import (
    DayForm,
    HolidayForm,
    HolidayRows,
    NoticeForm,
    rows_of,
)
from qifu.web.desk.calendar.years import known_year, year_row
from qifu.web.ui.answers import Outcome, page, run, see_other
from qifu.web.ui.dates import desk_date
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.templatetags.ui import error_summary
from qifu.web.ui.toasts import say
from qifu.workdays import actions
from qifu.workdays.access import KEEPERS
from qifu.workdays.models import CalendarVersion
from qifu.workdays.named_days import NamedDay
from qifu.workdays.proposals import Proposal, propose_day, propose_year

Propose = Callable[[], Proposal]
Enter = Callable[..., CalendarVersion]


@dataclass(frozen=True)
class Step:
    """What a posted form led to: the version made, or the difference to look at."""

    outcome: Outcome[CalendarVersion]
    difference: Proposal | None = None
    seen: str = ""
    changed_since: bool = False

    @property
    def status(self) -> int:
        """The status of the page that is shown."""
        refused = self.difference is None and self.outcome.status == 200
        return 422 if refused else self.outcome.status

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Say of each day that would change what it becomes."""
        return [
            (
                f"{change.on.year}-{desk_date(change.on)}",
                "改为上班" if change.is_workday else "改为放假",
                change.name,
            )
            for change in (self.difference.changes if self.difference else ())
        ]


@staff_only(*KEEPERS)
def enter_year(request: StaffRequest, year: int) -> HttpResponse:
    """Enter or replace a year's notice (录入年度放假安排)."""
    known, county = known_year(request, year), request.user.county
    notice = known.notices().get(year)
    form = NoticeForm(request.POST or None, year=year)
    rows = HolidayRows(request.POST or None, initial=rows_of(notice.days if notice else ()))
    step = None
    if request.method == "POST":
        valid = form.is_valid() & rows.is_valid()
        days = _days(form, rows) if valid else []
        if valid and not days:
            form.add_error(None, "没有填一个日子。请粘贴通知原文，或逐个填写日期。")
        step = _take(
            request,
            form,
            days,
            propose=lambda: propose_year(county, year, days, local_date(now())),
            enter=partial(_enter_year, county, year, days, _expected(request)),
        )
        if step.outcome.done:
            return _done(request, year, f"{year}年放假安排已录入，新日历从现在起使用。")
    context = {
        "title": f"录入{year}年放假安排",
        "row": year_row(known, year),
        "form": form,
        "rows": rows,
        "errors": error_summary(form, *rows) if step else {},
        "step": step,
    }
    status = step.status if step else 200
    return page(request, "desk/calendar/enter_year.html", context, status=status)


@staff_only(*KEEPERS)
def edit_day(request: StaffRequest, year: int) -> HttpResponse:
    """Correct one day of a year that has been entered (更正一天)."""
    known, county = known_year(request, year), request.user.county
    form = DayForm(request.POST or None)
    step = None
    if request.method == "POST":
        days = [form.named_day()] if form.is_valid() else []
        step = _take(
            request,
            form,
            days,
            propose=lambda: propose_day(county, days[0], local_date(now())),
            enter=partial(_edit_day, county, days, _expected(request)),
        )
        if step.outcome.done:
            return _done(request, days[0].on.year, "这一天已更正，新日历从现在起使用。")
    context = {
        "title": "更正一天",
        "row": year_row(known, year),
        "form": form,
        "step": step,
    }
    status = step.status if step else 200
    return page(request, "desk/calendar/edit_day.html", context, status=status)


def _days(form: NoticeForm, rows: BaseFormSet[HolidayForm]) -> list[NamedDay]:
    # Where the text was pasted, a line that only repeats what is in force says nothing.
    said = [row for row in rows if row.has_changed() or not form.days]
    return sorted({*form.days, *(day for row in said for day in row.days())})


def _take(
    request: StaffRequest,
    form: forms.Form,
    days: Sequence[NamedDay],
    *,
    propose: Propose,
    enter: Enter,
) -> Step:
    """Confirm what was shown, or show what would change."""
    if not form.is_valid() or not days:
        return Step(Outcome(status=422))
    words = repr((sorted(days), form.cleaned_data["document"]))
    seen = hashlib.sha256(words.encode()).hexdigest()[:16]
    confirms = request.POST.get("step") == "confirm"
    outcome: Outcome[CalendarVersion] = Outcome()
    if confirms and request.POST.get("seen") == seen:
        outcome = run(request, enter, form)
        if not isinstance(outcome.error, StaleState | None):
            return Step(outcome)
    changed = confirms and request.POST.get("seen") != seen
    difference = None if outcome.done else _difference(form, propose)
    return Step(outcome, difference, seen, changed)


def _difference(form: forms.Form, propose: Propose) -> Proposal | None:
    try:
        return propose()
    except InvalidInput as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


def _enter_year(
    county: str,
    year: int,
    days: Sequence[NamedDay],
    expect: int,
    *,
    document: str,
    published_on: Any,
    text: str,
    **given: Any,
) -> CalendarVersion:
    return actions.enter_year(
        county,
        year,
        days=days,
        document=document,
        published_on=published_on,
        expect=expect,
        **given,
    )


def _edit_day(
    county: str,
    days: Sequence[NamedDay],
    expect: int,
    *,
    document: str,
    by: Any,
    at: Any,
    key: str,
    **given: Any,
) -> CalendarVersion:
    return actions.edit_day(
        county,
        days[0].on,
        is_workday=days[0].is_workday,
        name=days[0].name,
        document=document,
        by=by,
        at=at,
        expect=expect,
        key=key,
    )


def _expected(request: StaffRequest) -> int:
    expect = request.POST.get("expect", "")
    return int(expect) if expect.isdecimal() and len(expect) < 10 else -1


def _done(request: StaffRequest, year: int, sentence: str) -> HttpResponse:
    say(request, f"{sentence}办理中的时限5分钟内重算，有变动的逐件记录。")
    return see_other(request, reverse("desk:calendar-year", args=[year]))
