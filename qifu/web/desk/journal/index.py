"""The journal (日志): how its end is known, and every event with who, what and whereto."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse

from qifu.journal.register import Line, Stretch, stretch
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import PostKind
from qifu.web.desk.journal.anchors import end_of
from qifu.web.desk.journal.kinds import FAMILIES, Family, find_family, title
from qifu.web.desk.journal.subjects import Register, register_of
from qifu.web.ui.answers import page
from qifu.web.ui.dates import full_date, full_moment
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.lists import Filter, Pager

SIZE = 50
# The notice that began it all is of 2018; a day before it is a slip of the hand.
FIRST_DAY = date(2018, 9, 28)
ODD_DAY = "日期不对，先显示全部。请按2026-11-24的样子填写，不晚于今天。"


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    family: Family | None
    kind: str
    day: date | None
    odd_day: bool

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of events that are asked for; none named means all."""
        if self.kind:
            return (self.kind,)
        return tuple(self.family.titles) if self.family else ()

    @property
    def query(self) -> dict[str, str]:
        """Return the conditions as the address writes them."""
        said = {
            "family": self.family.code if self.family else "",
            "kind": self.kind,
            "day": self.day.isoformat() if self.day else "",
        }
        return {name: value for name, value in said.items() if value}


@staff_only(PostKind.SUPERVISOR, PostKind.AUDITOR)
def index(request: StaffRequest) -> HttpResponse:
    """Show the journal's end and its events, the newest first."""
    user, today = request.user, local_date(now())
    asked = _asked(request, today)
    found = stretch(
        user.county,
        kinds=asked.kinds,
        day=asked.day,
        after=_number(request, "after"),
        before=_number(request, "before"),
        limit=SIZE,
    )
    names = register_of(user, found.lines)
    context = {
        "title": "日志",
        "end": end_of(user.county, today),
        "command": f"./manage.py verify_journal --county {user.county}",
        "rows": [_row(line, names) for line in found.lines],
        "filters": _filters(asked),
        "clear_url": "?" if asked.query else "",
        "kept": {name: value for name, value in asked.query.items() if name != "day"},
        "day": asked.day.isoformat() if asked.day else "",
        "today": today.isoformat(),
        "error": ODD_DAY if asked.odd_day else "",
        "pager": _pager(found, asked.query),
    }
    return page(request, "desk/journal/index.html", context, part="rows")


def _asked(request: StaffRequest, today: date) -> Asked:
    family = find_family(request.GET.get("family", ""))
    kind = request.GET.get("kind", "")
    typed = request.GET.get("day", "")
    day = _day(typed, today)
    known = family is not None and kind in family.titles
    return Asked(family, kind if known else "", day, bool(typed) and day is None)


def _day(typed: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= today else None


def _number(request: StaffRequest, name: str) -> int | None:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 16 else None


def _row(line: Line, names: Register) -> dict[str, object]:
    return {
        "seq": f"{line.seq:,}",
        "at": full_moment(line.at),
        "who": names.actor(line),
        "title": title(line.kind, line.data),
        "subject": names.subject(line),
    }


def _filters(asked: Asked) -> list[Filter]:
    query = asked.query
    families = [(family.code, family.label) for family in FAMILIES]
    family = query.get("family", "")
    filters = [Filter("family", "类别", families, family, _without(query, "family", "kind"))]
    if asked.family:
        kinds = list(asked.family.titles.items())
        filters.append(Filter("kind", "事项", kinds, asked.kind, _without(query, "kind")))
    if asked.day:
        day = asked.day.isoformat()
        said = [(day, full_date(asked.day))]
        filters.append(Filter("day", "日期", said, day, _without(query, "day")))
    return filters


def _without(query: Mapping[str, str], *names: str) -> str:
    return f"?{urlencode({name: value for name, value in query.items() if name not in names})}"


def _pager(found: Stretch, query: Mapping[str, str]) -> Pager:
    lines = found.lines
    if not lines:
        return Pager(says="没有了")
    newer = f"?{urlencode({**query, 'before': lines[0].seq})}"
    older = f"?{urlencode({**query, 'after': lines[-1].seq})}"
    whole = found.is_first and found.is_last
    return Pager(
        before_url="" if found.is_first else newer,
        after_url="" if found.is_last else older,
        before_label=f"更新的{SIZE}条",
        after_label=f"更早的{SIZE}条",
        says=f"已显示全部{len(lines)}条"
        if whole
        else f"第{lines[0].seq:,}号至第{lines[-1].seq:,}号",
    )
