"""What a unit may ask or note while it has a part: return, extension, supplement, contact."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qifu.appeals.models.case import Appeal, Assignment
from qifu.appeals.models.steps import StepModel
from qifu.journal.models import Text
from qifu.organisations.models import Unit, User


class ReturnReason(models.TextChoices):
    """Why a unit sends its part back."""

    NOT_COMPETENT = "NOT_COMPETENT", "不属本单位职权"
    OTHER_LEAD = "OTHER_LEAD", "应由其他单位主办"
    WRONG_FACTS = "WRONG_FACTS", "事实与交办内容不符"


class Return(StepModel):
    """A unit sends its part back (退单), once for each case; the clock runs on."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="returns")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="returns")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=14, choices=ReturnReason)
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")
    proposed = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    upheld = models.BooleanField("成立", null=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    ruled_at = models.DateTimeField("裁定时间", null=True)
    ruling = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            # 退单 is ruled once for each unit and case; the second word is final.
            models.UniqueConstraint(
                fields=["county", "appeal", "unit"], name="appeals_return_once_per_unit"
            )
        ]


class Extension(StepModel):
    """A unit asks for more time (延期), once a round; the office rules, the enterprise hears."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="extensions")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions")
    cycle = models.PositiveSmallIntegerField("轮次", default=1)
    days = models.PositiveSmallIntegerField("申请工作日")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")
    granted = models.PositiveSmallIntegerField("批准工作日", null=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    ruled_at = models.DateTimeField("裁定时间", null=True)
    ruling = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    objection = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    objected_at = models.DateTimeField("企业异议时间", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "assignment", "cycle"], name="appeals_extension_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["county", "at"],
                condition=Q(ruled_at=None),
                name="appeals_extension_open",
            ),
            models.Index(fields=["county", "appeal"], name="appeals_extension_appeal"),
        ]


class SupplementState(models.TextChoices):
    ASKED = "ASKED", "待县办同意"
    OPEN = "OPEN", "等企业补充"
    SUPPLIED = "SUPPLIED", "已补充"
    LAPSED = "LAPSED", "期满未补充"
    REFUSED = "REFUSED", "县办不同意"


class Supplement(StepModel):
    """The enterprise is asked for what is missing (补充), before or after acceptance, once."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="supplements")
    # None where the office asks before it accepts.
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="supplements", null=True
    )
    state = models.CharField("状态", max_length=8, choices=SupplementState)
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")
    due_on = models.DateField("补充期限", null=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    ruled_at = models.DateTimeField("县办意见时间", null=True)
    supplied = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    supplied_at = models.DateTimeField("补充时间", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal"],
                condition=Q(assignment=None),
                name="appeals_supplement_before_once",
            ),
            models.UniqueConstraint(
                fields=["county", "assignment"],
                condition=~Q(state="REFUSED"),
                name="appeals_supplement_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "appeal"], name="appeals_supplement_appeal"),
            models.Index(
                fields=["county", "due_on"],
                condition=Q(state="OPEN"),
                name="appeals_supplement_open",
            ),
        ]


class Means(models.TextChoices):
    """How the enterprise was contacted."""

    PHONE = "PHONE", "电话"
    VISIT = "VISIT", "上门"
    MEETING = "MEETING", "当面"
    WECHAT = "WECHAT", "微信"


class Contact(StepModel):
    """A unit contacts the enterprise, or tries to (联系企业): an event with time and means."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="contacts")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="contacts")
    contacted_at = models.DateTimeField("联系时间")
    means = models.CharField("方式", max_length=8, choices=Means)
    reached = models.BooleanField("联系上了")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "assignment"], name="appeals_contact_part")
        ]


class ProcessNote(StepModel):
    """What a unit notes for itself and the office (办理记录), or tells meanwhile (阶段答复)."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="notes")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="notes")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")
    published = models.BooleanField("企业可见", default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "assignment"], name="appeals_note_part")
        ]


class SubAssignment(StepModel):
    """A unit gives its part to one of its people (二次分派); the limit stays the unit's."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="sub_assignments")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "assignment"], name="appeals_sub_assignment_part")
        ]
