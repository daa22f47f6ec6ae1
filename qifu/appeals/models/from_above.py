"""What the county got from above (上级来件), and how its answer was posted back (回填)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models

from qifu.appeals.models.case import Appeal
from qifu.appeals.models.steps import StepModel
from qifu.journal.models import Text
from qifu.kernel.county import CountyQuerySet
from qifu.organisations.models import User


class UpperOrderQuerySet(CountyQuerySet["UpperOrder"]):
    """What the county got from above."""

    def visible_to(self, user: User, on: date) -> Self:
        """Return those whose case the person may see on that day."""
        return self.in_county(user.county).filter(appeal__in=Appeal.objects.visible_to(user, on))


class UpperOrder(StepModel):
    """The city or the province forwarded a case (上级来件): asked once, at intake, and kept.

    Which platform wants the answer is the case's `reply_channel`.
    """

    appeal = models.ForeignKey(
        Appeal, models.PROTECT, related_name="upper_orders", related_query_name="upper_order"
    )
    number = models.CharField("上级编号", max_length=40)
    due_on = models.DateField("上级期限")
    # When its answer was posted back last; a newer answer is owed anew.
    posted_at = models.DateTimeField("最近回填", null=True)

    objects: ClassVar = UpperOrderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "appeal"], name="appeals_order_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "due_on", "id"], name="appeals_order_due"),
            models.Index(fields=["county", "posted_at", "id"], name="appeals_order_posted"),
        ]


class PostBack(StepModel):
    """The office posts an answer back to the upper platform (回填), with what shows it."""

    order = models.ForeignKey(UpperOrder, models.PROTECT, related_name="post_backs")
    number = models.CharField("上级编号", max_length=40)
    posted_on = models.DateField("回填日期")
    # A note, files given along with it, or both.
    proof = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "order"], name="appeals_post_back_order"),
        ]
