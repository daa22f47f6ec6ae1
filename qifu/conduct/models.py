"""The complaint, what oversight did about it, and the one policy of who may see it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import connection, models

from qifu.appeals.models import Appeal
from qifu.journal.models import Text
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.organisations.models import PostKind, Unit, User, UserKind

# A number is left out half of the time, so that none tells how many there are.
NEXT = "1 + least(floor(-ln(1 - random()) / ln(2)), 20)::int"


class ComplaintState(models.TextChoices):
    """Where a complaint stands; its person reads the same words."""

    SENT = "SENT", "已提交"
    TAKEN_UP = "TAKEN_UP", "已受理"
    ANSWERED = "ANSWERED", "已办结"


class ComplaintQuerySet(CountyQuerySet["Complaint"]):
    """Complaints, reached through whoever looks."""

    def visible_to(self, user: User, on: date) -> Self:
        """Return the complaints that the person may see on that day: the only door.

        The person who made them sees his own; of the county's people only supervisors
        (监督员) by a post of their own, and none of them one about himself or about a
        unit in which he has a post.
        """
        rows = self.in_county(user.county)
        if user.kind == UserKind.ENTERPRISE:
            return rows.filter(submitted_by=user)
        reach = user.reach_on(on)
        if not user.is_active or not reach.own_units(PostKind.SUPERVISOR):
            return rows.none()
        rows = rows.exclude(unit__in=reach.units()).exclude(officer=user)
        return rows.exclude(officer_name__body__contains=user.name) if user.name else rows


class Complaint(CountyModel):
    """What an enterprise's person says of an officer's conduct (反映干部作风)."""

    # The journal shows that there is one, and nothing of it.
    journal_hidden: ClassVar = (
        "number", "unit_id", "officer_id", "officer_name_id", "appeal_id", "submitted_by_id",
    )  # fmt: skip

    number = models.CharField("编号", max_length=20)
    state = models.CharField("状态", max_length=8, choices=ComplaintState)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # As the person wrote it; and the account, where the name means just one.
    officer_name = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    officer = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="+", null=True)
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("提交时间")

    objects: ClassVar = ComplaintQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "number"], name="conduct_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "submitted_at", "id"], name="conduct_newest"),
            models.Index(fields=["county", "state", "submitted_at", "id"], name="conduct_state"),
            models.Index(fields=["county", "submitted_by", "id"], name="conduct_person"),
        ]

    def __str__(self) -> str:
        return self.number


class ComplaintStep(CountyModel):
    """What oversight did about a complaint: took it up (受理) or answered it (办结)."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="steps")
    state = models.CharField("到", max_length=8, choices=ComplaintState)
    # What the person reads; of taking up it may be empty.
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "complaint", "state"], name="conduct_step_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.state}"


class ComplaintSeries(CountyModel):
    """The last number given to a complaint (编号) in a county and year; not the cases' series."""

    # Which number was given stands in the row that has it.
    journal_rows: ClassVar = False

    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后一个号")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "year"], name="conduct_series")
        ]

    def __str__(self) -> str:
        return f"ZF{self.year}-{self.last:04d}"


def take_number(county: str, year: int) -> str:
    """Give out the next number of the county's year, `ZF2026-0003`; some are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO conduct_complaintseries (county, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (county, year) DO UPDATE"
            f" SET last = conduct_complaintseries.last + {NEXT} RETURNING last",
            [county, year],
        )
        (last,) = cursor.fetchone()
    return f"ZF{year}-{last:04d}"
