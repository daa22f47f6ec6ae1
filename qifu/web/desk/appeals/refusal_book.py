"""The register of refusals as an Excel sheet: its columns, and what each of them means."""

from __future__ import annotations

from collections.abc import Sequence

from qifu.appeals.models import Refusal
from qifu.kernel.clock import local_date
from qifu.web.desk.appeals.workbook import Book, Column

COLUMNS: Sequence[Column[Refusal]] = (
    ("告知日期", 12, lambda row: local_date(row.at)),
    ("编号", 12, lambda row: row.appeal.number),
    ("企业", 30, lambda row: row.appeal.enterprise_name),
    ("诉求", 40, lambda row: row.appeal.title),
    ("答复单位", 16, lambda row: row.unit.short_name),
    ("办理结果", 12, lambda row: row.get_outcome_display()),
    ("依据种类", 14, lambda row: row.get_ground_display()),
    ("依据", 40, lambda row: row.answer.basis.body if row.answer.basis else ""),
    (
        "还可以怎么办",
        40,
        lambda row: row.answer.alternatives.body if row.answer.alternatives else "",
    ),
    ("后来办成日期", 14, lambda row: local_date(row.undone_at) if row.undone_at else None),
)
NOTES = (
    (
        "范围",
        "导出人当时能看到的，与页面列表同一条件、同一批；企业要求保密的不导出，撤回发布的不在内。",
    ),
    (
        "办不成",
        "发给企业的答复结果为条件不具备、诉求不合理、不属职权已转，或者解释说明里政策不支持的。",
    ),
    ("依据种类", "承办单位填报、分管负责同志审签的。"),
    ("后来办成日期", "企业要求重办或二次办理后，已解决或部分解决的答复发布日期。"),
    ("个人信息", "不含联系人和电话；需要时在系统里逐件查看，会留痕。"),
)
BOOK = Book("办不成登记簿", "条", "告知日期，新的在前", COLUMNS, NOTES)
