"""What the enterprise says of it: the only judge of whether it was done."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from qifu.appeals.models.case import Appeal, Assignment
from qifu.appeals.models.steps import Answer
from qifu.journal.models import Text
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.organisations.models import Unit, User


class Grade(models.IntegerChoices):
    """The five grades (GB/T 39735); none is ever pre-selected."""

    VERY_GOOD = 5, "非常满意"
    GOOD = 4, "满意"
    FAIR = 3, "基本满意"
    POOR = 2, "不满意"
    VERY_POOR = 1, "非常不满意"


class Solved(models.TextChoices):
    """What the enterprise answers to 事情办成了吗."""

    YES = "YES", "办成了"
    PARTLY = "PARTLY", "办成了一部分"
    NO = "NO", "没有办成"


class Exclude(models.TextChoices):
    """Where the request to leave a rating out of the figures stands (剔除)."""

    NONE = "", "计入"
    ASKED = "ASKED", "待评议"
    EXCLUDED = "EXCLUDED", "已剔除"
    KEPT = "KEPT", "不予剔除"
    OBJECTED = "OBJECTED", "企业有异议"
    # The panel stood by it: the enterprise has objected once, and does not again.
    UPHELD = "UPHELD", "已剔除（复议维持）"


# An excluded rating stays to be seen, and no figure counts it.
LEFT_OUT = (Exclude.EXCLUDED, Exclude.OBJECTED, Exclude.UPHELD)


class RatingQuerySet(CountyQuerySet["Rating"]):
    """Ratings, as figures count them."""

    def counted(self) -> Self:
        """Leave out those that a panel excluded (amendment 10)."""
        return self.exclude(exclusion__in=LEFT_OUT)

    def left_out(self) -> Self:
        """Return those that a panel excluded, so that raw and adjusted stand side by side."""
        return self.filter(exclusion__in=LEFT_OUT)


class Rating(CountyModel):
    """The enterprise's rating of a case (评价), once a round; silence makes no row."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="ratings")
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="+")
    cycle = models.PositiveSmallIntegerField("轮次", default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    # The fact first: 有没有人联系您? 事情办成了吗?
    contacted = models.BooleanField("有人联系")
    solved = models.CharField("办成了吗", max_length=6, choices=Solved.choices)
    grade = models.PositiveSmallIntegerField("满意度", choices=Grade.choices)
    tags = ArrayField(models.CharField(max_length=20), verbose_name="原因", default=list)
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    # The unit reads the words only where the enterprise ticked so.
    shared = models.BooleanField("原话可给承办单位看", default=False)
    exclusion = models.CharField("剔除", max_length=8, choices=Exclude, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField("评价时间")

    objects: ClassVar = RatingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal", "cycle"], name="appeals_rating_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "unit", "at"], name="appeals_rating_unit")
        ]

    def __str__(self) -> str:
        return self.get_grade_display()

    @property
    def is_counted(self) -> bool:
        """Tell whether figures count it."""
        return self.exclusion not in LEFT_OUT


class UnitRating(CountyModel):
    """How one unit behaved, where the enterprise met it: attitude and speed, 1-5."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="units")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    attitude = models.PositiveSmallIntegerField("态度", choices=Grade.choices, null=True)
    speed = models.PositiveSmallIntegerField("快慢", choices=Grade.choices, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "rating", "unit"], name="appeals_unit_rating")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.attitude}/{self.speed}"
