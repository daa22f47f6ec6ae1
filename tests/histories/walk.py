"""A county in which chance decides what happens next, with the laws at its heels."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from qifu.appeals.actions import lodging
from qifu.appeals.actions.loading import load_appeals
from qifu.appeals.lifecycle import ENDED, WORK_GIVEN_UP, State, Work
from qifu.appeals.models import Appeal
from qifu.appeals.queue_names import OFFICE_QUEUES, UNIT_QUEUES
from qifu.appeals.queues import horizon, office_cases, unit_cases
from qifu.appeals.rules import Channel
from qifu.journal import reference
from qifu.kernel.errors import DomainError
from qifu.organisations.models import Post, Unit, User
from qifu.workdays.actions import seed
from tests.cast import Cast
from tests.histories import (
    confidence,
    enterprise,
    joining,
    office,
    putting_off,
    rounds,
    through_links,
    unit,
    upward,
)
from tests.histories.here import DESKS, UNITS, Here, Pick
from tests.histories.laws import CASE, PART, Broken, Ledger, Row
from tests.histories.registry import Move, out_of_turn, possible
from tests.histories.registry import rounds as county_rounds
from tests.story import PROBLEM, RULES

REGISTERED = (
    office,
    unit,
    enterprise,
    upward,
    putting_off,
    joining,
    confidence,
    through_links,
    rounds,
)
# A merged case waits for its parent: it ends as that one does, or by itself.
OVER = ENDED - {State.MERGED}
SHORT = [timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10)]
LONG = [timedelta(hours=2), timedelta(hours=9), timedelta(days=1), timedelta(days=3)]
# Steps of the tables mostly; now and then what happens beside, or what should not.
KINDS = [*["step"] * 9, *["beside"] * 3, "county", "stale", "out of turn"]
PUBLISHING = {"publish", "approve", "answer_on_the_spot"}
# Moves that at most lead from anywhere to an end.
WAY_OUT = 30


@dataclass
class World:
    """Some cases at once, one time for all of them, and what became of each move."""

    cast: Cast
    at: datetime
    pick: Pick[Any]
    spans: Sequence[timedelta] = (*SHORT, *LONG)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    _kept: dict[int, Here] = field(default_factory=dict)
    ledger: Ledger = field(init=False)
    _stamp: str = ""
    _published: int = 0
    _refusal: str = ""

    @property
    def hasty(self) -> int:
        """The case whose answer went out a moment ago and may still be recalled; or 0."""
        return self._published

    def __post_init__(self) -> None:
        county = self.cast.county
        # Numbers leave some out at random, and by its number a case is drawn for a call.
        with connection.cursor() as cursor:
            cursor.execute("SELECT setseed(0.5)")
        table = deepcopy(RULES)
        for row in table["limits"]["rows"]:  # type: ignore[index]
            if row["step"] in ("SILENT_SAMPLE", "LOCAL_SAMPLE"):
                row["percent"] = 40
        seed(county, by=None, at=self.at)
        load_appeals(table, county, at=self.at)
        held: dict[int, set[int]] = {}
        for post in Post.objects.in_county(county):
            held.setdefault(post.user_id, set()).add(post.unit_id)
        self.ledger = Ledger(county, {user: frozenset(units) for user, units in held.items()})
        self.ledger.read_on()

    def begin(self) -> int:
        """Let a case come in: from the enterprise, at the office, or at a township."""
        cast = self.cast
        said = lodging.Said(PROBLEM, "吴经理", cast.boss.phone, enterprise_name="立夏茶业")
        way = self.pick(["said", "said", "written down", "locally"])
        with self._known():
            if way == "said":
                appeal = lodging.submit(said, by=cast.boss, at=self.at)
            else:
                appeal = self._registered(said, local=way == "locally")
            self.ledger.read_on()
        self.done[way] += 1
        return appeal.pk

    def step(self, case: int) -> None:
        """Let time pass and something happen: to the case, or to the county."""
        self.at += self.pick(self.spans if self._published != case else SHORT[:1])
        self._published = 0
        here = self.look(case)
        kind = self.pick(KINDS)
        moves = self.moves(here)
        if kind == "county":
            moves = [Move(verb, here) for verb in county_rounds()]
        elif kind == "out of turn":
            moves = list(out_of_turn(here))
        elif kind == "stale" and case in self._kept:
            moves = list(possible(self._old(case)))
        else:
            moves = [move for move in moves if bool(move.verb.steps) == (kind == "step")]
            # What leads on is likelier than what ends it early or sends it back.
            moves += [move for move in moves if move.verb.onward] * 2
            # … and what has not happened here yet likelier than what has.
            moves += [move for move in moves if move.verb.name not in self.done] * 3
        if moves:
            move = self.pick(moves)
            # Whoever sends an answer out sometimes sees at once what is wrong with it.
            if self.take(move) and move.verb.name in PUBLISHING and self.pick([True, False]):
                self._published = case
        self._keep(here)

    def moves(self, here: Here) -> list[Move]:
        """Return whose turn it is; whatever is open must be able to go on."""
        moves = list(possible(here))
        onward = [move for move in moves if move.verb.onward]
        whole = any(move.part is None for move in onward)
        if here.appeal.state not in OVER and not onward:
            raise Broken(f"no dead end: {here.appeal.number} is stuck in {here.appeal.state}")
        going = {move.part.pk for move in onward if move.part is not None}
        for part in here.parts:
            over = part.state in {*WORK_GIVEN_UP, Work.DONE, Work.ANSWERED}
            if not (over or part.pk in going or whole):
                raise Broken(f"no dead end: {part.unit} of {here.appeal.number} in {part.state}")
        return moves

    def finish(self, case: int) -> None:
        """Bring a case to its end by what is onward alone; each such step must succeed."""
        for _ in range(WAY_OUT):
            self.at += self.pick(self.spans)
            here = self.look(case)
            if here.appeal.state in OVER:
                return
            lead = here.lead
            ours = [move for move in self.moves(here) if move.verb.onward]
            move = self.pick([move for move in ours if move.part in (None, lead)])
            if not self.take(move):
                raise Broken(f"a way out: {move} was refused: {self._refusal}")
        raise Broken(f"a way out: {self.look(case).appeal.number} goes in circles")

    def take(self, move: Move) -> bool:
        """Take one step through its action; a refusal is an answer, a crash is not."""
        taken = True
        self.at = move.here.at = move.not_before
        try:
            with self._known():
                move.take()
        except DomainError as refusal:
            taken, self._refusal = False, str(refusal)
        if not move.verb.states and not move.verb.works:
            self._stamp = ""
        (self.done if taken else self.refused)[move.verb.name] += 1
        with self._known():
            self.ledger.read_on()
        return taken

    def look(self, case: int) -> Here:
        """Look at a case as it stands now."""
        has = self.ledger.has.get(case, set())
        return Here.look(self.cast, case, self.at, self.pick, has)

    @contextmanager
    def _known(self) -> Iterator[None]:
        self._stamp = self._stamp or reference.stamp(self.cast.county)
        with reference.known(self.cast.county, self._stamp):
            yield

    def _registered(self, said: lodging.Said, *, local: bool) -> Appeal:
        cast = self.cast
        said = lodging.Said(
            PROBLEM, "吴经理", cast.boss.phone, enterprise_name="立夏", channel=Channel.VISIT
        )
        place, by = (cast.township, cast.qian) if local else (cast.office, cast.zhou)
        return lodging.register(said, unit=place, by=by, at=self.at)

    def _keep(self, here: Here) -> None:
        if here.appeal.pk not in self._kept:
            self._kept[here.appeal.pk] = here
            _ = (here.parts, here.answers, here.supplements, here.extensions)

    def _old(self, case: int) -> Here:
        here = self._kept.pop(case)
        here.at = self.at
        return here


def queues_hold(world: World) -> None:
    """Every open case is in one page of the office, every part in one of its unit's.

    Raises:
        Broken: nobody would find it, or two pages would count it.
    """
    cast, county = world.cast, world.cast.county
    within = horizon(county, world.at)
    shown = Counter(
        pk
        for queue in OFFICE_QUEUES
        # What is asked of the office beside (延期 …) is a second way to the same case.
        for pk in office_cases(cast.wang, queue, within)
        .filter(state__in=queue.states)
        .values_list("pk")
    )
    every = Counter(Appeal.objects.in_county(county).values_list("pk"))
    if shown != every:
        raise Broken(f"in one of the office's queues: {shown - every} {every - shown}")
    for name in UNITS:
        place: Unit = getattr(cast, name)
        liaison = getattr(cast, DESKS[place.code][0])
        parts = [
            part
            for queue in UNIT_QUEUES
            for part in unit_cases(liaison, queue, within).values_list("pk", flat=True)
        ]
        mine = {
            pk
            for pk, row in world.ledger.tables[PART].items()
            if row["unit_id"] == place.pk
            and row["state"] != Work.TAKEN_BACK
            and _is_shown(world, row, liaison)
        }
        if sorted(parts) != sorted(mine):
            raise Broken(f"in one of {place}'s queues: {set(parts) ^ mine}")


def _is_shown(world: World, part: Row, liaison: User) -> bool:
    """Tell whether a unit's liaison sees the part: a confidential one if he handles it."""
    case = world.ledger.tables[CASE][part["appeal_id"]]
    holds = part["role"] == "LEAD" and part["state"] not in WORK_GIVEN_UP
    return not case["confidential"] or (holds and part["handler_id"] == liaison.pk)


@contextmanager
def undone() -> Iterator[None]:
    """Let everything inside be as if it never was, so that each example begins alike."""
    inside: Any = transaction.atomic()
    inside._from_testcase = True
    with inside:
        try:
            yield
        finally:
            transaction.set_rollback(True)
            reference.forget()


def seeded(seed_: int) -> Callable[[Sequence[Any]], Any]:
    """Return a chooser that makes the same choices for the same seed."""
    return random.Random(seed_).choice
