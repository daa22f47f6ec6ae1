"""One case with everything that its page shows, in a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet, Value

from qifu.appeals.lifecycle import WORK_GIVEN_UP, WORK_WITHDRAWN, State, Work
from qifu.appeals.models import Answer, Appeal, Assignment, Clock, Dispatch, Rating
from qifu.appeals.rules import Role

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
ANSWER_WORDS = ("body", "measures", "evidence", "moved_to", "by", "assignment__unit")


@dataclass(frozen=True)
class Dossier:
    """A case (一件诉求的卷宗): its parts, clocks and answers, oldest first."""

    appeal: Appeal
    parts: Sequence[Assignment]
    clocks: Sequence[Clock]
    answers: Sequence[Answer] = field(default=())
    rating: Rating | None = None

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
    return Dossier(appeal, parts, clocks, _answers(appeal, parts), _rating(appeal))


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


def rating_count(rating: Rating) -> int:
    """Return how many ratings the rated unit has, which is what covers each of them."""
    rows = Rating.objects.in_county(rating.county).filter(unit=rating.unit_id)
    return rows.count()
