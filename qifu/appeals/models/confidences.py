"""That an enterprise wants its case kept from others, and that it no longer does (企业要求保密)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qifu.appeals.models.case import Appeal
from qifu.appeals.models.steps import StepModel
from qifu.journal.models import Text


class Confidentiality(StepModel):
    """A case became confidential, or ceased to be: who said so and why.

    The number that it had until then was known to others: it got another one, and the old
    one leads to the case only for those who may see it.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="confidentialities")
    kept = models.BooleanField("保密")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    old_number = models.CharField("原编号", max_length=20, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "old_number"], name="appeals_old_number")
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {'保密' if self.kept else '解除保密'}"
