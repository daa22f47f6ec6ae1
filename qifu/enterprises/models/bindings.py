"""Who speaks for an enterprise."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from qifu.journal.models import Text
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.kernel.numbers import new_number
from qifu.organisations.models import User
from qifu.organisations.models.validity import in_force_on, not_backwards


class SpeaksAs(models.TextChoices):
    ADMIN = "ADMIN", "管理员"
    USER = "USER", "经办人"


class Via(models.TextChoices):
    """By which of the three ways a person came to speak for an enterprise."""

    INVITATION = "INVITATION", "邀请"
    CONTACT_PHONE = "CONTACT_PHONE", "登记的联系电话"
    OFFICE = "OFFICE", "县办核准"


class BindingState(models.TextChoices):
    INVITED = "INVITED", "已邀请"
    ASKED = "ASKED", "待核准"
    ACTIVE = "ACTIVE", "已绑定"
    ENDED = "ENDED", "已结束"


class Ending(models.TextChoices):
    """Why a binding ended; codes, because reasons in words would be personal."""

    REMOVED = "REMOVED", "由企业管理员移除"
    BY_OFFICE = "BY_OFFICE", "由县办解除"
    LEFT = "LEFT", "本人退出"
    WITHDRAWN = "WITHDRAWN", "邀请或申请已撤回"
    UNKNOWN_TO_FIRM = "UNKNOWN_TO_FIRM", "企业表示不认识申请人"
    PROOF_MISSING = "PROOF_MISSING", "不能证明与企业的关系"
    WRONG_FIRM = "WRONG_FIRM", "选错了企业"


# What the office may answer to somebody who asked.
REFUSALS = (Ending.UNKNOWN_TO_FIRM, Ending.PROOF_MISSING, Ending.WRONG_FIRM)


class BindingQuerySet(CountyQuerySet["Binding"]):
    def in_force(self, on: date) -> Self:
        """Bindings by which somebody speaks for an enterprise on the day."""
        return self.filter(in_force_on(on), state=BindingState.ACTIVE)

    def of_person(self, user: User) -> Self:
        """The person's own."""
        return self.filter(person=user)

    def asked(self) -> Self:
        """Requests that wait for the office, oldest first."""
        return self.filter(state=BindingState.ASKED).order_by("made_at", "pk")

    def invited(self) -> Self:
        """Invitations that wait for the person to sign in."""
        return self.filter(state=BindingState.INVITED)


class Binding(CountyModel):
    """A person speaks for an enterprise (绑定); many to many.

    An invitation names a phone; whoever signs in with it becomes the person.
    """

    journal_hidden: ClassVar = ("phone",)

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, verbose_name="企业", related_name="bindings"
    )
    person = models.ForeignKey(
        User, models.PROTECT, verbose_name="人员", null=True, related_name="bindings"
    )
    number = models.CharField("绑定编号", max_length=8, default=new_number, editable=False)
    phone = models.CharField("受邀号码", max_length=20, blank=True)
    # Who he is in the enterprise, in his own words.
    said = models.ForeignKey(
        Text, models.PROTECT, verbose_name="本人说明", null=True, related_name="+"
    )
    role = models.CharField("身份", max_length=6, choices=SpeaksAs, default=SpeaksAs.USER)
    via = models.CharField("途径", max_length=14, choices=Via)
    state = models.CharField("状态", max_length=8, choices=BindingState)
    made_at = models.DateTimeField("提出时间")
    made_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="提出人", null=True, related_name="+"
    )
    decided_at = models.DateTimeField("核准时间", null=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="核准人", null=True, related_name="+"
    )
    ending = models.CharField("结束原因", max_length=16, choices=Ending, blank=True)
    valid_from = models.DateField("起始日期", null=True)
    valid_to = models.DateField("自何日起不再", null=True)

    objects: ClassVar = BindingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            not_backwards("binding_not_backwards"),
            models.UniqueConstraint(fields=["county", "number"], name="binding_number_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(phone=""), name="binding_names_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state="ACTIVE") | Q(person__isnull=False, valid_from__isnull=False),
                name="binding_active_has_person_and_day",
            ),
            models.UniqueConstraint(
                fields=["county", "enterprise", "person"],
                condition=Q(state__in=["ASKED", "ACTIVE"]),
                name="binding_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["county", "enterprise", "phone"],
                condition=Q(state="INVITED"),
                name="binding_invited_once",
            ),
            models.UniqueConstraint(
                fields=["county", "enterprise"],
                condition=Q(state="ACTIVE", role="ADMIN"),
                name="binding_one_admin",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "person", "state"], name="binding_of_person"),
            models.Index(fields=["county", "enterprise", "state"], name="binding_of_enterprise"),
            models.Index(
                fields=["county", "phone"], condition=Q(state="INVITED"), name="binding_by_phone"
            ),
            models.Index(
                fields=["county", "made_at"], condition=Q(state="ASKED"), name="binding_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.person_id} {self.state}"

    @property
    def is_admin(self) -> bool:
        return self.state == BindingState.ACTIVE and self.role == SpeaksAs.ADMIN


def bound_enterprise_ids(user: User, on: date) -> frozenset[int]:
    """Return the enterprises that the person speaks for on the day."""
    rows = Binding.objects.in_county(user.county).in_force(on).of_person(user)
    return frozenset(rows.values_list("enterprise_id", flat=True))
