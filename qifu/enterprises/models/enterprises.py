"""The register of enterprises."""

from __future__ import annotations

import re
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from qifu.enterprises.industries import section
from qifu.enterprises.models.bindings import Binding
from qifu.enterprises.models.ties import Tie
from qifu.enterprises.sight import SEES_ALL, SEES_UNIT
from qifu.kernel.clock import local_date, now
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.kernel.numbers import new_number
from qifu.organisations.models import Unit, User
from qifu.organisations.pinyin import PinyinField, initials, sort_key

UNASSIGNED = "未分配属地"
LATIN = re.compile(r"[0-9A-Za-z]+")


class Size(models.TextChoices):
    """统计上大中小微型企业划分办法（2017）."""

    LARGE = "LARGE", "大型"
    MEDIUM = "MEDIUM", "中型"
    SMALL = "SMALL", "小型"
    MICRO = "MICRO", "微型"
    UNKNOWN = "", "未登记"


class EnterpriseStatus(models.TextChoices):
    IN_BUSINESS = "IN_BUSINESS", "在营"
    SUSPENDED = "SUSPENDED", "停产停业"
    MISSING = "MISSING", "失联"
    MOVED_OUT = "MOVED_OUT", "迁出"
    REVOKED = "REVOKED", "吊销"
    CANCELLED = "CANCELLED", "注销"


class EnterpriseQuerySet(CountyQuerySet["Enterprise"]):
    """Enterprises, reached through whoever looks."""

    def visible_to(self, user: User, on: date | None = None) -> Self:
        """Return the enterprises that the person may see: the only door of the faces.

        `on` is today unless a rule asks about another day.
        """
        on = on or local_date(now())
        rows = self.in_county(user.county)
        if not user.is_staff_person:
            bound = Binding.objects.in_county(user.county).in_force(on).of_person(user)
            return rows.filter(pk__in=bound.values("enterprise_id"))
        if user.reach.has(*SEES_ALL):
            return rows
        ties = Tie.objects.in_county(user.county).in_force(on).of_person(user)
        return rows.filter(
            Q(township__in=user.reach.units(*SEES_UNIT)) | Q(pk__in=ties.values("enterprise_id"))
        )

    def search(self, words: str) -> Self:
        """Return those whose name, initials or code contain what was typed."""
        words = words.replace("\x00", "").strip()
        if not words:
            return self
        found = Q(name__icontains=words) | Q(short_name__icontains=words)
        if LATIN.fullmatch(words):
            found |= Q(initials__contains=words.lower()) | Q(uscc__contains=words.upper())
        return self.filter(found)

    def unassigned(self) -> Self:
        """Return those without a place, which the office gives them (待认领)."""
        return self.filter(township__isnull=True)

    def by_pinyin(self) -> Self:
        """In the order of a Chinese name list; the number makes the order total."""
        return self.order_by("pinyin", "number")

    def after(self, pinyin: str, number: str) -> Self:
        """Return those that follow the place in the name list (下一页)."""
        # The first condition lets the index begin there, however deep the page.
        rows = self.filter(Q(pinyin__gt=pinyin) | Q(number__gt=number), pinyin__gte=pinyin)
        return rows.by_pinyin()

    def before(self, pinyin: str, number: str) -> Self:
        """Return those that precede the place, the nearest first (上一页)."""
        rows = self.filter(Q(pinyin__lt=pinyin) | Q(number__lt=number), pinyin__lte=pinyin)
        return rows.order_by("-pinyin", "-number")


class Enterprise(CountyModel):
    """An enterprise of the county's register (企业)."""

    # Names of small firms are names of people, addresses are free text.
    journal_hidden: ClassVar = (
        "name",
        "short_name",
        "pinyin",
        "initials",
        "contact_name",
        "contact_phone",
        "address",
    )

    # What addresses call it; nothing can be told or counted from it.
    number = models.CharField("企业编号", max_length=8, default=new_number, editable=False)
    # Blank until known; two blanks are not the same enterprise.
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40)
    pinyin = PinyinField("拼音", source="name")
    initials = models.CharField("拼音首字母", max_length=80, editable=False)
    # None: not assigned yet (待认领), because no list or address has said it surely.
    township = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="所在乡镇（园区）", related_name="enterprises", null=True
    )
    # GB/T 4754-2017, two to four digits.
    industry = models.CharField("行业代码", max_length=4, blank=True)
    size = models.CharField("规模", max_length=10, choices=Size, blank=True)
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=20, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    status = models.CharField(
        "状态", max_length=12, choices=EnterpriseStatus, default=EnterpriseStatus.IN_BUSINESS
    )
    # Counts corrections, so that two people do not undo each other's.
    revision = models.PositiveIntegerField("版次", default=1)
    registered_at = models.DateTimeField("录入时间")

    objects: ClassVar = EnterpriseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "uscc"], condition=~Q(uscc=""), name="enterprise_uscc_once"
            ),
            models.UniqueConstraint(fields=["county", "number"], name="enterprise_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "pinyin", "number"], name="enterprise_list"),
            models.Index(fields=["county", "township", "pinyin"], name="enterprise_of_township"),
            models.Index(fields=["county", "contact_phone"], name="enterprise_contact_phone"),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def place_name(self) -> str:
        """Return the place as people say it, or that nobody has it yet (待认领)."""
        return self.township.short_name if self.township else UNASSIGNED

    @property
    def industry_section(self) -> str:
        """Return the section's name (门类), or 未登记."""
        found = section(self.industry)
        return found[1] if found else "未登记"

    @property
    def size_name(self) -> str:
        return str(Size(self.size).label)


def names(name: str, short_name: str = "") -> dict[str, str]:
    """Return the four columns that a name fills."""
    short_name = short_name or shorten(name)
    return {
        "name": name,
        "short_name": short_name,
        "pinyin": sort_key(name),
        "initials": initials(name),
    }


def shorten(name: str) -> str:
    """Return the name as people say it: without place and legal form."""
    short = re.sub(r"^(安徽省?|六安市?|金寨县?)+", "", name)
    short = re.sub(r"(股份|集团|有限|责任|公司|（普通合伙）)+$", "", short)
    return (short or name)[:40]
