"""The tables of the room; one file for each family."""

from qifu.appeals.models.afterwards import (
    Again,
    CallAttempt,
    Callback,
    CallbackOutcome,
    CallbackReason,
    SecondHandling,
    Urge,
    Withdrawal,
    WithdrawalReason,
)
from qifu.appeals.models.case import Appeal, AppealQuerySet, Assignment, AssignmentQuerySet, Viewer
from qifu.appeals.models.catalogue import Catalogue, CatalogueRule, Category, LimitRules
from qifu.appeals.models.clocks import Clock
from qifu.appeals.models.confidences import Confidentiality
from qifu.appeals.models.from_above import PostBack, UpperOrder, UpperOrderQuerySet
from qifu.appeals.models.joined import Merger
from qifu.appeals.models.links import OF_ENTERPRISE, LinkStep, StepLink
from qifu.appeals.models.numbers import NumberSeries
from qifu.appeals.models.ratings import Grade, Rating, Solved, UnitRating
from qifu.appeals.models.refusals import Refusal, RefusalQuerySet
from qifu.appeals.models.reminders import Digest, Reminder
from qifu.appeals.models.splits import Split
from qifu.appeals.models.steps import (
    Acceptance,
    Answer,
    Approval,
    Closure,
    Decline,
    Dispatch,
    HandUp,
    Objection,
    Recall,
    Review,
    Signature,
    TakeBack,
    TakeOver,
)
from qifu.appeals.models.tracking import (
    COUNTED,
    Milestone,
    Promise,
    PromiseQuerySet,
    PromiseState,
)
from qifu.appeals.models.turned_away import TurnAway, TurnAwayQuerySet
from qifu.appeals.models.unit_bends import (
    Contact,
    Extension,
    Means,
    ProcessNote,
    Return,
    ReturnReason,
    SubAssignment,
    Supplement,
    SupplementState,
)
from qifu.appeals.models.upward import (
    DUE_KEY,
    SENT_THROUGH,
    Escalation,
    EscalationRequest,
    Level,
    StuckBy,
    UpperResult,
)

__all__ = [
    "COUNTED",
    "DUE_KEY",
    "OF_ENTERPRISE",
    "SENT_THROUGH",
    "Acceptance",
    "Again",
    "Answer",
    "Appeal",
    "AppealQuerySet",
    "Approval",
    "Assignment",
    "AssignmentQuerySet",
    "CallAttempt",
    "Callback",
    "CallbackOutcome",
    "CallbackReason",
    "Catalogue",
    "CatalogueRule",
    "Category",
    "Clock",
    "Closure",
    "Confidentiality",
    "Contact",
    "Decline",
    "Digest",
    "Dispatch",
    "Escalation",
    "EscalationRequest",
    "Extension",
    "Grade",
    "HandUp",
    "Level",
    "LimitRules",
    "LinkStep",
    "Means",
    "Merger",
    "Milestone",
    "NumberSeries",
    "Objection",
    "PostBack",
    "ProcessNote",
    "Promise",
    "PromiseQuerySet",
    "PromiseState",
    "Rating",
    "Recall",
    "Refusal",
    "RefusalQuerySet",
    "Reminder",
    "Return",
    "ReturnReason",
    "Review",
    "SecondHandling",
    "Signature",
    "Solved",
    "Split",
    "StepLink",
    "StuckBy",
    "SubAssignment",
    "Supplement",
    "SupplementState",
    "TakeBack",
    "TakeOver",
    "TurnAway",
    "TurnAwayQuerySet",
    "UnitRating",
    "UpperOrder",
    "UpperOrderQuerySet",
    "UpperResult",
    "Urge",
    "Viewer",
    "Withdrawal",
    "WithdrawalReason",
]
