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
from qifu.appeals.models.numbers import NumberSeries
from qifu.appeals.models.ratings import Grade, Rating, Solved, UnitRating
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

__all__ = [
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
    "Decline",
    "Dispatch",
    "Grade",
    "HandUp",
    "LimitRules",
    "NumberSeries",
    "Objection",
    "Rating",
    "Recall",
    "Review",
    "SecondHandling",
    "Signature",
    "Solved",
    "TakeBack",
    "TakeOver",
    "UnitRating",
    "Urge",
    "Viewer",
    "Withdrawal",
    "WithdrawalReason",
]
