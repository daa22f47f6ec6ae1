"""Versions of a county's calendar, and the yearly notices that each of them brought."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qifu.kernel.county import CountyModel


class CalendarVersion(CountyModel):
    """One state of the county's calendar (日历版本); never changed once it is there."""

    reference = True

    class Reason(models.TextChoices):
        """Why there is a new version."""

        SHIPPED = "SHIPPED", "随系统带来"
        NOTICE = "NOTICE", "录入年度放假安排"
        DAY = "DAY", "更正一天"

    number = models.PositiveIntegerField("版本")
    reason = models.CharField("来由", max_length=10, choices=Reason)
    made_at = models.DateTimeField("生成时间")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "number"], name="workdays_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.county} 第{self.number}版"


class YearNotice(CountyModel):
    """A year's holidays as one version knows them (年度放假安排).

    `days` holds `[day, is_workday, name]` for the days that are not what the week says.
    A year of which no version has a notice is 未公布.
    """

    reference = True

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="notices")
    year = models.PositiveSmallIntegerField("年度")
    document = models.CharField("文号或依据", max_length=60, blank=True)
    published_on = models.DateField("公布日期", null=True)
    days = models.JSONField("放假和上班的日子")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "year", "version"], name="workdays_notice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.year}年放假安排"
