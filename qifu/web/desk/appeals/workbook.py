"""The Excel file of a list, written row by row in constant memory.

Words that somebody typed are only ever written as text, marked as such where they look
like a formula: opening the file, or saving it as CSV, runs nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Generic, TypeVar

import xlsxwriter
from django.db.models import Model, QuerySet

from qifu.appeals.models import Appeal
from qifu.kernel.clock import local, local_date
from qifu.web.ui.dates import full_moment

# How a spreadsheet takes text for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# More than a cell holds.
CELL_MAX = 32_767
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}
R = TypeVar("R", bound=Model)
Column = tuple[str, int, Callable[[R], str | date | None]]


@dataclass(frozen=True)
class Book(Generic[R]):
    """What a list looks like as a sheet: its name, its measure, its order and its columns."""

    name: str
    measure: str
    order: str
    columns: Sequence[Column[R]]
    notes: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Definition:
    """What the rows are, for whoever finds the file a year later (口径说明)."""

    county: str
    conditions: tuple[str, ...]
    taken_by: str
    taken_at: datetime


COLUMNS: Sequence[Column[Appeal]] = (
    ("编号", 12, lambda case: case.number),
    ("状态", 10, lambda case: case.get_state_display()),
    ("企业", 30, lambda case: case.enterprise_name),
    ("属地", 12, lambda case: case.place.short_name if case.place else ""),
    ("类别", 16, lambda case: case.category.name if case.category else ""),
    ("诉求", 40, lambda case: case.title),
    ("企业原话", 60, lambda case: case.problem.body),
    ("来源", 10, lambda case: case.get_channel_display()),
    ("主办单位", 16, lambda case: case.lead_unit.short_name if case.lead_unit else ""),
    ("类型", 8, lambda case: case.get_nature_display() if case.nature else ""),
    ("提交日期", 12, lambda case: local_date(case.submitted_at)),
    ("本步到期日", 12, lambda case: case.due_on),
    ("办理结果", 12, lambda case: case.get_outcome_display() if case.outcome else ""),
    ("答复日期", 12, lambda case: local_date(case.published_at) if case.published_at else None),
    ("办结日期", 12, lambda case: local_date(case.closed_at) if case.closed_at else None),
)
NOTES = (
    ("范围", "导出人当时能看到的诉求，与页面列表同一条件、同一批；企业要求保密的不导出。"),
    ("提交日期", "企业提交或工作人员登记的日期，线上线下同样计时。"),
    ("本步到期日", "当前这一步的到期日，当天24:00为止；办结和不予受理的没有。"),
    ("办理结果", "主办单位填报、审核发布的结果；未发布的为空。"),
    ("办结日期", "企业评价或评价期满的日期；不予受理的没有。"),
    ("个人信息", "不含联系人和电话；需要时在系统里逐件查看，会留痕。"),
)
CASES = Book("诉求清单", "件", "提交时间，新的在前", COLUMNS, NOTES)


def workbook(rows: QuerySet[R], said: Definition, look: Book[R]) -> tuple[IO[bytes], int]:
    """Write the file; return it, at its beginning, with the number of rows."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    book = xlsxwriter.Workbook(file, OPTIONS)
    head = book.add_format(
        {"bold": True, "bg_color": "#EDEFEC", "border": 1, "border_color": "#C3C9D0"}
    )
    texts = book.add_format({"text_wrap": True, "valign": "top"})
    marked = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    days = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    sheet = book.add_worksheet(look.name)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    for place, (title, width, _) in enumerate(look.columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    written = 0
    for written, row in enumerate(rows.iterator(chunk_size=500), start=1):
        for place, (_, _, value_of) in enumerate(look.columns):
            value = value_of(row)
            if isinstance(value, date):
                sheet.write_datetime(written, place, value, days)
            elif value:
                style = marked if value.startswith(FORMULA) else texts
                sheet.write_string(written, place, value[:CELL_MAX], style)
    sheet.autofilter(0, 0, written, len(look.columns) - 1)
    _explain(book, head, texts, marked, _facts(said, written, look))
    book.close()
    file.seek(0)
    return file, written


def _facts(said: Definition, written: int, look: Book[R]) -> list[tuple[str, str]]:
    narrowed = "；".join(said.conditions) or "没有，导出人能看到的全部"
    return [
        ("县（市、区）", said.county),
        ("筛选条件", narrowed),
        ("行数", f"{written:,}{look.measure}"),
        ("排序", look.order),
        ("导出时间", full_moment(local(said.taken_at))),
        ("导出人", said.taken_by),
        *look.notes,
    ]


def _explain(
    book: Any, head: Any, texts: Any, marked: Any, facts: Iterable[tuple[str, str]]
) -> None:
    sheet = book.add_worksheet("口径说明")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 80)
    for line, (term, words) in enumerate(facts):
        sheet.write_string(line, 0, term, head)
        sheet.write_string(line, 1, words, marked if words.startswith(FORMULA) else texts)
