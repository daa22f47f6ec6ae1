"""Upwards and back: 提级申请, and 转上级 with the upper organ's reply."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from qifu.appeals.models.case import Appeal, Assignment
from qifu.appeals.models.steps import StepModel
from qifu.appeals.rules import ReplyChannel
from qifu.journal.models import Text
from qifu.organisations.models import User


class Level(models.TextChoices):
    """How far up a case goes."""

    CITY = "CITY", "市"
    PROVINCE = "PROVINCE", "省"


class StuckBy(models.TextChoices):
    """Why the county cannot settle it (表六：县级无法解决的原因)."""

    POLICY = "POLICY", "政策"
    POWER = "POWER", "权限"
    FUND = "FUND", "资金"
    OTHER = "OTHER", "其他"


class UpperResult(models.TextChoices):
    """What the upper organ's reply comes to (表六：进展/结果)."""

    SETTLED = "SETTLED", "上级已解决"
    INSTRUCTED = "INSTRUCTED", "有明确意见，由县里办"
    REFUSED = "REFUSED", "上级不支持"


# Without a day told, it comes last where a list is sorted by the upper deadline.
DUE_KEY = Coalesce(F("due_on"), Value(date(9999, 12, 31)))
# How a case can be sent up: everything but keeping it here.
SENT_THROUGH = [choice for choice in ReplyChannel.choices if choice[0] != ReplyChannel.HERE]


def named(level: str, organ: str) -> str:
    """Name an upper organ with its level, and that only once: `市自然资源和规划局`."""
    return organ if level in organ else f"{level}“{organ}”"


class EscalationRequest(StepModel):
    """A unit asks the office to take its case further up (提级申请); its clock runs on."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="escalation_requests")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="escalation_requests")
    level = models.CharField("建议转到哪一级", max_length=8, choices=Level.choices)
    organ = models.ForeignKey(Text, models.PROTECT, related_name="+")
    reason = models.CharField("县级无法解决的原因", max_length=8, choices=StuckBy.choices)
    tried = models.ForeignKey(Text, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Text, models.PROTECT, related_name="+")
    agreed = models.BooleanField("同意", null=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    ruled_at = models.DateTimeField("裁定时间", null=True)
    ruling = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal"],
                condition=Q(ruled_at=None),
                name="appeals_escalation_request_open",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "appeal"], name="appeals_esc_request_appeal")
        ]


class Escalation(StepModel):
    """The office takes a case to the city or the province (转上级), and what came of it.

    `at` is when it was sent. Number, deadline and who handles it there may be told later.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="escalations")
    # None where no unit of the county had it.
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="escalations", null=True
    )
    request = models.ForeignKey(
        EscalationRequest, models.PROTECT, related_name="escalations", null=True
    )
    level = models.CharField("转到哪一级", max_length=8, choices=Level.choices)
    organ = models.ForeignKey(Text, models.PROTECT, related_name="+")
    handled_by = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    reason = models.CharField("县级无法解决的原因", max_length=8, choices=StuckBy.choices)
    tried = models.ForeignKey(Text, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Text, models.PROTECT, related_name="+")
    channel = models.CharField("上报渠道", max_length=10, choices=SENT_THROUGH, blank=True)
    number = models.CharField("上级编号", max_length=40, blank=True)
    # As it was told; the clock counts its working days.
    due_on = models.DateField("上级期限", null=True)
    result = models.CharField("结果", max_length=10, choices=UpperResult.choices, blank=True)
    replied_on = models.DateField("上级答复日期", null=True)
    reply = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    back_at = models.DateTimeField("转回时间", null=True)
    back_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal"],
                condition=Q(back_at=None),
                name="appeals_escalation_open",
            ),
            models.UniqueConstraint(
                fields=["county", "request"], name="appeals_escalation_on_request"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "appeal"], name="appeals_escalation_appeal"),
            models.Index(fields=["county", "at", "id"], name="appeals_escalation_newest"),
            models.Index(
                F("county"),
                DUE_KEY,
                F("id"),
                condition=Q(back_at=None),
                name="appeals_escalation_due",
            ),
        ]

    @property
    def missing(self) -> list[str]:
        """Name what has still to be found out from above."""
        told = (("上级编号", self.number), ("上级期限", self.due_on))
        return [name for name, value in told if not value]
