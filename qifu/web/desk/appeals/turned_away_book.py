"""What left the system (已转出) as an Excel sheet: its columns, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from qifu.appeals.lifecycle import State
from qifu.appeals.models import TurnAway
from qifu.kernel.clock import local_date
from qifu.web.desk.appeals.workbook import Book, Column

COLUMNS: Sequence[Column[TurnAway]] = (
    ("编号", 12, lambda row: row.appeal.number),
    ("企业", 30, lambda row: row.appeal.enterprise_name),
    ("诉求", 40, lambda row: row.appeal.title),
    ("提出日期", 12, lambda row: local_date(row.appeal.submitted_at)),
    ("为什么转出", 24, lambda row: row.decline.get_reason_display()),
    ("转到哪里", 20, lambda row: row.went_to.body),
    ("找谁", 30, lambda row: row.whom.body),
    ("转出日期", 12, lambda row: row.went_on),
    ("怎么转的", 14, lambda row: way_of(row)),
    ("移送文号或回执", 24, lambda row: row.receipt.body if row.receipt else ""),
    ("现在", 10, lambda row: now_of(row)),
)
NOTES = (
    ("范围", "导出人当时能看到的转出，与页面列表同一条件、同一批；保密的和举报不导出。"),
    ("怎么转的", "县办书面转去的写文号或回执；其余是告诉企业自己去那里反映。"),
    ("现在", "企业提出异议后县办重新看，所以可能不再是“已转出”。"),
)
BOOK = Book("已转出清单", "件", "新转出的在前", COLUMNS, NOTES)


def way_of(row: TurnAway) -> str:
    """Say who takes it there."""
    return "县办书面转去" if row.handed_over else "企业自己去"


def now_of(row: TurnAway) -> str:
    """Say where it stands: gone, or back because the enterprise objected."""
    case = row.appeal
    return "已转出" if case.state == State.DECLINED else case.get_state_display()
