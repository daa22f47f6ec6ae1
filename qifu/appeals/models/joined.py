"""Cases that go together: one merged into another (合并)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qifu.appeals.models.case import Appeal
from qifu.appeals.models.steps import StepModel
from qifu.journal.models import Text
from qifu.organisations.models import User


class Merger(StepModel):
    """The office merges a case into another that says the same (合并), and may undo it."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="mergers")
    parent = models.ForeignKey(Appeal, models.PROTECT, related_name="taken_in")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField("撤销时间", null=True)
    # None where the parent ended without an answer and the case was let go.
    undone_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    undoing = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal"],
                condition=Q(undone_at=None),
                name="appeals_one_standing_merger",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "parent"], name="appeals_merger_parent")
        ]
