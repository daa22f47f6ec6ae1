"""One case with everything that its page shows, in a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from qifu.appeals.lifecycle import WORK_GIVEN_UP, WORK_WITHDRAWN, State, Work
from qifu.appeals.models import (
    Answer,
    Appeal,
    AppealQuerySet,
    Assignment,
    CallAttempt,
    Callback,
    Clock,
    Dispatch,
    Extension,
    Rating,
    Return,
    Supplement,
    SupplementState,
)
from qifu.appeals.models.case import WORDS
from qifu.appeals.rules import Role
from qifu.organisations.models import User

# What a case's own page reads along with it.
CASE_WORDS = (
    "problem",
    "contact",
    "said_enterprise",
    "enterprise__township",
    "place",
    "category",
    "lead_unit",
    "lodged_at",
    "submitted_by",
)
# What a step reads of the case, and what its page shows beside the form.
STEP_WORDS = (
    "problem",
    "contact",
    "said_enterprise",
    "enterprise",
    "place",
    "category",
    "lead_unit",
)
OPEN_CALL = ("open_call",)
PART_WORDS = (
    "unit",
    "handler",
    "dispatch__by",
    "open_return__words",
    "open_return__proposed",
    "open_extension__words",
    "open_supplement__words",
)
# What a unit or the enterprise is still asked to supply, or the office to agree to.
AWAITED = (SupplementState.ASKED, SupplementState.OPEN)
ANSWER_WORDS = ("body", "measures", "evidence", "moved_to", "by", "assignment__unit")


@dataclass(frozen=True)
class Pending:
    """What a unit or the enterprise waits for the office to say, where there is such a thing."""

    returned: Return | None = None
    extension: Extension | None = None
    supplement: Supplement | None = None
    # The newest call, made or not.
    callback: Callback | None = None


@dataclass(frozen=True)
class Dossier:
    """A case (一件诉求的卷宗): its parts, clocks and answers, oldest first."""

    appeal: Appeal
    parts: Sequence[Assignment]
    clocks: Sequence[Clock]
    answers: Sequence[Answer] = field(default=())
    rating: Rating | None = None
    pending: Pending = field(default_factory=Pending)

    @property
    def lead(self) -> Assignment | None:
        """The part that the case stands with now."""
        mine = [
            part
            for part in self.parts
            if part.role == Role.LEAD and part.state not in WORK_GIVEN_UP
        ]
        return mine[-1] if mine else None

    @property
    def standing(self) -> list[Assignment]:
        """The parts that count: not those taken back unsigned."""
        return [part for part in self.parts if part.state not in WORK_WITHDRAWN]

    @property
    def dispatch(self) -> Dispatch | None:
        """The newest handing out that still stands."""
        return next((part.dispatch for part in reversed(self.standing) if part.dispatch), None)

    def answers_of(self, part: Assignment) -> list[Answer]:
        """Return what the unit has answered, oldest first."""
        return [answer for answer in self.answers if answer.assignment_id == part.pk]

    def newest_answer(self, *states: str) -> Answer | None:
        """Return the newest answer of the LEAD or the office in one of these states."""
        for answer in reversed(self.answers):
            of_lead = answer.assignment is None or answer.assignment.role == Role.LEAD
            if of_lead and (not states or answer.state in states):
                return answer
        return None


def numbers_of(county: str, keys: Iterable[int]) -> QuerySet[Appeal, tuple[str, int, str, str]]:
    """Return the cases' numbers and nothing else of them, for those who watch the journal."""
    rows = Appeal.objects.in_county(county).filter(pk__in=keys)
    return rows.values_list(Value(Appeal._meta.label_lower), "pk", "number", "number")


def dossier(appeal: Appeal) -> Dossier:
    """Read a case's parts, clocks and answers; whoever asks has found the case already."""
    parts = list(_with_open_questions(appeal).order_by("pk"))
    clocks = list(appeal.clocks.select_related("assignment", "unit").order_by("pk"))
    for part in parts:
        part.appeal = appeal
    answers, rating = _answers(appeal, parts), _rating(appeal)
    return Dossier(appeal, parts, clocks, answers, rating, _pending(appeal, parts))


def _with_open_questions(appeal: Appeal) -> QuerySet[Assignment]:
    """Read the parts, each along with what its unit waits for the office to say.

    Of each kind a part has one open at most, as the constraints of the rows hold.
    """
    asked = FilteredRelation("supplements", condition=Q(supplements__state__in=AWAITED))
    return appeal.assignments.annotate(
        open_return=FilteredRelation("returns", condition=Q(returns__upheld=None)),
        open_extension=FilteredRelation("extensions", condition=Q(extensions__ruled_at=None)),
        open_supplement=asked,
    ).select_related(*PART_WORDS)


