"""Categories, the dispatch catalogue and the limits: versioned data of a county."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qifu.appeals.limits import Limits
from qifu.appeals.rules import Nature
from qifu.kernel.county import CountyModel


class Category(CountyModel):
    """What a problem is about (类别), on two levels."""

    reference = True

    code = models.CharField("代码", max_length=40)
    name = models.CharField("名称", max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True)
    # What an enterprise had better say at once, so that nobody has to ask back.
    hint = models.CharField("填写提示", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("次序", default=0)
    valid_to = models.DateField("停用日期", null=True)

    class Meta:
        ordering: ClassVar = ["order", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "code"], name="appeals_category_code")
        ]

    def __str__(self) -> str:
        return self.name


class Catalogue(CountyModel):
    """One version of the dispatch catalogue (派单目录)."""

    reference = True

    version = models.PositiveIntegerField("版本")
    valid_from = models.DateField("自")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "version"], name="appeals_catalogue_version")
        ]

    def __str__(self) -> str:
        return f"派单目录第{self.version}版"


class CatalogueRule(CountyModel):
    """One line of the catalogue: category x place x size -> LEAD, ASSISTs, nature, why.

    `place` is a unit's code, a kind of unit, or blank for anywhere; `lead` is a unit's
    code, or "@place" for the township or park itself.
    """

    reference = True

    catalogue = models.ForeignKey(Catalogue, models.PROTECT, related_name="rules")
    code = models.CharField("规则号", max_length=40)
    category = models.CharField("类别", max_length=40)
    place = models.CharField("属地", max_length=20, blank=True)
    size = models.CharField("规模", max_length=10, blank=True)
    lead = models.CharField("主办", max_length=20)
    assists = models.JSONField("协办", default=list)
    nature = models.CharField("类型", max_length=12, choices=Nature.choices)
    why = models.CharField("依据", max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "catalogue", "code"], name="appeals_catalogue_rule_code"
            )
        ]

    def __str__(self) -> str:
        return self.code


class LimitRules(CountyModel):
    """One version of the county's limits in working days (时限规则, domain b3)."""

    reference = True

    version = models.PositiveIntegerField("版本")
    valid_from = models.DateField("自")
    table = models.JSONField("时限表")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "version"], name="appeals_limits_version")
        ]

    def __str__(self) -> str:
        return f"时限规则第{self.version}版"

    @property
    def limits(self) -> Limits:
        """The table as the rules read it."""
        return Limits(self.version, self.table)
