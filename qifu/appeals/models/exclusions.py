"""That a rating is left out of the figures: who asked, who ruled, what the enterprise says."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models

from qifu.appeals.models.case import Appeal
from qifu.appeals.models.ratings import LEFT_OUT, Exclude, Rating
from qifu.appeals.models.steps import StepModel
from qifu.enterprises.sight import SEES_ALL
from qifu.journal.models import Text
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.organisations.models import PostKind, Unit, User

__all__ = ["LEFT_OUT", "Exclude", "ExcludeReason", "Exclusion", "PanelMember", "PanelRuling"]


class ExcludeReason(models.TextChoices):
    """What the unit says is wrong with the rating; not that it is a low one."""

    MALICE = "MALICE", "恶意评价"
    MISTAKE = "MISTAKE", "点错了、评错了件"
    ELSEWHERE = "ELSEWHERE", "评的不是本单位办的事"


class ExclusionQuerySet(CountyQuerySet["Exclusion"]):
    """Requests to exclude a rating, reached through whoever looks."""

    def visible_to(self, user: User, on: date) -> Self:
        """Return those of the cases that the person reads: a unit's people only their own."""
        seen = Appeal.objects.visible_to(user, on).legible_to(user)
        rows = self.in_county(user.county).filter(appeal__in=seen)
        if user.reach.has(*SEES_ALL):
            return rows
        units = user.reach.units(PostKind.RESPONSIBLE_LEADER, PostKind.LIAISON)
        return rows.filter(unit__in=units)


class Exclusion(StepModel):
    """A unit asks that a rating be left out of the figures (申请剔除评价), once per rating."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="exclusions")
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="exclusions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=10, choices=ExcludeReason)
    # What proves it.
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=8, choices=Exclude, default=Exclude.ASKED)
    objection = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    objected_at = models.DateTimeField("企业异议时间", null=True)

    objects: ClassVar = ExclusionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "rating"], name="appeals_exclusion_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "at", "id"], name="appeals_exclusion_newest"),
            models.Index(fields=["county", "state", "at", "id"], name="appeals_exclusion_state"),
            models.Index(fields=["county", "appeal"], name="appeals_exclusion_appeal"),
        ]


class PanelRuling(StepModel):
    """What a panel found (评议): how many were for leaving the rating out, and why.

    The second turn follows the enterprise's objection.
    """

    exclusion = models.ForeignKey(Exclusion, models.PROTECT, related_name="rulings")
    turn = models.PositiveSmallIntegerField("第几次评议")
    votes_for = models.PositiveSmallIntegerField("同意剔除的人数")
    excluded = models.BooleanField("剔除")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "exclusion", "turn"], name="appeals_panel_turn"
            )
        ]


class PanelMember(CountyModel):
    """One of those who ruled (评议成员): an account, or a representative by name."""

    ruling = models.ForeignKey(PanelRuling, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    name = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "ruling", "user"], name="appeals_panel_member_once"
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | models.Q(name__isnull=False),
                name="appeals_panel_member_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ruling_id} {self.user_id or self.name_id}"