def _pending(appeal: Appeal, parts: Sequence[Assignment]) -> Pending:
    """Return what is open; what was asked before acceptance is read anew."""
    supplement = _open(parts, "open_supplement")
    if appeal.state == State.SUPPLEMENT and supplement is None:
        rows = appeal.supplements.filter(assignment=None, state=SupplementState.OPEN)
        supplement = rows.select_related("words").first()
    return Pending(
        returned=_open(parts, "open_return"),
        extension=_open(parts, "open_extension"),
        supplement=supplement,
        callback=_call(appeal),
    )


def _open(parts: Sequence[Assignment], name: str) -> Any:
    for part in parts:
        row = getattr(part, name, None)  # not there where none is open
        if row is not None:
            row.assignment, row.appeal = part, part.appeal
            return row
    return None


def with_open_call(cases: AppealQuerySet) -> AppealQuerySet:
    """Read along the call that is still to be made (`open_call`), and when nobody answered."""
    tried = CallAttempt.objects.filter(county=OuterRef("county"), callback=OuterRef("open_call"))
    relation = FilteredRelation("callbacks", condition=Q(callbacks__outcome=""))
    return cases.annotate(
        open_call=relation, tried=ArraySubquery(tried.order_by("pk").values("at"))
    ).select_related(*OPEN_CALL)


def _call(appeal: Appeal) -> Callback | None:
    """Return the call to be made, or the last one that was."""
    if appeal.state == State.CALLBACK:
        return getattr(appeal, "open_call", None)
    if appeal.state == State.CLOSED:
        return appeal.callbacks.order_by("-pk").first()
    return None


def _answers(appeal: Appeal, parts: Sequence[Assignment]) -> list[Answer]:
    before = all(part.state in (Work.DISPATCHED, *WORK_WITHDRAWN) for part in parts)
    if before and appeal.published_at is None:
        return []  # nobody can have answered yet
    answers = list(appeal.answers.select_related(*ANSWER_WORDS).order_by("pk"))
    for answer in answers:
        answer.appeal = appeal
    return answers


def _rating(appeal: Appeal) -> Rating | None:
    """Return the newest rating with how many its unit has (`count`), which covers each of them."""
    if appeal.state not in (State.CALLBACK, State.CLOSED) and appeal.cycle == 1:
        return None
    others = Rating.objects.filter(county=OuterRef("county"), unit=OuterRef("unit"))
    count = others.order_by().values("unit").annotate(n=Count("pk")).values("n")
    rows = appeal.ratings.annotate(count=Coalesce(Subquery(count), 0))
    return rows.select_related("words").order_by("pk").last()


def visible_parts(user: User, number: str, on: date) -> list[Assignment]:
    """Return a case's standing parts with what a step reads of the case, in one query.

    Empty where the person does not see the case, and where no unit has it.
    """
    seen = Appeal.objects.visible_to(user, on).filter(number=number)
    parts = Assignment.objects.in_county(user.county).filter(appeal__in=seen)
    words = (f"appeal__{name}" for name in STEP_WORDS)
    rows = parts.exclude(state__in=WORK_WITHDRAWN).select_related("unit", *words)
    return list(rows.order_by("pk"))


def newest_dispatch(user: User, number: str, on: date) -> Dispatch | None:
    """Return the newest handing out of a case that the person sees, with the case."""
    seen = Appeal.objects.visible_to(user, on).filter(number=number)
    orders = Dispatch.objects.in_county(user.county).filter(appeal__in=seen)
    words = (f"appeal__{name}" for name in STEP_WORDS)
    return orders.select_related(*words).order_by("pk").last()


def meant_answer(user: User, number: str, reference: UUID, on: date) -> Answer | None:
    """Return the answer that a page showed, with its case; forms name it by its words' key."""
    seen = Appeal.objects.visible_to(user, on).filter(number=number)
    answers = Answer.objects.in_county(user.county).filter(appeal__in=seen, body=reference)
    words = (f"appeal__{name}" for name in STEP_WORDS)
    answer = answers.select_related("body", "assignment__unit", *words).first()
    if answer is not None and answer.assignment is not None:
        answer.assignment.appeal = answer.appeal
    return answer


def answer_out(user: User, number: str, on: date) -> Answer | None:
    """Return the answer that went out to the enterprise, with its case, in one query."""
    seen = Appeal.objects.visible_to(user, on).filter(number=number)
    answers = Answer.objects.in_county(user.county).filter(appeal__in=seen)
    return published(answers.select_related(*(f"appeal__{name}" for name in WORDS)))


def published(answers: QuerySet[Answer]) -> Answer | None:
    """Return the newest of the answers that went out."""
    rows = answers.filter(state=Answer.State.PUBLISHED)
    return rows.select_related("body", "evidence", "moved_to").order_by("pk").last()
