"""One case with everything that its page shows, in a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Value

from qifu.appeals.lifecycle import WORK_GIVEN_UP, WORK_WITHDRAWN, State, Work
from qifu.appeals.models import (
    Answer,
    Appeal,
    Assignment,
    Callback,
    Clock,
    Dispatch,
    Extension,
    Rating,
    Return,
    Supplement,
    SupplementState,
)
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
    parts = list(
        appeal.assignments.select_related("unit", "handler", "dispatch__by").order_by("pk")
    )
    clocks = list(appeal.clocks.select_related("assignment", "unit").order_by("pk"))
    for part in parts:
        part.appeal = appeal
    answers, rating = _answers(appeal, parts), _rating(appeal)
    return Dossier(appeal, parts, clocks, answers, rating, _pending(appeal, parts))


def _pending(appeal: Appeal, parts: Sequence[Assignment]) -> Pending:
    """Read what is open, asking only for what the states allow to be."""
    states = {part.state for part in parts}
    calls, words = appeal.callbacks.order_by("-pk"), ("words", "assignment__unit")
    returns, extensions = appeal.returns.filter(upheld=None), appeal.extensions.none()
    if states & {Work.HANDLING, Work.SUPPLEMENT, Work.APPROVAL}:
        extensions = appeal.extensions.filter(ruled_at=None)
    supplements = appeal.supplements.filter(state=_awaited(appeal))
    asked = appeal.state in (State.SUPPLEMENT, State.HANDLING, State.LOCAL)
    return Pending(
        returned=returns.select_related(*words, "proposed").first()
        if Work.RETURNING in states
        else None,
        extension=extensions.select_related(*words).first(),
        supplement=supplements.select_related(*words).first() if asked else None,
        callback=calls.prefetch_related("attempts").first()
        if appeal.state in (State.CALLBACK, State.CLOSED)
        else None,
    )


def _awaited(appeal: Appeal) -> str:
    return SupplementState.OPEN if appeal.state == State.SUPPLEMENT else SupplementState.ASKED


def _answers(appeal: Appeal, parts: Sequence[Assignment]) -> list[Answer]:
    before = all(part.state in (Work.DISPATCHED, *WORK_WITHDRAWN) for part in parts)
    if before and appeal.published_at is None:
        return []  # nobody can have answered yet
    answers = list(appeal.answers.select_related(*ANSWER_WORDS).order_by("pk"))
    for answer in answers:
        answer.appeal = appeal
    return answers


def _rating(appeal: Appeal) -> Rating | None:
    if appeal.state != State.CLOSED:
        return None
    return appeal.ratings.select_related("words").first()


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


def rating_count(rating: Rating) -> int:
    """Return how many ratings the rated unit has, which is what covers each of them."""
    rows = Rating.objects.in_county(rating.county).filter(unit=rating.unit_id)
    return rows.count()
