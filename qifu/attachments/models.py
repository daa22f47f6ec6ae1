"""A file that was given along, and what it belongs to."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from qifu.attachments.rules import SHOWN_INLINE, Kind, size_words
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.organisations.models import User, UserKind


class State(models.TextChoices):
    """Where a file is on its way."""

    STAGED = "STAGED", "已上传"
    KEPT = "KEPT", "已归入"
    REMOVED = "REMOVED", "已移除"


class Scan(models.TextChoices):
    """Whether a virus scanner has looked at it."""

    NONE = "NONE", "未配置"
    CLEAN = "CLEAN", "未发现病毒"


# Rows in these states keep their blob on the disk.
NAMING = (State.STAGED, State.KEPT)


def new_code() -> str:
    """Return the name of a file in an address; nobody guesses it."""
    return secrets.token_hex(10)


class AttachmentQuerySet(CountyQuerySet["Attachment"]):
    """Files of one county."""

    def staged_by(self, county: str, person: User | None, codes: Iterable[str]) -> Self:
        """Return the files that wait under these codes, as far as they are the person's.

        What somebody sent before he signed in is nobody's yet: knowing its code is enough
        for persons of enterprises, whose drafts hold the codes where only they reach.
        """
        whose = Q(uploaded_by=person)
        if person is None or person.kind == UserKind.ENTERPRISE:
            whose |= Q(uploaded_by=None)
        rows = self.in_county(county).filter(whose, state=State.STAGED, code__in=list(codes))
        return rows.order_by("pk")

    def kept_for(self, county: str, *rows: CountyModel) -> Self:
        """Return the files kept for these rows, in the order in which they came."""
        wanted = Q(pk__in=[])
        for label in {row._meta.label_lower for row in rows}:
            keys = [row.pk for row in rows if row._meta.label_lower == label]
            wanted |= Q(subject_type=label, subject_id__in=keys)
        return self.in_county(county).filter(wanted, state=State.KEPT).order_by("pk")


class Attachment(CountyModel):
    """One file (附件): staged with a form, then kept for the row that the form made."""

    journal_hidden: ClassVar = ("name",)

    # Its name in addresses.
    code = models.CharField("代号", max_length=20, default=new_code)
    state = models.CharField("状态", max_length=8, choices=State.choices)
    # The row of a room above, which decides who may read it.
    subject_type = models.CharField("所属类型", max_length=60, blank=True)
    subject_id = models.BigIntegerField("所属", null=True)
    sha256 = models.CharField("内容哈希", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("媒体类型", max_length=100)
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    # As its owner called it; blank once it was erased.
    name = models.CharField("文件名", max_length=100, blank=True)
    preview = models.BooleanField("有缩略图", default=False)
    scan = models.CharField("病毒检查", max_length=8, choices=Scan.choices)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    uploaded_at = models.DateTimeField("上传时间")

    objects: ClassVar = AttachmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "code"], name="attachments_code"),
            models.CheckConstraint(
                condition=~Q(state=State.KEPT) | Q(subject_id__isnull=False),
                name="attachments_kept_for",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["county", "subject_type", "subject_id"], name="attachments_subject"
            ),
            models.Index(fields=["county", "sha256"], name="attachments_sha256"),
            models.Index(
                fields=["county", "uploaded_at"],
                condition=Q(state=State.STAGED),
                name="attachments_staged",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "（文件已依法删除）"

    @property
    def size_words(self) -> str:
        """The size as people write it."""
        return size_words(self.size)

    @property
    def is_shown_inline(self) -> bool:
        """Tell whether a browser shows it by itself; everything else is saved."""
        return self.media_type in SHOWN_INLINE
