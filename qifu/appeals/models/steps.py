"""The verbs as nouns: each step leaves its own row, never edited afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from qifu.appeals.models.case import Appeal, Assignment
from qifu.appeals.models.catalogue import CatalogueRule, Category
from qifu.appeals.rules import (
    EXITS,
    HAND_UP_REASONS,
    DeclineReason,
    Ground,
    Nature,
    Outcome,
    Proof,
)
from qifu.journal.models import Text
from qifu.kernel.county import CountyModel
from qifu.organisations.models import User

if TYPE_CHECKING:
    from qifu.appeals.models.turned_away import TurnAway


class StepModel(CountyModel):
    """Who took a step, and when. `by` is None where qifu itself acted."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


def _case_index(name: str) -> list[models.Index]:
    return [models.Index(fields=["county", "appeal"], name=name)]


def _answer_index(name: str) -> list[models.Index]:
    return [models.Index(fields=["county", "answer"], name=name)]


class Acceptance(StepModel):
    """The office takes a case on (受理) and says what it is about."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="acceptances")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = _case_index("appeals_acceptance_appeal")


class Decline(StepModel):
    """The office does not take a case on (不予受理): a coded reason and the way open instead."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="declines")
    reason = models.CharField("理由", max_length=16, choices=DeclineReason.choices)
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    final = models.BooleanField("不能再提异议", default=False)

    class Meta:
        indexes: ClassVar = _case_index("appeals_decline_appeal")

    @cached_property
    def gone(self) -> TurnAway | None:
        """Where the case went, if it left (转出)."""
        if self.reason not in EXITS:
            return None
        return self.turn_aways.select_related("went_to", "whom").first()


class Objection(StepModel):
    """The enterprise objects to a decline (异议), once."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="objections")
    decline = models.ForeignKey(Decline, models.PROTECT, related_name="+")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "appeal"], name="appeals_objection_once")
        ]


class Dispatch(StepModel):
    """The office hands a case to one LEAD and any ASSISTs (交办)."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="dispatches")
    nature = models.CharField("类型", max_length=12, choices=Nature.choices)
    # The catalogue's line that proposed it, and whether the office followed it.
    rule = models.ForeignKey(CatalogueRule, models.PROTECT, related_name="+", null=True)
    followed = models.BooleanField("按建议交办", default=False)
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = _case_index("appeals_dispatch_appeal")


class TakeBack(StepModel):
    """The office takes an unsigned dispatch back (撤回交办), within minutes."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="take_backs")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "dispatch"], name="appeals_take_back_once")
        ]


class Signature(StepModel):
    """A unit signs for its part (签收)."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="signatures")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "assignment"], name="appeals_signature_once")
        ]


class Answer(StepModel):
    """What a unit, or the office itself, answers (答复)."""

    class State(models.TextChoices):
        PENDING = "PENDING", "待审签"
        SENT_BACK = "SENT_BACK", "退给经办人"
        SIGNED = "SIGNED", "已审签"
        REWORK = "REWORK", "退回重办"
        PUBLISHED = "PUBLISHED", "已发布"
        TO_LEAD = "TO_LEAD", "已交主办"

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="answers")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="answers", null=True)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    outcome = models.CharField("办理结果", max_length=12, choices=Outcome.choices)
    # What the enterprise reads.
    body = models.ForeignKey(Text, models.PROTECT, related_name="+")
    # What was done, for the record (自行办结: 办理措施).
    measures = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    proof = models.CharField("凭证种类", max_length=10, choices=Proof.choices, blank=True)
    evidence = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    # 列入计划: what will be done, and by which day.
    promise = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    promised_on = models.DateField("承诺日期", null=True)
    attempts = models.JSONField("联系记录", default=list)
    moved_to = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    # A no (办不成) says on what it rests, what was tried and what else the enterprise can do.
    ground = models.CharField("依据种类", max_length=8, choices=Ground.choices, blank=True)
    basis = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    tried = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    alternatives = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField("发布时间", null=True)
    # The parent's answer, where a merged case is answered with it (随主件答复).
    follows = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [
            *_case_index("appeals_answer_appeal"),
            models.Index(
                fields=["county", "published_at", "id"],
                condition=Q(state="PUBLISHED"),
                name="appeals_answer_out",
            ),
        ]


class Approval(StepModel):
    """The unit's leader signs an answer, or sends it back to the handler (审签)."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="approvals")
    agreed = models.BooleanField("同意")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "answer"], name="appeals_approval_answer")
        ]


class Review(StepModel):
    """The office passes an answer on to the enterprise, or back to the unit (审核)."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="reviews")
    passed = models.BooleanField("通过")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "answer"], name="appeals_review_answer")
        ]


class Recall(StepModel):
    """A publication undone before its notice left (撤回发布)."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="recalls")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "answer"], name="appeals_recall_answer")
        ]


class HandUp(StepModel):
    """A township, park or unit hands up what it cannot settle (上交, 二（一）逐级上交)."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="hand_ups")
    reason = models.CharField("原因", max_length=12, choices=list(HAND_UP_REASONS.items()))
    tried = models.ForeignKey(Text, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "assignment"], name="appeals_hand_up_once")
        ]


class TakeOver(StepModel):
    """The office takes a local case over (县办接办)."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="take_overs")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "assignment"], name="appeals_take_over_once")
        ]


class Closure(StepModel):
    """A case ends without a rating (办结，未评价), when the window has passed."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="closures")
    cycle = models.PositiveSmallIntegerField("轮次", default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal", "cycle"], name="appeals_closure_once"
            )
        ]
