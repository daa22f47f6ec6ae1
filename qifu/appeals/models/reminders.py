"""Reminders that were given, and the daily rounds of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qifu.appeals.ladder import URGES, ReminderKind
from qifu.appeals.models.case import Appeal, Assignment
from qifu.appeals.models.clocks import Clock
from qifu.appeals.models.steps import StepModel
from qifu.appeals.models.tracking import Promise
from qifu.journal.models import Text
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.organisations.models import Unit


class ReminderQuerySet(CountyQuerySet["Reminder"]):
    """Reminders of one county."""

    def urging(self) -> ReminderQuerySet:
        """Return the 催办, by the clock or by hand."""
        return self.filter(kind__in=sorted(URGES))


class Reminder(StepModel):
    """Somebody was reminded (预警、催办): on which rung, why, and what he was told comes next.

    Each rung once for a clock and its turn, whoever asks and however often; `by` is who
    urged by hand, None where qifu did.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="reminders")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reminders", null=True)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="reminders", null=True)
    # Of what the unit promised, where that is asked after.
    promise = models.ForeignKey(Promise, models.PROTECT, related_name="reminders", null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    kind = models.CharField("种类", max_length=10, choices=ReminderKind.choices)
    rung = models.PositiveSmallIntegerField("级")
    # Which turn of its clock, or which round of the case, it belongs to.
    turn = models.PositiveSmallIntegerField("轮次")
    due_on = models.DateField("依据的到期日", null=True)
    late_days = models.PositiveSmallIntegerField("逾期工作日", default=0)
    # What comes next, as the reminder said, and when.
    sentence = models.CharField("接下来", max_length=120, blank=True)
    next_on = models.DateField("接下来的日期", null=True)
    # The day by which the enterprise was promised to hear more.
    tell_on = models.DateField("再告知企业", null=True)
    made_on = models.DateField("业务日期")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    objects: ClassVar = ReminderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "clock", "kind", "turn"],
                condition=Q(clock__isnull=False, promise=None),
                name="appeals_reminder_once",
            ),
            models.UniqueConstraint(
                fields=["county", "promise", "kind", "turn"],
                condition=Q(promise__isnull=False),
                name="appeals_reminder_of_promise_once",
            ),
            models.UniqueConstraint(
                fields=["county", "appeal", "kind", "turn"],
                condition=Q(kind__in=(ReminderKind.RATE, ReminderKind.BACK)),
                name="appeals_reminder_of_case_once",
            ),
            models.UniqueConstraint(
                fields=["county", "assignment", "made_on"],
                condition=Q(kind=ReminderKind.BY_HAND),
                name="appeals_reminder_by_hand_daily",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "appeal"], name="appeals_reminder_appeal"),
            models.Index(
                fields=["county", "tell_on"],
                condition=Q(tell_on__isnull=False),
                name="appeals_reminder_tell",
            ),
        ]


class Digest(CountyModel):
    """One of the day's rounds of reminders (每日提醒), whether it had anything to say or not."""

    on = models.DateField("业务日期")
    round_at = models.TimeField("轮次")
    made_at = models.DateTimeField("发出时间")
    addressees = models.PositiveIntegerField("收件岗位数")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "on", "round_at"], name="appeals_digest_once")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.round_at:%H:%M}"
