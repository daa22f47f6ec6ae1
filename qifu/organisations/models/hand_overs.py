"""A leaver hands over what is open: a receiver for each block of it, and both sign."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.kernel.numbers import new_number
from qifu.organisations.models.people import User


class LeavingReason(models.TextChoices):
    TRANSFER = "TRANSFER", "调离"
    RETIREMENT = "RETIREMENT", "退休"
    REORGANISATION = "REORGANISATION", "机构合并"


class HandOverState(models.TextChoices):
    DRAFT = "DRAFT", "待移交人签字"
    OFFERED = "OFFERED", "待接收人签字"
    ACCEPTED = "ACCEPTED", "已移交"
    DROPPED = "DROPPED", "已取消"


UNFINISHED = (HandOverState.DRAFT, HandOverState.OFFERED)


class HandOverQuerySet(CountyQuerySet["HandOver"]):
    def unfinished(self) -> Self:
        """Those that somebody still has to sign."""
        return self.filter(state__in=UNFINISHED)


class HandOver(CountyModel):
    """One leaver's hand-over (交接)."""

    number = models.CharField("交接编号", max_length=8, default=new_number, editable=False)
    leaver = models.ForeignKey(User, models.PROTECT, verbose_name="移交人", related_name="+")
    reason = models.CharField("原因", max_length=16, choices=LeavingReason)
    effective_on = models.DateField("交接日期")
    state = models.CharField(
        "状态", max_length=8, choices=HandOverState, default=HandOverState.DRAFT
    )
    started_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="发起人", null=True, related_name="+"
    )
    started_at = models.DateTimeField("发起时间")
    completed_at = models.DateTimeField("办结时间", null=True)

    objects: ClassVar = HandOverQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "number"], name="hand_over_number_once"),
            models.UniqueConstraint(
                fields=["county", "leaver"],
                condition=Q(state__in=["DRAFT", "OFFERED"]),
                name="hand_over_one_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "state", "effective_on"], name="hand_over_list")
        ]

    def __str__(self) -> str:
        return self.number


class HandOverBlock(CountyModel):
    """What is open of one family, whom it goes to, and the two signatures (交接事项)."""

    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="blocks")
    family = models.CharField("事项", max_length=16)
    receiver = models.ForeignKey(
        User, models.PROTECT, verbose_name="接收人", null=True, related_name="+"
    )
    given_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="移交签字", null=True, related_name="+"
    )
    given_at = models.DateTimeField("移交签字时间", null=True)
    taken_at = models.DateTimeField("接收签字时间", null=True)
    moved = models.PositiveIntegerField("移交数量", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "hand_over", "family"], name="hand_over_block_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "receiver"], name="hand_over_block_receiver")
        ]

    def __str__(self) -> str:
        return f"{self.hand_over_id} {self.family}"
