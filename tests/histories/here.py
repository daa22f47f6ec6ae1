"""One case as somebody finds it at one moment, and whoever may do something about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from qifu.appeals.lifecycle import WORK_GIVEN_UP
from qifu.appeals.models import (
    Answer,
    Appeal,
    Assignment,
    Category,
    EscalationRequest,
    Extension,
    Supplement,
)
from qifu.appeals.rules import Outcome, Role
from qifu.kernel.clock import local_date
from qifu.kernel.errors import StaleState
from qifu.organisations.models import Unit, User
from tests.cast import Cast

T = TypeVar("T")
R = TypeVar("R", bound=Model)
# How chance speaks: Hypothesis draws, or a seeded generator chooses.
Pick = Callable[[Sequence[T]], T]
UNITS = ("finance", "labour", "township", "park")
# unit: liaison, leader
DESKS = {
    "jinrongban": ("zhu", "chen"),
    "renshe": ("li", "zhao"),
    "341524202": ("qian", "sun"),
    "341524400": ("fan", "tang"),
}


@dataclass
class Here:
    """A case, its parts and the moment; rows are read when they are asked for."""

    cast: Cast
    appeal: Appeal
    at: datetime
    pick: Pick[Any]
    # Of which models the case has any row at all, so that nothing is asked in vain.
    has: Collection[str]

    @classmethod
    def look(cls, cast: Cast, pk: int, at: datetime, pick: Pick[Any], has: Collection[str]) -> Here:
        """Read the case as a page would."""
        return cls(cast, Appeal.objects.in_county(cast.county).get(pk=pk), at, pick, has)

    @cached_property
    def parts(self) -> list[Assignment]:
        """Every unit's part, the oldest first."""
        return self._of(self.appeal.assignments.order_by("pk"))

    @property
    def lead(self) -> Assignment | None:
        """The part that holds the case."""
        held = [part for part in self.parts if part.role == Role.LEAD]
        return next((part for part in held if part.state not in WORK_GIVEN_UP), None)

    @cached_property
    def answers(self) -> list[Answer]:
        """Every answer, the newest first."""
        return self._of(self.appeal.answers.order_by("-pk"))

    @cached_property
    def supplements(self) -> list[Supplement]:
        """What the enterprise was asked for."""
        return self._of(self.appeal.supplements.order_by("-pk"))

    @cached_property
    def extensions(self) -> list[Extension]:
        """What the units asked more time for."""
        return self._of(self.appeal.extensions.order_by("-pk"))

    @cached_property
    def requests(self) -> list[EscalationRequest]:
        """What the units asked to be taken further up and nobody ruled on."""
        return self._of(self.appeal.escalation_requests.filter(ruled_at=None))

    @property
    def speaker(self) -> User | None:
        """Who speaks for the enterprise; nobody has an account where staff wrote it down."""
        return None if self.appeal.proxy else self.cast.boss

    @property
    def clerk(self) -> User:
        """Who accepts and hands out; what is confided to few, the director (decision 0014)."""
        return self.cast.wang if self.appeal.confidential else self.cast.zhou

    @property
    def reviewer(self) -> User:
        """Who passes answers on."""
        return self.cast.wang if self.appeal.confidential else self.cast.wu

    @property
    def caller(self) -> User:
        """Who calls the enterprise back."""
        return self.cast.wang if self.appeal.confidential else self.cast.xu

    @property
    def category(self) -> Category:
        return Category.objects.in_county(self.cast.county).get(code="finance.loan")

    def is_overtaken(self, answer: Answer | None) -> bool:
        """Tell whether the day that an answer promises came before it went out."""
        day = answer.promised_on if answer and answer.outcome == Outcome.PLANNED else None
        return day is not None and day <= local_date(self.at)

    def answer_of(self, part: Assignment) -> Answer | None:
        """Return the newest answer of a part."""
        return next((row for row in self.answers if row.assignment_id == part.pk), None)

    def units(self, *left_out: int) -> list[Unit]:
        """Return the units that could take a part."""
        every = [getattr(self.cast, name) for name in UNITS]
        return [unit for unit in every if unit.pk not in left_out]

    def _of(self, rows: QuerySet[R]) -> list[R]:
        """Return rows of the case, each with the case and the part that a page would have."""
        if rows.model._meta.label_lower not in self.has:
            return []
        found = list(rows)
        units = {unit.pk: unit for unit in self.units()}
        parts = {} if rows.model is Assignment else {part.pk: part for part in self.parts}
        for row in found:
            known: Any = row
            known.appeal = self.appeal
            if isinstance(row, Assignment):
                row.unit = units[row.unit_id]
            elif known.assignment_id is not None:
                known.assignment = parts[known.assignment_id]
        return found

    def is_worked(self, part: Assignment) -> bool:
        """Tell whether somebody works on a part whose answer its leader can sign.

        A confidential one only its handler sees, and a leader does not sign his own draft.
        """
        nobody = (None, self.leader(part).pk)
        return not self.appeal.confidential or part.handler_id not in nobody

    def is_signable(self, part: Assignment) -> bool:
        """Tell whether the answer of a part can go out as it is."""
        answer = self.answer_of(part)
        own = answer is not None and answer.by_id == self.leader(part).pk
        return not (own or self.is_overtaken(answer))

    def liaison(self, part: Assignment) -> User:
        """Return who works for the unit of a part."""
        if self.appeal.confidential:
            if part.handler is None:
                raise StaleState
            return part.handler
        return self.liaison_of(part)

    def liaison_of(self, part: Assignment) -> User:
        """Return whose post it is to work for the unit of a part."""
        found: User = getattr(self.cast, DESKS[part.unit.code][0])
        return found

    def leader(self, part: Assignment) -> User:
        """Return who signs for the unit of a part."""
        found: User = getattr(self.cast, DESKS[part.unit.code][1])
        return found
