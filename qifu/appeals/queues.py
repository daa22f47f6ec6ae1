"""The queues that people work off: which cases wait for whom, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    Q,
    Value,
    When,
)

from qifu.appeals import clocks
from qifu.appeals.access import LEADERS, LIAISONS
from qifu.appeals.asked import asked_of_office
from qifu.appeals.catalogue import all_units, office_unit, units_by_code
from qifu.appeals.lifecycle import ENDED, WORK_ENDED, State, Work
from qifu.appeals.models import (
    Appeal,
    AppealQuerySet,
    Assignment,
    AssignmentQuerySet,
)
from qifu.appeals.posting import Owing, owing
from qifu.appeals.queue_names import CONSENTS, EXTENSIONS, RETURNS, Queue
from qifu.appeals.rules import ClockKind
from qifu.appeals.sight import FROM_ABOVE
from qifu.kernel.clock import local_date
from qifu.organisations.models import Unit, UnitKind, User

# The step that somebody has to take there, and the clock that runs on it.
STEP_CLOCKS = {
    State.SUBMITTED: ClockKind.ACCEPT,
    State.TO_DISPATCH: ClockKind.DISPATCH,
    State.DISPATCHED: ClockKind.SIGN,
    State.REVIEW: ClockKind.REVIEW,
    State.CALLBACK: ClockKind.CALLBACK,
    State.RETURN_REVIEW: ClockKind.RETURN,
}
# Where the office itself has to move.
OFFICE_TURNS = frozenset(
    {State.SUBMITTED, State.TO_DISPATCH, State.REVIEW, State.CALLBACK, State.RETURN_REVIEW}
)
# With the city or the province: neither the office nor a unit can move it.
ABOVE = frozenset({State.ESCALATED})
# Waiting for the enterprise's word, or for the office's: nobody here is late.
UNTIMED = frozenset({State.TO_EVALUATE, State.SUPPLEMENT, Work.ANSWERED})
# Named one by one: a query that says what it wants reads the few that wait, by an index,
# where one that says what it does not want reads the whole history.
WAITING = frozenset(State) - ENDED
WORK_WAITING = frozenset(Work) - WORK_ENDED
TIMED = sorted((WAITING | WORK_WAITING) - UNTIMED)
# What units ask of the office, counted along with its queues.
ASKED = {name: asked_of_office(name) for name in (RETURNS, EXTENSIONS, CONSENTS)}


@dataclass(frozen=True)
class Horizon:
    """The days by which a query tells late from soon, as the lamps do.

    A one-day step would be 将到期 from birth: it turns only on its due day.
    """

    today: date
    soon: date
    one_day: frozenset[str]
    owing: Owing

    @property
    def overdue(self) -> Q:
        """Rows on which the red lamp burns."""
        return Q(due_on__lt=self.today, state__in=TIMED)

    @property
    def near(self) -> Q:
        """Rows on which the amber lamp burns."""
        tomorrow = Q(due_on__gt=self.today, due_on__lte=self.soon) & ~Q(state__in=self.one_day)
        return (Q(due_on=self.today) | tomorrow) & Q(state__in=TIMED)

    def of(self, queue: Queue) -> Q:
        """Return what a queue gathers."""
        if queue.lamp:
            return self.overdue if queue.lamp == "overdue" else self.near
        found = Q(state__in=queue.states)
        if queue.asks:
            found = (found | Q(asked_of_office(queue.asks))) & Q(state__in=sorted(WAITING))
        return found


@dataclass(frozen=True)
class StateCount:
    """Rows of one state: all, those that are late, those that soon will be."""

    all: int = 0
    overdue: int = 0
    soon: int = 0


@dataclass(frozen=True)
class Tally:
    """How many wait in each state, how many are late and how many soon will be."""

    by_state: Mapping[str, StateCount] = field(default_factory=dict)
    # What is to be posted back to the platform above; only the office's tally counts it.
    owed: StateCount = field(default_factory=StateCount)
    # What is asked of the office: how many cases of each state.
    asked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def overdue(self) -> int:
        return sum(count.overdue for count in self.by_state.values())

    @property
    def soon(self) -> int:
        return sum(count.soon for count in self.by_state.values())

    def of(self, queue: Queue) -> int:
        """Return the number of rows in a queue."""
        if queue.lamp:
            return self.overdue if queue.lamp == "overdue" else self.soon
        return self.within(queue).all

    def within(self, queue: Queue) -> StateCount:
        """Return how many rows of a queue by process are late and soon will be."""
        counts = [self.by_state.get(state, StateCount()) for state in queue.states]
        besides = self.asked.get(queue.asks, {})
        return StateCount(
            sum(count.all for count in counts)
            + sum(n for state, n in besides.items() if state not in queue.states),
            sum(count.overdue for count in counts),
            sum(count.soon for count in counts),
        )


def horizon(county: str, at: datetime) -> Horizon:
    """Return the days that count at this moment in the county."""
    today = local_date(at)
    timing = clocks.timing(county, at)
    one_day = {state for state, kind in STEP_CLOCKS.items() if timing.limits.days(kind) <= 1}
    soon = timing.calendar.add(today, 1)
    return Horizon(today, soon, frozenset(one_day), owing(timing, at))


def office_cases(user: User, queue: Queue, within: Horizon) -> AppealQuerySet:
    """Return the cases of a queue that the person may see."""
    return Appeal.objects.visible_to(user, within.today).filter(within.of(queue))


def unit_cases(user: User, queue: Queue, within: Horizon) -> AssignmentQuerySet:
    """Return the parts of a queue that belong to the person's units."""
    return unit_parts(user).filter(within.of(queue))


