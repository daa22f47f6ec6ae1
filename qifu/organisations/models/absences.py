"""Who is away from when to when, and who stands in (AB 岗). No clock stops for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.kernel.numbers import new_number
from qifu.organisations.models.people import User
from qifu.organisations.models.units import Unit
from qifu.organisations.models.validity import in_force_on, not_backwards, validity


class AbsenceReason(models.TextChoices):
    """Why somebody is away; whether he is ill is nobody's business."""

    TRIP = "TRIP", "出差"
    TRAINING = "TRAINING", "学习培训"
    LEAVE = "LEAVE", "请假"
    SECONDMENT = "SECONDMENT", "抽调"


class AbsenceQuerySet(CountyQuerySet["Absence"]):
    def in_force(self, on: date) -> Self:
        """Absences of the day."""
        return self.filter(in_force_on(on))

    def not_over(self, on: date) -> Self:
        """Absences of the day and those to come; not the ones that were called off."""
        return self.filter(valid_to__gt=on).exclude(valid_to=models.F("valid_from"))

    def overlapping(self, begin: date, end: date) -> Self:
        """Absences that share a day with those from `begin` to before `end`."""
        return self.not_over(begin).filter(valid_from__lt=end)

    def with_people(self) -> Self:
        """Read along who is away, who stands in and where."""
        return self.select_related("user", "deputy", "unit")


class Absence(CountyModel):
    """A person is away from a unit's posts (外出), and a deputy holds them meanwhile (代班)."""

    # Every case's page says who is away; it is read from memory until somebody goes or comes.
    reference = True

    number = models.CharField("外出编号", max_length=8, default=new_number, editable=False)
    user = models.ForeignKey(User, models.PROTECT, verbose_name="外出人", related_name="absences")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    deputy = models.ForeignKey(
        User, models.PROTECT, verbose_name="代班人", null=True, related_name="+"
    )
    reason = models.CharField("原因", max_length=12, choices=AbsenceReason)
    valid_from = models.DateField("起始日期")
    # The day of coming back, so that two absences can meet.
    valid_to = models.DateField("自何日起不再")
    by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", null=True, related_name="+")
    at = models.DateTimeField("登记时间")

    objects: ClassVar = AbsenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            not_backwards("absence_not_backwards"),
            models.UniqueConstraint(fields=["county", "number"], name="absence_number_once"),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=models.F("user")),
                name="absence_deputy_is_somebody_else",
            ),
            ExclusionConstraint(
                name="absence_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "valid_to"], name="absence_by_end"),
            models.Index(fields=["county", "deputy", "valid_to"], name="absence_of_deputy"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.valid_from}–{self.valid_to}"

    @property
    def last_day(self) -> date:
        """The last day of being away (inclusive, as people say it)."""
        return self.valid_to - timedelta(days=1)

    def is_in_force(self, on: date) -> bool:
        """Tell whether the person is away on the day."""
        return self.valid_from <= on < self.valid_to
