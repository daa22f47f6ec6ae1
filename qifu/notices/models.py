"""Notices and their delivery states."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from qifu.kernel.county import CountyModel, CountyQuerySet


class AddressKind(models.TextChoices):
    """What an address is: a telephone, or an account's page of messages."""

    PHONE = "PHONE", "短信"
    ACCOUNT = "ACCOUNT", "站内"


class State(models.TextChoices):
    """Where a notice is on its way."""

    QUEUED = "QUEUED", "待发"
    SENDING = "SENDING", "发送中"
    SENT = "SENT", "已发"
    DELIVERED = "DELIVERED", "送达"
    FAILED = "FAILED", "失败"
    CANCELLED = "CANCELLED", "取消"


class Fault(models.TextChoices):
    """Why a notice reached nobody, and so whose task it is."""

    NUMBER = "NUMBER", "号码不通"
    CHANNEL = "CHANNEL", "短信通道没有发出"
    NOBODY = "NOBODY", "岗位无人或没有号码"
    OURS = "OURS", "系统内部错误"


# What the worker still has to look at.
OPEN = (State.QUEUED, State.SENDING)


class NoticeQuerySet(CountyQuerySet["Notice"]):
    """Notices of one county."""

    def due(self, at: datetime) -> Self:
        """Return those to be sent now, and those whose sender went silent."""
        return self.filter(state__in=OPEN, due_at__lte=at)

    def about(self, row: models.Model) -> Self:
        """Return the notices that concern this row."""
        return self.filter(subject_type=row._meta.label_lower, subject_id=row.pk)

    def failed(self) -> Self:
        """Return those that reached nobody, for the office to see."""
        return self.filter(state=State.FAILED)

    def for_person(self, person: int) -> Self:
        """Return what one person reads on the screen (站内), whatever duty it came by."""
        return self.filter(
            address_kind=AddressKind.ACCOUNT, person=person, state=State.DELIVERED
        ).order_by("-sent_at", "-pk")

    def newest_first(self) -> Self:
        """Return them as the on-screen 信箱 shows them."""
        return self.order_by("-made_at", "-pk")


class Notice(CountyModel):
    """One notice to one address (通知), from the wish to tell until it is told.

    `hold_until` is the time in which the step it tells of can still be undone;
    `due_at` is when the worker looks at it next, also after a failure.
    """

    # The words may hold names and codes; they are erased with the row, not in the chain.
    journal_hidden: ClassVar = ("address", "body")
    # The worker's progress with it; the wish to tell is what a deed put down.
    journal_passing: ClassVar = (
        "person",
        "state",
        "due_at",
        "attempts",
        "postponed",
        "sent_at",
        "failure",
        "fault",
        "receipt",
    )

    kind = models.CharField("种类", max_length=20)
    # The same fact is told once, however often it is put.
    dedup = models.CharField("去重号", max_length=120)
    address_kind = models.CharField("方式", max_length=10, choices=AddressKind.choices)
    address = models.CharField("地址", max_length=32, blank=True)
    person = models.BigIntegerField("收件人", null=True)
    unit = models.BigIntegerField("收件单位", null=True)
    role = models.CharField("收件岗位", max_length=30, blank=True)
    subject_type = models.CharField("事由类型", max_length=60, blank=True)
    subject_id = models.BigIntegerField("事由", null=True)
    body = models.TextField("内容", blank=True)
    why = models.CharField("为什么收到", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.QUEUED)
    made_at = models.DateTimeField("写入时间")
    hold_until = models.DateTimeField("可撤回至")
    due_at = models.DateTimeField("下次处理时间")
    attempts = models.SmallIntegerField("发送次数", default=0)
    # Of the attempts, those that only found that it must wait: the hour, the day's number.
    postponed = models.SmallIntegerField("顺延次数", default=0)
    sent_at = models.DateTimeField("发出时间", null=True)
    failure = models.CharField("失败原因", max_length=200, blank=True)
    fault = models.CharField("失败类别", max_length=8, choices=Fault.choices, blank=True)
    receipt = models.CharField("通道回执", max_length=80, blank=True)

    objects: ClassVar = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "dedup"], name="notices_notice_once"),
            models.CheckConstraint(
                condition=~Q(address="")
                | Q(person__isnull=False)
                | (Q(unit__isnull=False) & ~Q(role="")),
                name="notices_notice_has_addressee",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["county", "due_at"],
                condition=Q(state__in=OPEN),
                name="notices_notice_due",
            ),
            models.Index(
                fields=["county", "subject_type", "subject_id"], name="notices_notice_subject"
            ),
            models.Index(fields=["county", "-made_at"], name="notices_notice_newest"),
            models.Index(
                fields=["county", "person", "-sent_at"],
                condition=Q(address_kind=AddressKind.ACCOUNT),
                name="notices_notice_person",
            ),
            # What went to a number, for the day's count and for numbers that are dead.
            models.Index(
                fields=["county", "address", "-due_at"],
                condition=Q(address_kind=AddressKind.PHONE) & ~Q(address=""),
                name="notices_notice_number",
            ),
            models.Index(
                fields=["county", "-due_at"],
                condition=Q(state=State.FAILED),
                name="notices_notice_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dedup}"
