"""That a case is not for this system, and where it went (转出)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from qifu.appeals.models.case import Appeal
from qifu.appeals.models.steps import Decline, StepModel
from qifu.journal.models import Text
from qifu.kernel.county import CountyQuerySet
from qifu.organisations.models import User


class TurnAwayQuerySet(CountyQuerySet["TurnAway"]):
    """Cases that left."""

    def visible_to(self, user: User, on: date) -> Self:
        """Return those whose case the person may see."""
        seen = Appeal.objects.visible_to(user, on)
        return self.in_county(user.county).filter(appeal__in=seen.values("pk"))


class TurnAway(StepModel):
    """A case leaves for the petition office, a court or the discipline inspection (转出).

    It is a refusal, whose reason says which exit, together with an address. What a report
    (举报) said does not stay here: `erased_at` tells since when nothing of it is left.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="turn_aways")
    decline = models.ForeignKey(Decline, models.PROTECT, related_name="turn_aways")
    went_to = models.ForeignKey(Text, models.PROTECT, related_name="+")
    # Whom the enterprise asks there, as it reads it.
    whom = models.ForeignKey(Text, models.PROTECT, related_name="+")
    # The office passed it on in writing; else the enterprise goes there itself.
    handed_over = models.BooleanField("县办已书面转去")
    went_on = models.DateField("转出日期")
    # Under which number or by which receipt it was passed on.
    receipt = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    to_erase = models.BooleanField("移交后删除内容", default=False)
    erased_at = models.DateTimeField("内容删除时间", null=True)

    objects: ClassVar = TurnAwayQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "decline"], name="appeals_turn_away_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "appeal"], name="appeals_turn_away_appeal"),
            models.Index(fields=["county", "-at", "-id"], name="appeals_turn_away_newest"),
            models.Index(
                fields=["county", "at"],
                name="appeals_turn_away_to_erase",
                condition=Q(to_erase=True, erased_at=None),
            ),
        ]
