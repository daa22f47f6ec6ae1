"""Who looks after an enterprise: a fact that lies low, so that visibility can read it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from qifu.enterprises.sight import SEES_UNIT
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.organisations.models import Unit, User
from qifu.organisations.models.validity import in_force_on, not_backwards, validity


class TieKind(models.TextChoices):
    PAIRING = "PAIRING", "包联"
    GROUP = "GROUP", "工作小组"
    RESPONSIBLE = "RESPONSIBLE", "责任单位"


class TieQuerySet(CountyQuerySet["Tie"]):
    def in_force(self, on: date) -> Self:
        """Ties that hold on the day."""
        return self.filter(in_force_on(on))

    def of_person(self, user: User) -> Self:
        """Ties of the person himself, and of the units in whose name he works."""
        return self.filter(Q(user=user) | Q(unit__in=user.reach.units(*SEES_UNIT)))


class Tie(CountyModel):
    """A person or a unit looks after an enterprise (包联、分组、责任单位)."""

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, verbose_name="企业", related_name="ties"
    )
    user = models.ForeignKey(
        User, models.PROTECT, verbose_name="干部", null=True, related_name="ties"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="单位", null=True, related_name="ties"
    )
    kind = models.CharField("关系", max_length=12, choices=TieKind)
    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("自何日起不再", null=True)

    objects: ClassVar = TieQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            not_backwards("tie_not_backwards"),
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(unit__isnull=True),
                name="tie_to_a_person_or_a_unit",
            ),
            *(
                ExclusionConstraint(
                    name=f"tie_not_twice_to_{whom}",
                    expressions=[
                        ("enterprise", RangeOperators.EQUAL),
                        ("kind", RangeOperators.EQUAL),
                        (whom, RangeOperators.EQUAL),
                        (validity(), RangeOperators.OVERLAPS),
                    ],
                )
                for whom in ("user", "unit")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "user", "enterprise"], name="tie_of_user"),
            models.Index(fields=["county", "unit", "enterprise"], name="tie_of_unit"),
            models.Index(fields=["county", "enterprise"], name="tie_of_enterprise"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.enterprise_id}"
