"""Links that open one case for one step of one person, without an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qifu.appeals.models.case import Appeal
from qifu.kernel.county import CountyModel
from qifu.kernel.numbers import new_number
from qifu.notices.models import Notice
from qifu.organisations.models import User


class LinkStep(models.TextChoices):
    """The one step that a link opens."""

    SIGN = "SIGN", "签收"
    CONTACT = "CONTACT", "记一次联系"
    NOTE = "NOTE", "写办理记录"
    INTERIM = "INTERIM", "阶段答复"
    REPLY = "REPLY", "写答复"
    APPROVE = "APPROVE", "审签"
    SUPPLY = "SUPPLY", "补充"
    RATE = "RATE", "评价"
    OBJECT = "OBJECT", "对延期提意见"


# Steps of the enterprise: whoever holds the phone of the case's contact takes them.
OF_ENTERPRISE = (LinkStep.SUPPLY, LinkStep.RATE, LinkStep.OBJECT)


class StepLink(CountyModel):
    """A one-time link (免登链接). What it is opened with is signed and never stored.

    `subject_id` is the part, the answer, the supplement or the extension that the step is
    about. `person` is None for the enterprise, whose message went to the case's contact.
    """

    number = models.CharField("链接编号", max_length=8, default=new_number, editable=False)
    step = models.CharField("步骤", max_length=8, choices=LinkStep.choices)
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="links")
    subject_id = models.BigIntegerField("事由")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    # The message that carries it; None where the message was made for the link.
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField("发出时间")
    expires_at = models.DateTimeField("失效时间")
    openings = models.PositiveSmallIntegerField("打开次数", default=0)
    opened_at = models.DateTimeField("最近打开", null=True)
    used_at = models.DateTimeField("使用时间", null=True)
    revoked_at = models.DateTimeField("作废时间", null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "number"], name="appeals_link_number"),
            models.UniqueConstraint(
                fields=["county", "notice"],
                condition=Q(revoked_at=None, notice__isnull=False),
                name="appeals_link_once_per_notice",
            ),
            models.CheckConstraint(
                condition=Q(person=None, step__in=OF_ENTERPRISE)
                | (Q(person__isnull=False) & ~Q(step__in=OF_ENTERPRISE)),
                name="appeals_link_is_somebodys",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "appeal", "-id"], name="appeals_link_appeal")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_step_display()}"

    @property
    def is_of_enterprise(self) -> bool:
        """Tell whether the enterprise holds it, and not a person of a unit."""
        return self.step in OF_ENTERPRISE
