"""A crowd of cases in any state, of any unit, person and enterprise, laid by a seeded hand.

A few cases are told through the actions; each is then copied many times, straight into the
tables, with other units, persons, enterprises and moments. So every row hangs together.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model

from qifu.appeals.actions import accepting, confiding, dispatching, working
from qifu.appeals.models import (
    Answer,
    Appeal,
    Assignment,
    Clock,
    Decline,
    Dispatch,
    Rating,
    Viewer,
)
from qifu.appeals.rules import DeclineReason
from qifu.enterprises.models import Binding, BindingState, Enterprise, Tie, TieKind, Via
from qifu.journal.models import Text
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import Unit, UnitKind, User
from tests.cast import BEGINNING, Cast
from tests.copies import like
from tests.story import Story, lay_rules

M = TypeVar("M", bound=Model)
WORD = "茶农"


@dataclass
class Crowd:
    """One county full of cases; numbers begin at `first`, so that two need not collide."""

    cast: Cast
    size: int
    first: int
    seed: int = 251
    at: datetime = field(default_factory=now)

    def __post_init__(self) -> None:
        self.rng = random.Random(f"{self.seed} {self.cast.county}")
        self.county = self.cast.county
        lay_rules(self.county)
        self.units = self._units()
        self.firms = self._firms()
        told = [tell(Story(self.cast, at=self.at)) for tell in TOLD]
        each = -(-self.size // len(told))
        for place, story in enumerate(told):
            self._copy(story.fresh(), each, self.first + place * each)
        self._facts()

    def _units(self) -> list[int]:
        """Return the units that cases are with; one was taken over by the labour office."""
        here = [self.cast.finance, self.cast.labour, self.cast.township, self.cast.park]
        more = [self._unit(f"unit-{n}") for n in range(8)]
        Unit.objects.bulk_create(more)
        Unit._base_manager.filter(pk=self.cast.labour.pk).update(absorbed=[more[0].pk])
        return [unit.pk for unit in (*here, *more)]

    def _unit(self, code: str) -> Unit:
        return Unit(
            county=self.county, code=code, name=code, short_name=code,
            kind=UnitKind.DEPARTMENT, valid_from=BEGINNING,
        )  # fmt: skip

    def _firms(self) -> list[int]:
        places = (self.cast.township, self.cast.park)
        firms = [
            Enterprise(
                county=self.county, name=f"企业{n}", short_name=f"企业{n}", initials="qy",
                township=places[n % 2], registered_at=self.at,
            )
            for n in range(40)
        ]  # fmt: skip
        return [firm.pk for firm in Enterprise.objects.bulk_create(firms)]

    def _copy(self, told: Appeal, count: int, first: int) -> None:
        """Copy a case with everything that its page reads."""
        parts = list(told.assignments.order_by("pk"))
        made = Appeal.objects.bulk_create(
            self._case(told, f"2026-{first + n:04d}") for n in range(count)
        )
        swaps = [self._swap([part.unit_id for part in parts]) for _ in made]
        for case, swap in zip(made, swaps, strict=True):
            case.lead_unit_id = swap.get(case.lead_unit_id or 0, case.lead_unit_id)
            case.lodged_at_id = swap.get(case.lodged_at_id or 0, case.lodged_at_id)
        Appeal.objects.in_county(self.county).bulk_update(made, ["lead_unit", "lodged_at"])
        orders = self._rows(Dispatch, told, made, {}, swaps)
        works = self._rows(Assignment, told, made, {"dispatch_id": orders}, swaps)
        self._rows(Clock, told, made, {"assignment_id": works}, swaps)
        answers = self._rows(Answer, told, made, {"assignment_id": works}, swaps)
        self._rows(Decline, told, made, {}, swaps)
        self._rows(Rating, told, made, {"answer_id": answers}, swaps)

    def _case(self, told: Appeal, number: str) -> Appeal:
        persons = (self.cast.boss, self.cast.clerk, self.cast.outsider)
        by = told.submitted_by if told.proxy else self.rng.choice(persons)
        firm = self.rng.choice([*self.firms, *[None] * 20])
        # Many at the same moment: a list must not lose or repeat one where it is turned.
        moment = self.at - timedelta(days=self.rng.randrange(30))
        return like(
            told, number=number, submitted_by_id=by.pk, enterprise_id=firm, submitted_at=moment
        )

    def _swap(self, units: Sequence[int]) -> dict[int, int]:
        return dict(zip(units, self.rng.sample(self.units, len(units)), strict=True))

    def _rows(
        self,
        model: type[M],
        told: Appeal,
        made: Sequence[Appeal],
        follow: dict[str, list[dict[int, int]]],
        swaps: Sequence[dict[int, int]],
    ) -> list[dict[int, int]]:
        """Copy one kind of row for every copy of the case; return old and new keys of each."""
        rows: list[Any] = list(model._base_manager.filter(county=self.county, appeal=told))
        copies = []
        for place, case in enumerate(made):
            for row in rows:
                changed = {"appeal_id": case.pk}
                for name, keys in follow.items():
                    changed[name] = keys[place].get(getattr(row, name), getattr(row, name))
                if hasattr(row, "unit_id"):
                    changed["unit_id"] = swaps[place].get(row.unit_id, row.unit_id)
                copies.append(like(row, **changed))
        stored: list[Any] = list(model._base_manager.bulk_create(copies))
        width = len(rows)
        return [
            {row.pk: stored[place * width + n].pk for n, row in enumerate(rows)}
            for place in range(len(made))
        ]

    def _facts(self) -> None:
        """Lay the facts of sight: ties, bindings, viewers, some of them over."""
        cast, today = self.cast, local_date(self.at)
        ended = {"valid_from": BEGINNING, "valid_to": today}
        running = {"valid_from": BEGINNING, "valid_to": today + timedelta(days=1)}
        firms = self.rng.sample(self.firms, 24)
        whom: list[tuple[User | None, Unit | None]] = [(cast.he, None), (None, cast.labour)]
        ties = [
            Tie(
                county=self.county, enterprise_id=firms[2 * n + m], user=user, unit=unit,
                kind=TieKind.PAIRING, **(ended if n % 3 == 0 else running),
            )
            for n in range(6)
            for m, (user, unit) in enumerate(whom)
        ]  # fmt: skip
        Tie.objects.bulk_create(ties)
        states = (BindingState.ACTIVE, BindingState.ASKED, BindingState.ENDED)
        bindings = [
            Binding(
                county=self.county, enterprise_id=firms[12 + n], person=person, via=Via.OFFICE,
                state=states[n % 3], made_at=self.at, **(ended if n == 3 else running),
            )
            for n in range(9)
            for person in ((cast.boss, cast.clerk)[n % 2],)
        ]  # fmt: skip
        Binding.objects.bulk_create(bindings)
        self._viewers((cast.zhu, cast.he, cast.fan))

    def _viewers(self, users: Sequence[User]) -> None:
        today = local_date(self.at)
        why = Text(county=self.county, kind="viewer", body="参与会商", made_at=self.at)
        why.save()
        cases = list(Appeal.objects.in_county(self.county).order_by("pk"))
        Viewer.objects.bulk_create(
            Viewer(
                county=self.county, appeal=case, user=user, why=why, valid_from=BEGINNING,
                valid_to=self.rng.choice([None, today, today - timedelta(days=1)]),
            )
            for user in users
            for case in self.rng.sample(cases, 12)
        )  # fmt: skip


def _declined(story: Story) -> Story:
    accepting.decline(
        story.submitted().appeal, DeclineReason.OUTSIDE, by=story.cast.zhou, at=story.at
    )
    return story


def _handed_up(story: Story) -> Story:
    part = story.lodged_locally().part(story.cast.township)
    working.hand_up(part, "FUND", "试过", by=story.cast.qian, at=story.at)
    return story


def _taken_over(story: Story) -> Story:
    part = story.lodged_locally().part(story.cast.township)
    working.take_over(part, "急", by=story.cast.zhou, at=story.at)
    return story


def _taken_back(story: Story) -> Story:
    story.submitted().accepted().dispatched(story.cast.labour)
    dispatching.take_back(story.dispatch, by=story.cast.zhou, at=story.at)
    return story


def _handed_out(story: Story) -> Story:
    return story.submitted().accepted().dispatched(story.cast.labour)


def _confided(story: Story) -> Story:
    return story.submitted(confidential=True)


def _confided_to_unit(story: Story) -> Story:
    _handed_out(story).signed()
    confiding.keep_confidential(story.fresh(), "来电", by=story.cast.zhou, at=story.at)
    return story


TOLD: tuple[Callable[[Story], Story], ...] = (
    lambda story: story.submitted(),
    lambda story: story.submitted().accepted(),
    _declined,
    _taken_back,
    _handed_out,
    lambda story: _handed_out(story).signed(),
    lambda story: _handed_out(story).signed().replied(),
    lambda story: _handed_out(story).signed().replied().approved(),
    lambda story: story.walked(story.cast.labour),
    lambda story: story.walked(story.cast.labour).rated(),
    lambda story: story.lodged_locally(),
    _handed_up,
    _taken_over,
    _confided,
    _confided_to_unit,
)
