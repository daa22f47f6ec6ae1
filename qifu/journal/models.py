"""Events, which only ever grow, and the erasable texts that they point to."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from qifu.kernel.county import CountyModel


class Event(CountyModel):
    """One deed (事件): who did what to which row, chained to the one before it."""

    seq = models.BigIntegerField("序号")
    at = models.DateTimeField("时间")
    kind = models.CharField("事项", max_length=60)
    # A plain number, not a foreign key: the journal outlives the account.
    actor = models.BigIntegerField("经手人", null=True)
    subject_type = models.CharField("对象类型", max_length=60, blank=True)
    subject_id = models.BigIntegerField("对象", null=True)
    data = models.JSONField("要点", default=dict)
    rows = models.JSONField("行变化", default=list)
    key = models.CharField("提交凭据", max_length=64, blank=True)
    # Touched what every page reads (units, limits, catalogue …): see `reference`.
    reference = models.BooleanField("改动基础数据", default=False)
    prev = models.CharField("前一条的哈希", max_length=64)
    hash = models.CharField("哈希", max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "seq"], name="journal_event_seq"),
            models.UniqueConstraint(
                fields=["county", "key"],
                condition=~models.Q(key=""),
                name="journal_event_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["county", "subject_type", "subject_id", "seq"],
                name="journal_event_subject",
            ),
            models.Index(fields=["county", "kind", "at"], name="journal_event_kind"),
            models.Index(
                fields=["county", "-seq"],
                condition=models.Q(reference=True),
                name="journal_event_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.seq} {self.kind}"


class Text(CountyModel):
    """Words or personal data (原文), outside the chain so that they can be erased.

    The event holds `digest`, a salted hash. An erasure blanks body, heading and salt:
    the chain still holds, and nobody can guess the words from the hash.
    """

    journal_hidden: ClassVar = ("heading", "body", "salt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=40)
    heading = models.CharField("标题", max_length=120, blank=True)
    body = models.TextField("正文", blank=True)
    salt = models.BinaryField("盐", max_length=16, null=True)
    digest = models.CharField("加盐哈希", max_length=64)
    made_at = models.DateTimeField("写入时间")
    erased_at = models.DateTimeField("删除时间", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "kind", "made_at"], name="journal_text_kind")
        ]

    def __str__(self) -> str:
        return self.heading or self.body[:20] or "已依法删除"

    @property
    def is_erased(self) -> bool:
        """Tell whether nothing of the words is left."""
        return self.erased_at is not None and not (self.heading or self.body or self.salt)
