"""The register of verbs: what can happen to a case, to a unit's part, or to the county.

Whoever adds a step to the lifecycle, or an action of a case, adds its entry in the module of
its kind beside this one; `tests/appeals/test_histories.py` looks for it. An entry names the
steps that it may take (`case.accept`, `work.sign`), the states in which it is somebody's
turn, and takes the step through the real action. `onward` marks what brings a case nearer
to its end: from every open state one of these must be possible, or it is a dead end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Assignment
from qifu.kernel.clock import end_of_day
from tests.histories.here import Here

OfCase = Callable[[Here], object]
OfPart = Callable[[Here, Assignment], object]
WhenCase = Callable[[Here], Any]
WhenPart = Callable[[Here, Assignment], Any]
# When jobs do what the day before has left.
NIGHT = timedelta(minutes=30)


@dataclass(frozen=True)
class Verb:
    """One thing that somebody, or a job, can do; `case` or `part` takes it."""

    name: str
    steps: frozenset[str]
    states: frozenset[State] = frozenset()
    works: frozenset[Work] = frozenset()
    case: OfCase | None = None
    part: OfPart | None = None
    when_case: WhenCase = lambda here: True
    when_part: WhenPart = lambda here, part: True
    onward: bool = False
    # The day after which a job does it, where it is a job's turn.
    after: Callable[[Here], date | None] | None = None


@dataclass(frozen=True, repr=False)
class Move:
    """A verb on one case, or on one unit's part in it."""

    verb: Verb
    here: Here
    part: Assignment | None = None

    def __repr__(self) -> str:
        unit = f" of {self.part.unit.code}" if self.part is not None else ""
        return f"{self.verb.name} {self.here.appeal.number}{unit} at {self.here.at:%m-%d %H:%M:%S}"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        # What Hypothesis shows of an example: the history, one line a step.
        printer.text(repr(self))

    @property
    def not_before(self) -> datetime:
        """The moment from which it can be done: now, or when the job's day has come."""
        day = self.verb.after(self.here) if self.verb.after is not None else None
        return max(self.here.at, end_of_day(day) + NIGHT) if day else self.here.at

    def take(self) -> None:
        """Call the action as whoever may."""
        if self.verb.case is not None:
            self.verb.case(self.here)
        elif self.verb.part is not None and self.part is not None:
            self.verb.part(self.here, self.part)


VERBS: list[Verb] = []


def of_case(
    *steps: str,
    at: Iterable[State],
    when: WhenCase = lambda here: True,
    onward: bool = False,
    after: Callable[[Here], date | None] | None = None,
) -> Callable[[OfCase], OfCase]:
    """Register what is done to a whole case while it is in one of the states.

    A job's turn has an `after`: the day that must be over; whoever waits for it gets there.
    """

    def register(take: OfCase) -> OfCase:
        more = {"states": frozenset(at), "when_case": when, "onward": onward, "after": after}
        _add(take, steps, case=take, **more)
        return take

    return register


def of_part(
    *steps: str,
    at: Iterable[Work],
    when: WhenPart = lambda here, part: True,
    onward: bool = False,
) -> Callable[[OfPart], OfPart]:
    """Register what is done to one unit's part while it is in one of the states."""

    def register(take: OfPart) -> OfPart:
        _add(take, steps, works=frozenset(at), part=take, when_part=when, onward=onward)
        return take

    return register


def of_county(*steps: str) -> Callable[[OfCase], OfCase]:
    """Register what is done to the whole county: by a job, or by whoever keeps it."""

    def register(take: OfCase) -> OfCase:
        _add(take, steps, case=take)
        return take

    return register


def possible(here: Here) -> Iterator[Move]:
    """Give every move that is somebody's turn now."""
    for verb in VERBS:
        if here.appeal.state in verb.states and verb.when_case(here):
            yield Move(verb, here)
        for part in here.parts:
            if part.state in verb.works and verb.when_part(here, part):
                yield Move(verb, here, part)


def out_of_turn(here: Here) -> Iterator[Move]:
    """Give moves that nobody should take now: a page that lay open too long."""
    for verb in VERBS:
        if verb.states and here.appeal.state not in verb.states:
            yield Move(verb, here)
        for part in here.parts:
            if verb.works and part.state not in verb.works:
                yield Move(verb, here, part)


def rounds() -> list[Verb]:
    """Return what is done to the whole county."""
    return [verb for verb in VERBS if not verb.states and not verb.works]


def _add(take: Callable[..., object], steps: Iterable[str], **more: Any) -> None:
    VERBS.append(Verb(take.__name__, frozenset(steps), **more))
