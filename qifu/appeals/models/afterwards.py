"""What comes after an answer, or instead of one: calls, second handlings, withdrawals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qifu.appeals.models.case import Appeal
from qifu.appeals.models.ratings import Grade, Solved
from qifu.appeals.models.steps import StepModel
from qifu.journal.models import Text
from qifu.organisations.models import User


class CallbackReason(models.TextChoices):
    """Why the office calls the enterprise."""

    UNHAPPY = "UNHAPPY", "评价不满意或没办成"
    SILENT = "SILENT", "未评价，抽查"
    LOCAL = "LOCAL", "自行办结，抽查"
    WITHDRAWN = "WITHDRAWN", "企业撤回，抽查"
    LAPSED = "LAPSED", "期满未补充"


class CallbackOutcome(models.TextChoices):
    """What the call came to."""

    SATISFIED = "SATISFIED", "企业认可，办结"
    AGAIN = "AGAIN", "有理由，二次办理"
    EXPLAINED = "EXPLAINED", "诉求不合理，已解释"
    UNREACHABLE = "UNREACHABLE", "两天两次联系不上"
    CONFIRMED = "CONFIRMED", "自愿撤回"
    RESUMED = "RESUMED", "不是自愿，恢复办理"


class Callback(StepModel):
    """The office asks the enterprise by telephone (回访); opened by a rating or by lot.

    A grade given on the telephone is kept apart from one that the enterprise gave itself.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="callbacks")
    reason = models.CharField("原因", max_length=10, choices=CallbackReason)
    opened_at = models.DateTimeField("列入回访")
    outcome = models.CharField("结果", max_length=12, choices=CallbackOutcome, blank=True)
    contacted = models.BooleanField("单位联系过", null=True)
    solved = models.CharField("办成了吗", max_length=6, choices=Solved, blank=True)
    grade = models.PositiveSmallIntegerField("回访评价", choices=Grade, null=True)
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    # The clerk who dispatched it also called: allowed where there is nobody else, and shown.
    same_clerk = models.BooleanField("由交办人回访", default=False)
    # 诉求不合理 is a second person's word too.
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal"],
                condition=Q(outcome=""),
                name="appeals_one_open_callback",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "appeal"], name="appeals_callback_appeal"),
        ]


class CallAttempt(StepModel):
    """A call that nobody answered (未接通)."""

    callback = models.ForeignKey(Callback, models.PROTECT, related_name="attempts")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "callback"], name="appeals_attempt_callback")
        ]


class Again(models.TextChoices):
    """Who asked for it to be handled once more."""

    CALLBACK = "CALLBACK", "回访二次办理"
    REOPENED = "REOPENED", "企业要求重办"


class SecondHandling(StepModel):
    """A case is handled once more (二次办理、重办): a new round with a limit of its own."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="second_handlings")
    cause = models.CharField("起因", max_length=10, choices=Again)
    words = models.ForeignKey(Text, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal"],
                condition=Q(cause="REOPENED"),
                name="appeals_reopened_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["county", "appeal"], name="appeals_again_appeal")]


class WithdrawalReason(models.TextChoices):
    """Why the enterprise withdraws."""

    SETTLED = "SETTLED", "问题已经解决了"
    NOT_WANTED = "NOT_WANTED", "不需要办了"
    ELSEWHERE = "ELSEWHERE", "已找到别的渠道"
    MISTAKE = "MISTAKE", "提错了，要重新提"


class Withdrawal(StepModel):
    """The enterprise takes its case back (撤回), and from which state."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="withdrawals")
    reason = models.CharField("原因", max_length=10, choices=WithdrawalReason)
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    # A unit that has it withdrawn before it answers is seen.
    state = models.CharField("撤回时的状态", max_length=16)
    sampled = models.BooleanField("抽中回访", default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "appeal"], name="appeals_withdrawal_appeal")
        ]


class Urge(StepModel):
    """The enterprise asks where it stands (催一催): pressure on the same case, not a new one."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="urges")
    words = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "appeal", "at"], name="appeals_urge_appeal")
        ]