def unit_parts(user: User) -> AssignmentQuerySet:
    """Return the parts of the units that the person works for or leads."""
    units = user.reach.units(*LIAISONS, *LEADERS)
    return Assignment.objects.in_county(user.county).of_units(units).seen_by(user)


def office_tally(user: User, within: Horizon) -> Tally:
    """Count the office's queues in one query, and what is owed upwards along with them.

    What has ended is not counted, but for what came from above and may be owed there.
    """
    owed = {"owed": within.owing.of(), "owed_late": within.owing.of(late=True)}
    counted = Q(state__in=sorted(WAITING)) | FROM_ABOVE
    rows = Appeal.objects.visible_to(user, within.today).filter(counted)
    return tally(rows, within, {**owed, **ASKED})


def unit_tally(user: User, within: Horizon) -> Tally:
    """Count a unit's queues in one query; what has ended is not counted."""
    return tally(unit_parts(user).filter(state__in=sorted(WORK_WAITING)), within)


def tally(
    rows: AppealQuerySet | AssignmentQuerySet,
    within: Horizon,
    besides: Mapping[str, Q | Exists] | None = None,
) -> Tally:
    """Count rows by state and lamp in one query; `besides` what else is counted with them."""
    more = {name: Count("pk", filter=which) for name, which in (besides or {}).items()}
    counted: Any = (
        rows.order_by("state")
        .values("state")
        .annotate(
            n=Count("pk"),
            late=Count("pk", filter=within.overdue),
            near=Count("pk", filter=within.near),
            **more,
        )
    )
    found = list(counted)
    owed, late = (sum(row.get(name, 0) for row in found) for name in ("owed", "owed_late"))
    by_state = {row["state"]: StateCount(row["n"], row["late"], row["near"]) for row in found}
    asked = {name: {row["state"]: row.get(name, 0) for row in found} for name in ASKED}
    return Tally(by_state, StateCount(owed, late), asked)


def turn_of(unit: Unit) -> Q:
    """Return the cases in which it is this unit's turn; the office is one of them."""
    if unit.kind == UnitKind.OFFICE:
        return Q(state__in=OFFICE_TURNS)
    return Q(lead_unit__in={unit.pk, *unit.absorbed}) & ~Q(state__in=OFFICE_TURNS | ABOVE)


def late_units(user: User, within: Horizon) -> list[tuple[Unit, int]]:
    """Name who is late with how many cases, the office included, the most first.

    What lies with the upper organ is nobody's here.
    """
    office = office_unit(user.county, within.today)
    if office is None:
        return []
    late = Appeal.objects.visible_to(user, within.today).filter(within.overdue)
    late = late.exclude(state__in=ABOVE)
    turn = Case(
        When(state__in=OFFICE_TURNS, then=Value(office.pk)),
        default=F("lead_unit"),
        output_field=BigIntegerField(),
    )
    counted = late.order_by().annotate(turn=turn).values_list("turn").annotate(n=Count("pk"))
    units = {unit.pk: unit for unit in all_units(user.county)}
    for heir in units_by_code(user.county, within.today).values():
        units |= dict.fromkeys(heir.absorbed, heir)
    found: dict[Unit, int] = {}
    for key, number in counted:
        if key in units:
            found[units[key]] = found.get(units[key], 0) + number
    return sorted(found.items(), key=lambda each: (-each[1], each[0].pinyin))
