"""The lines of the register of refusals, as the page prints them and as a group reads them."""

from __future__ import annotations

from dataclasses import dataclass

from qifu.appeals.models import Answer, Refusal
from qifu.kernel.clock import local_date
from qifu.web.desk.appeals.group_lines import joined
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.dates import desk_date


@dataclass(frozen=True)
class Line:
    """One refusal, or one answer, as the register prints it."""

    url: str
    letter: str
    number: str
    title: str
    enterprise: str
    on: str
    outcome: str
    ground: str
    unit: str
    later: str


def refusal_line(row: Refusal) -> Line:
    """Return a refusal as its register prints it."""
    later = f"{desk_date(local_date(row.undone_at))}办成了" if row.undone_at else ""
    case = row.appeal
    return Line(
        case_url(case.number),
        case_url(case.number, f"letters/{row.number}"),
        case.number,
        case.title,
        case.enterprise_name,
        desk_date(local_date(row.at)),
        row.get_outcome_display(),
        row.get_ground_display(),
        row.unit.short_name,
        later,
    )


def answer_line(row: Answer) -> Line:
    """Return an answer, which may be a refusal or not."""
    case = row.appeal
    letter = getattr(row, "letter", None)
    return Line(
        case_url(case.number),
        case_url(case.number, f"letters/{letter}") if letter else "",
        case.number,
        case.title,
        case.enterprise_name,
        desk_date(local_date(row.published_at)) if row.published_at else "",
        row.get_outcome_display(),
        row.get_ground_display() if row.ground else "",
        row.assignment.unit.short_name if row.assignment else "",
        "",
    )


def group_line(row: Refusal) -> str:
    """Write a refusal as a line for a unit's group chat."""
    told = f"{desk_date(local_date(row.at))}告知办不成"
    return joined(row.appeal.number, row.appeal.enterprise_name, row.unit.short_name, told)
