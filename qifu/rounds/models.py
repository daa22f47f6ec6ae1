"""What each periodic task did in each period."""

from __future__ import annotations

from django.db import models


class JobRun(models.Model):
    """What one periodic task did in one period (定时任务记录): a day, or an hour of a busy one.

    Of no county: one worker makes each round for every county at once, and that it was
    made or not is a fact of the installation. Not in a deed, as nothing that is counted
    or inspected follows from it; what a round does is in deeds of its own.
    """

    code = models.CharField("任务", max_length=40)
    # The business date, with the hour where a task runs many times a day.
    period = models.CharField("业务期", max_length=16)
    first_at = models.DateTimeField("首次运行")
    last_at = models.DateTimeField("最近运行")
    succeeded_at = models.DateTimeField("最近成功", null=True)
    runs = models.PositiveIntegerField("次数", default=0)
    handled = models.PositiveIntegerField("处理数", default=0)
    duration = models.PositiveIntegerField("耗时（毫秒）", default=0)
    # The kind of fault of the last run, nothing if it went well; never a person's words.
    failure = models.CharField("失败原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "period"], name="rounds_jobrun_once")
        ]
        indexes = [models.Index(fields=["code", "-last_at"], name="rounds_jobrun_newest")]

    def __str__(self) -> str:
        return f"{self.code} {self.period}"
