"""What a unit promises when it cannot do a thing yet: the promise, and the way to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from qifu.appeals.lifecycle import Work
from qifu.appeals.models.case import Appeal, Assignment
from qifu.appeals.models.steps import Answer, StepModel
from qifu.journal.models import Text
from qifu.kernel.county import CountyQuerySet
from qifu.organisations.models import Unit, User


class PromiseState(models.TextChoices):
    """How a promise came out; a broken one stays broken, even if it is kept later."""

    OPEN = "OPEN", "待兑现"
    KEPT = "KEPT", "已兑现"
    BROKEN = "BROKEN", "未兑现"
    CALLED_OFF = "CALLED_OFF", "已撤销"


# Of these one knows how they came out; of the open ones nobody does yet.
COUNTED = (PromiseState.KEPT, PromiseState.BROKEN)


class PromiseQuerySet(CountyQuerySet["Promise"]):
    """Promises of one county."""

    def visible_to(self, user: User, on: date) -> Self:
        """Return the promises of the cases that the person may see on that day."""
        return self.in_county(user.county).filter(appeal__in=Appeal.objects.visible_to(user, on))

    def standing(self) -> Self:
        """Return those that went out: neither undone nor ended with their case."""
        return self.exclude(state=PromiseState.CALLED_OFF)

    def owed(self) -> Self:
        """Return those on which the unit has still to report, the day past or not."""
        return self.filter(
            state__in=(PromiseState.OPEN, PromiseState.BROKEN),
            reported_at=None,
            assignment__state=Work.TRACKING,
        )


class Promise(StepModel):
    """A unit promises an enterprise something for a day (承诺); nothing but another moves it.

    Every new day is a row of its own: what was promised before stays, kept or broken.
    `by` is who gave the word, `at` when the enterprise could read it.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="promises")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="promises")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # The answer (列入计划) with which the matter was put off.
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="promises")
    turn = models.PositiveSmallIntegerField("第几次承诺")
    what = models.ForeignKey(Text, models.PROTECT, related_name="+")
    due_on = models.DateField("承诺日期")
    state = models.CharField("状态", max_length=10, choices=PromiseState)
    kept_on = models.DateField("兑现日期", null=True)
    broken_on = models.DateField("未兑现日期", null=True)
    # What the unit reported: what was done, or why not.
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    reported_at = models.DateTimeField("报告时间", null=True)
    objection = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    objected_at = models.DateTimeField("企业异议时间", null=True)

    objects: ClassVar = PromiseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal", "turn"], name="appeals_promise_turn"
            ),
            # One word at a time: a new day only once the old one is reported broken.
            models.UniqueConstraint(
                fields=["county", "assignment"],
                condition=Q(state="OPEN"),
                name="appeals_promise_one_open",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "state", "due_on", "id"], name="appeals_promise_state"),
            models.Index(fields=["county", "due_on", "id"], name="appeals_promise_due"),
            models.Index(fields=["county", "assignment"], name="appeals_promise_part"),
        ]

    @property
    def is_late(self) -> bool:
        """Tell whether it was kept, and too late to count."""
        return self.state == PromiseState.BROKEN and self.kept_on is not None

    @property
    def day_after(self) -> date:
        """The day on which it counts as broken if nobody has reported."""
        return self.due_on + timedelta(days=1)


class Milestone(StepModel):
    """A step on the way to what was promised (节点), which the enterprise sees."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="milestones")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="milestones")
    turn = models.PositiveSmallIntegerField("第几个节点")
    what = models.ForeignKey(Text, models.PROTECT, related_name="+")
    planned_on = models.DateField("计划日期")
    done_on = models.DateField("完成日期", null=True)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    done_at = models.DateTimeField("完成登记时间", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal", "turn"], name="appeals_milestone_turn"
            )
        ]
