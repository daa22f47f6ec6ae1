"""The five standing working groups of the attachment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from qifu.kernel.county import CountyModel
from qifu.organisations.models.units import Unit


class WorkingGroup(CountyModel):
    """A standing working group (常态化工作小组), answering for 20–30 enterprises, 二（二）."""

    number = models.PositiveSmallIntegerField("序号")
    name = models.CharField("名称", max_length=40)
    quota_low = models.PositiveSmallIntegerField("企业数下限")
    quota_high = models.PositiveSmallIntegerField("企业数上限")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "number"], name="group_number_once"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(CountyModel):
    """One name of the attachment (组长 or 成员) with the unit as it was printed.

    The names are the notice's own. They stand on the roster page and nowhere else:
    a member acts through an account and a post like everybody.
    """

    journal_hidden: ClassVar = ("name",)

    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, verbose_name="小组", related_name="members"
    )
    position = models.PositiveSmallIntegerField("次序")
    is_leader = models.BooleanField("组长", default=False)
    name = models.CharField("姓名", max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    printed_unit = models.CharField("附件所印单位", max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "group", "position"], name="group_position_once"
            ),
            models.UniqueConstraint(
                fields=["county", "group"],
                condition=models.Q(is_leader=True),
                name="group_has_one_leader",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.printed_unit}）"
