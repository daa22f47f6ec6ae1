"""《转省市有关单位问题清单》(表六) as an Excel file: its columns, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qifu.appeals.above import late_days
from qifu.appeals.models import Escalation
from qifu.kernel.calendars import Calendar
from qifu.kernel.clock import local_date
from qifu.web.desk.appeals.workbook import Book, Column

NOTES = (
    ("范围", "导出人当时能看到的诉求，与页面列表同一条件、同一批；转过几次的有几行。"),
    ("上报时间", "县办在系统里转上级的日期。"),
    ("上级期限", "上级答应的日期，没有告诉县办的为空。"),
    ("上级逾期工作日", "从上级期限到上级答复（没有答复的到导出当天）的工作日。"),
    ("企业知晓", "转上级时系统发短信告知企业；满意度是企业自己的评价，没有评价的为空。"),
)


def sheet(today: date, calendar: Calendar, order: str, *, graded: bool) -> Book[Escalation]:
    """Return the list's columns; grades only for whoever sees them at once."""

    def late(row: Escalation) -> str:
        days = late_days(row, today, calendar)
        return f"{days}" if days else ""

    def content(row: Escalation) -> str:
        ratings = list(row.appeal.ratings.all()) if graded else []
        return f"，{ratings[-1].get_grade_display()}" if ratings else ""

    columns: Sequence[Column[Escalation]] = (
        ("编号", 12, lambda row: row.appeal.number),
        ("企业", 30, lambda row: row.appeal.enterprise_name),
        ("问题类别", 16, lambda row: row.appeal.category.name if row.appeal.category else ""),
        ("问题描述", 50, lambda row: row.appeal.problem.body),
        ("涉及省/市单位", 24, lambda row: f"{row.get_level_display()}，{row.organ.body}"),
        ("县级已做工作", 40, lambda row: row.tried.body),
        ("建议解决方案", 40, lambda row: row.proposal.body),
        ("县级无法解决的原因", 12, lambda row: row.get_reason_display()),
        ("上报时间", 12, lambda row: local_date(row.at)),
        ("上报渠道", 10, lambda row: row.get_channel_display() if row.channel else ""),
        ("上级编号", 18, lambda row: row.number),
        ("上级承办单位", 24, lambda row: row.handled_by.body if row.handled_by else ""),
        ("上级期限", 12, lambda row: row.due_on),
        ("上级逾期工作日", 10, late),
        ("上级答复时间", 12, lambda row: row.replied_on),
        ("进展/结果", 40, _result),
        ("企业知晓与满意度", 18, lambda row: f"已告知{content(row)}"),
    )
    return Book("转省市问题清单", "件", order, columns, NOTES)


def _result(row: Escalation) -> str:
    if row.reply is None:
        return "等上级答复"
    return f"{row.get_result_display()}：{row.reply.body}"
