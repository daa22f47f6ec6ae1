"""The units of a county, their lineage, and what they have filed with the office."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.organisations.models.validity import in_force_on, not_backwards, validity
from qifu.organisations.pinyin import PinyinField


class UnitKind(models.TextChoices):
    GOVERNMENT = "GOVERNMENT", "县政府"
    LEADING_GROUP = "LEADING_GROUP", "领导小组"
    OFFICE = "OFFICE", "县“四送一服”办公室"
    DEPARTMENT = "DEPARTMENT", "县直单位"
    OVERSIGHT = "OVERSIGHT", "监督单位"
    TOWNSHIP = "TOWNSHIP", "乡镇"
    PARK = "PARK", "园区"
    ZONE = "ZONE", "实验区"
    SCHOOL = "SCHOOL", "院校"
    MEDIA = "MEDIA", "媒体"
    UTILITY = "UTILITY", "公用企业"
    UPPER = "UPPER", "上级"


# Kinds in whose jurisdiction enterprises lie (属地).
PLACES = (UnitKind.TOWNSHIP, UnitKind.PARK, UnitKind.ZONE)
# Kinds that the notice tells to name a leader and a liaison (二（一）).
OWING_A_FILING = (
    UnitKind.DEPARTMENT,
    UnitKind.TOWNSHIP,
    UnitKind.PARK,
    UnitKind.ZONE,
    UnitKind.SCHOOL,
    UnitKind.MEDIA,
    UnitKind.UTILITY,
)


class UnitQuerySet(CountyQuerySet["Unit"]):
    def in_force(self, on: date) -> Self:
        """Units that exist on the day."""
        return self.filter(in_force_on(on))

    def places(self) -> Self:
        """Townships, the park and the zone: where an enterprise can lie (属地)."""
        return self.filter(kind__in=PLACES)

    def owing_a_filing(self) -> Self:
        """Units that must name their leader and liaison to the office (备案)."""
        return self.filter(kind__in=OWING_A_FILING)

    def by_pinyin(self) -> Self:
        """In the order of a Chinese name list."""
        return self.order_by("pinyin", "code")


class Unit(CountyModel):
    """A unit (单位) as it was named from one day to another.

    A renamed or merged unit ends and has a successor; rows keep pointing to the unit
    that did the work, so statistics keep the name of the time. The successor reaches
    them through `absorbed`.
    """

    reference = True

    code = models.SlugField("代码", max_length=40, db_index=False)
    name = models.CharField("全称", max_length=80)
    short_name = models.CharField("简称", max_length=40)
    # No Chinese collation in the database: names are sorted by this key.
    pinyin = PinyinField("拼音", source="short_name")
    kind = models.CharField("类别", max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级", null=True, related_name="children"
    )
    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("自何日起不再", null=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, verbose_name="继任单位", null=True, related_name="predecessors"
    )
    absorbed = ArrayField(models.BigIntegerField(), verbose_name="前身", default=list)
    phone = models.CharField("电话", max_length=30, blank=True)
    assessed = models.BooleanField("参加考核", default=True)
    member_unit = models.BooleanField("领导小组成员单位", default=False)

    objects: ClassVar = UnitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "code"], name="unit_code_once"),
            not_backwards("unit_not_backwards"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False),
                name="unit_with_successor_has_ended",
            ),
            # Two units of one name at one time could not be told apart by anybody.
            ExclusionConstraint(
                name="unit_short_name_once_at_a_time",
                expressions=[
                    ("county", RangeOperators.EQUAL),
                    ("short_name", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "kind", "pinyin"], name="unit_list"),
            GinIndex(fields=["absorbed"], name="unit_absorbed"),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_place(self) -> bool:
        return self.kind in PLACES

    def is_in_force(self, on: date) -> bool:
        """Tell whether the unit exists on the day."""
        return self.valid_from <= on and (self.valid_to is None or self.valid_to > on)


class UnitFiling(CountyModel):
    """One filing (备案) of a unit's leader and liaison with the office, 二（一）.

    Rows are never changed: the newest is the one in force, the older ones its history.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="filings")
    filed_at = models.DateTimeField("备案时间")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="填报人",
        null=True,
        related_name="filings",
    )
    leader_post = models.ForeignKey(
        "organisations.Post", models.PROTECT, verbose_name="分管负责同志", related_name="+"
    )
    liaison_post = models.ForeignKey(
        "organisations.Post", models.PROTECT, verbose_name="专职人员", related_name="+"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "unit", "-filed_at"], name="filing_newest"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(leader_post=F("liaison_post")), name="filing_names_two_posts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.filed_at:%Y-%m-%d}"
