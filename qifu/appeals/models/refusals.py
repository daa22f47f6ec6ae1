"""An answer that said no (办不成), as the register keeps it and the letter prints it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from qifu.appeals.models.case import Appeal
from qifu.appeals.models.steps import Answer, StepModel
from qifu.appeals.rules import Ground, Outcome
from qifu.kernel.county import CountyQuerySet
from qifu.kernel.numbers import new_number
from qifu.organisations.models import Unit, User


class RefusalQuerySet(CountyQuerySet["Refusal"]):
    """Refusals of one county."""

    def visible_to(self, user: User, on: date) -> Self:
        """Return the refusals of the cases that the person may see on that day."""
        return self.in_county(user.county).filter(appeal__in=Appeal.objects.visible_to(user, on))

    def standing(self) -> Self:
        """Return those that went out and were not taken back before anybody read them."""
        return self.filter(recalled_at=None)

    def counted(self) -> Self:
        """Return what the register shows: a merged case counts in its parent (decision 0013)."""
        return self.standing().filter(answer__follows=None)


class Refusal(StepModel):
    """A unit told an enterprise that it cannot be done (办不成告知), and on what that rests.

    Made in the deed that publishes the answer; its words are the answer's. `by` is who
    published it, `at` when the enterprise could read it.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="refusals")
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="refusals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # Its letter's name in addresses.
    number = models.CharField("告知书编号", max_length=8, default=new_number, editable=False)
    cycle = models.PositiveSmallIntegerField("轮次", default=1)
    outcome = models.CharField("办理结果", max_length=12, choices=Outcome.choices)
    ground = models.CharField("依据种类", max_length=8, choices=Ground.choices)
    recalled_at = models.DateTimeField("撤回时间", null=True)
    # A later answer of the same case that found a way after all.
    undone_by = models.ForeignKey(Answer, models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField("后来办成时间", null=True)

    objects: ClassVar = RefusalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "number"], name="appeals_refusal_number"),
            models.UniqueConstraint(
                fields=["county", "answer"],
                condition=Q(recalled_at=None),
                name="appeals_refusal_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["county", "at", "id"],
                condition=Q(recalled_at=None),
                name="appeals_refusal_at",
            ),
            models.Index(
                fields=["county", "unit", "at"],
                condition=Q(recalled_at=None),
                name="appeals_refusal_unit",
            ),
            models.Index(fields=["county", "appeal"], name="appeals_refusal_appeal"),
        ]
