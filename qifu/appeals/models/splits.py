"""One message with two problems becomes two cases (拆分)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qifu.appeals.models.case import Appeal
from qifu.appeals.models.steps import StepModel
from qifu.journal.models import Text


class Split(StepModel):
    """The office took a second problem out of a case and made it a case of its own (拆分).

    Each case then says its own problem only; `whole` is what the enterprise wrote.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="splits")
    made = models.ForeignKey(Appeal, models.PROTECT, related_name="made_by")
    whole = models.ForeignKey(Text, models.PROTECT, related_name="+")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "made"], name="appeals_split_once")
        ]
        indexes: ClassVar = [models.Index(fields=["county", "appeal"], name="appeals_split_appeal")]
