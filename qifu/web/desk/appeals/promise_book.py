"""The ledger of promises as an Excel sheet: its columns, and what each of them means."""

from __future__ import annotations

from collections.abc import Sequence

from qifu.appeals.models import Promise
from qifu.web.desk.appeals.workbook import Book, Column

COLUMNS: Sequence[Column[Promise]] = (
    ("承诺日期", 12, lambda row: row.due_on),
    ("承诺办成什么", 40, lambda row: row.what.body),
    ("编号", 12, lambda row: row.appeal.number),
    ("企业", 30, lambda row: row.appeal.enterprise_name),
    ("诉求", 40, lambda row: row.appeal.title),
    ("承办单位", 16, lambda row: row.unit.short_name),
    ("第几次承诺", 10, lambda row: f"{row.turn}"),
    ("怎么样了", 10, lambda row: row.get_state_display()),
    ("兑现日期", 12, lambda row: row.kept_on),
    ("未兑现日期", 12, lambda row: row.broken_on),
)
NOTES = (
    (
        "范围",
        "导出人当时能看到的承诺，与页面列表同一条件、同一批；撤回发布、企业撤回和企业要求保密的不在内。",
    ),
    ("已兑现", "承办单位在承诺日期24:00前报告办成的。"),
    ("未兑现", "到期没有办成或没有报告的，次日起计；以后办成的仍计未兑现，另有兑现日期。"),
    ("兑现率", "已兑现÷（已兑现＋未兑现）；还没到期的不知道结果，不算在内，也不算0。"),
    ("个人信息", "不含联系人和电话；需要时在系统里逐件查看，会留痕。"),
)
BOOK = Book("承诺台账", "条", "承诺日期，早的在前", COLUMNS, NOTES)
