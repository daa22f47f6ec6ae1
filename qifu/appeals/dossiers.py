"""One case with everything that its page shows, in a few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from qifu.appeals.lifecycle import WORK_ENDED, WORK_GIVEN_UP, WORK_WITHDRAWN, State, Work
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
    Milestone,
    Promise,
    PromiseState,
    Rating,
    Return,
    Supplement,
    SupplementState,
)
from qifu.appeals.queries import with_letter
from qifu.appeals.rules import Role

OPEN_CALL = ("open_call",)
PART_WORDS = (
    "unit",
    "handler",
    "dispatch__by",
    "open_return__words",
    "open_return__proposed",
    "open_extension__words",
    "open_supplement__words",
    "owed_promise__what",
    "owed_promise__objection",
)
# What a unit or the enterprise is still asked to supply, or the office to agree to.
AWAITED = (SupplementState.ASKED, SupplementState.OPEN)
OWED = Q(promises__reported_at=None, promises__state__in=[PromiseState.OPEN, PromiseState.BROKEN])
ANSWER_WORDS = (
    "body",
    "measures",
    "evidence",
    "promise",
    "moved_to",
    "basis",
    "tried",
    "alternatives",
    "by",
    "assignment__unit",
)


@dataclass(frozen=True)
class Pending:
    """What a unit or the enterprise waits for the office to say, where there is such a thing."""

    returned: Return | None = None
    extension: Extension | None = None
    supplement: Supplement | None = None
    # The newest call, made or not.
    callback: Callback | None = None
    # What was put off, and the way to it.
    promise: Promise | None = None
    milestones: Sequence[Milestone] = field(default=())


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
        owed_promise=FilteredRelation("promises", condition=OWED),
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
        promise=_open(parts, "owed_promise"),
        milestones=milestones_of(appeal),
    )


def _open(parts: Sequence[Assignment], name: str) -> Any:
    for part in parts:
        row = getattr(part, name, None)  # not there where none is open
        if row is not None and part.state not in WORK_ENDED:
            row.assignment, row.appeal = part, part.appeal
            return row
    return None


def milestones_of(appeal: Appeal) -> list[Milestone]:
    """Return the steps on the way to what was promised, while it is under way."""
    if appeal.state != State.TRACKING:
        return []
    return list(appeal.milestones.select_related("what").order_by("planned_on", "pk"))


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
    answers = list(with_letter(appeal.answers.select_related(*ANSWER_WORDS)).order_by("pk"))
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
