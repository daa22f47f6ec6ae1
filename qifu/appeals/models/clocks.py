"""A stored projection of each clock; `kernel.deadlines` is what it is projected from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qifu.appeals.rules import ClockKind
from qifu.kernel.county import CountyModel
from qifu.organisations.models import Unit


class Clock(CountyModel):
    """One running or stopped time limit (时限) of one unit on one case.

    `marks` is its life (started, paused, stopped …); `due_on`, `late_days` and the rest
    follow from it, the rule version and the calendar version, and are checked nightly.
    """

    appeal = models.ForeignKey("appeals.Appeal", models.PROTECT, related_name="clocks")
    assignment = models.ForeignKey(
        "appeals.Assignment", models.PROTECT, related_name="clocks", null=True
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    kind = models.CharField("时限种类", max_length=10, choices=ClockKind.choices)
    limit = models.PositiveSmallIntegerField("工作日数")
    marks = models.JSONField("计时记录", default=list)
    rule_version = models.PositiveIntegerField("规则版本")
    calendar_version = models.PositiveIntegerField("日历版本")
    started_at = models.DateTimeField("起算")
    due_on = models.DateField("到期日", null=True)
    # A date somebody gave his word for; never the limit, never the time used.
    promised_on = models.DateField("承诺日期", null=True)
    stopped_at = models.DateTimeField("停止", null=True)
    used_days = models.PositiveSmallIntegerField("已用工作日", null=True)
    late_days = models.PositiveSmallIntegerField("逾期工作日", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "appeal"], name="appeals_clock_appeal"),
            models.Index(
                fields=["county", "unit", "due_on"],
                name="appeals_clock_running",
                condition=models.Q(stopped_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"
