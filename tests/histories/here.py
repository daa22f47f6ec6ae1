"""One case as somebody finds it at one moment, and whoever may do something about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from qifu.appeals.lifecycle import WORK_GIVEN_UP
from qifu.appeals.models import Answer, Appeal, Assignment, Category, Extension, Supplement
from qifu.appeals.rules import Role
from qifu.organisations.models import Unit, User
from tests.cast import Cast

T = TypeVar("T")
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

    @classmethod
    def look(cls, cast: Cast, pk: int, at: datetime, pick: Pick[Any]) -> Here:
        """Read the case as a page would."""
        rows = Appeal.objects.in_county(cast.county).select_related("category", "contact")
        return cls(cast, rows.get(pk=pk), at, pick)

    @cached_property
    def parts(self) -> list[Assignment]:
        """Every unit's part, the oldest first."""
        rows = self.appeal.assignments.select_related("unit", "appeal__contact")
        return list(rows.order_by("pk"))

    @property
    def lead(self) -> Assignment | None:
        """The part that holds the case."""
        held = [part for part in self.parts if part.role == Role.LEAD]
        return next((part for part in held if part.state not in WORK_GIVEN_UP), None)

    @cached_property
    def answers(self) -> list[Answer]:
        """Every answer, the newest first."""
        rows = self.appeal.answers.select_related(
            "appeal__contact", "assignment__appeal__contact", "assignment__unit"
        )
        return list(rows.order_by("-pk"))

    @cached_property
    def supplements(self) -> list[Supplement]:
        """What the enterprise was asked for."""
        rows = self.appeal.supplements.select_related(
            "appeal__contact", "assignment__unit", "assignment__appeal__contact"
        )
        return list(rows.order_by("-pk"))

    @cached_property
    def extensions(self) -> list[Extension]:
        """What the units asked more time for."""
        rows = self.appeal.extensions.select_related(
            "appeal__contact", "assignment__unit", "assignment__appeal"
        )
        return list(rows.order_by("-pk"))

    @property
    def speaker(self) -> User | None:
        """Who speaks for the enterprise; nobody has an account where staff wrote it down."""
        return None if self.appeal.proxy else self.cast.boss

    @property
    def category(self) -> Category:
        return Category.objects.in_county(self.cast.county).get(code="finance.loan")

    def answer_of(self, part: Assignment) -> Answer | None:
        """Return the newest answer of a part."""
        return next((row for row in self.answers if row.assignment_id == part.pk), None)

    def units(self, *left_out: int) -> list[Unit]:
        """Return the units that could take a part."""
        every = [getattr(self.cast, name) for name in UNITS]
        return [unit for unit in every if unit.pk not in left_out]

    def liaison(self, part: Assignment) -> User:
        """Return who works for the unit of a part."""
        found: User = getattr(self.cast, DESKS[part.unit.code][0])
        return found

    def leader(self, part: Assignment) -> User:
        """Return who signs for the unit of a part."""
        found: User = getattr(self.cast, DESKS[part.unit.code][1])
        return found
