"""今日: what must be done now, for whoever looks; every figure opens exactly its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpResponse

from qifu.appeals import access, readings, upper_access
from qifu.appeals.asked import asked_of_office, open_extensions, open_requests
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Appeal
from qifu.appeals.queue_names import CONSENTS, RETURNS, TIME_QUEUES, Queue
from qifu.appeals.queues import Horizon, Tally, late_units, unit_parts
from qifu.enterprises.sight import SEES_ALL
from qifu.kernel.clock import now
from qifu.organisations import access as unit_access
from qifu.organisations.models import User
from qifu.organisations.models.people import ADMINISTRATORS
from qifu.web.desk import navigation
from qifu.web.desk.appeals.pressure import pressed_cases, pressed_parts
from qifu.web.desk.appeals.rows import PART_WORDS, Row, case_rows, part_rows
from qifu.web.desk.keeping.jobs import stopped_words
from qifu.web.desk.shelves import Shelf, shelves_of
from qifu.web.ui.answers import page
from qifu.web.ui.dates import day_line
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/home.html"
FIRST = 8
LATE_UNITS = 8
# Whose turn it is in each queue: the figures that a person finds first.
CLERK = ("to-accept", "to-dispatch", "returns", "consents")
REVIEWER = ("to-review", "extensions")
CALLER = ("to-call",)
LIAISON = ("to-sign", "handling")
LEADER = ("to-approve",)
OVERSIGHT = ("to-accept", "to-dispatch", "to-sign", "local", "handling", "to-review")


@dataclass(frozen=True)
class Tile:
    """One figure: what it counts, and the rows that it opens."""

    label: str
    figure: int
    url: str
    ground: str = ""


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """Show what has to be done today."""
    user, at = request.user, now()
    context: dict[str, Any] = {"title": "今日", "when": day_line(at), "name": user.name}
    if navigation.sees_cases(user):
        within, tallies = navigation.counts(request, user)
        tiles = [tile for shelf in shelves_of(user) for tile in _tiles(user, shelf, tallies[shelf])]
        context |= {
            "tiles": tiles,
            "lead": _lead(tallies),
            "rows": _rows(user, within, at),
            "late": _late(user, within, tallies),
            "approvals": _waiting(user, tallies),
            "lists": not shelves_of(user),
        }
    if unit_access.can_see_jobs(user, user.county):
        context["stopped"] = stopped_words(at)
    if user.reach.has(*ADMINISTRATORS):
        context["keeping"] = True
    return page(request, TEMPLATE, context)


def _tiles(user: User, shelf: Shelf, counted: Tally) -> Iterator[Tile]:
    own = _own(user, shelf)
    if not shelf.prefix:
        for queue in reversed(TIME_QUEUES):
            yield Tile(queue.name, counted.of(queue), shelf.url(queue), _meaning(queue))
    for queue in shelf.queues:
        if queue.code in own:
            within = counted.within(queue)
            ground = _ground(within.overdue, within.soon)
            yield Tile(queue.name, within.all, shelf.url(queue), ground)
    if counted.owed.all and upper_access.posts_back(user) and not shelf.of_unit:
        ground = _ground(counted.owed.overdue, 0)
        yield Tile("待回填", counted.owed.all, navigation.POST_BACKS, ground)


def _own(user: User, shelf: Shelf) -> tuple[str, ...]:
    """Return the queues in which it is the person's turn."""
    if shelf.of_unit:
        liaison = LIAISON if user.reach.has(*access.LIAISONS) else ()
        return (*liaison, *(LEADER if user.reach.has(*access.LEADERS) else ()))
    clerk = CLERK if access.is_clerk(user) else ()
    reviewer = REVIEWER if access.is_reviewer(user) else ()
    caller = CALLER if access.is_caller(user) else ()
    return (*clerk, *reviewer, *caller) or OVERSIGHT


def _ground(overdue: int, soon: int) -> str:
    parts = [f"{overdue}件逾期"] if overdue else []
    parts += [f"{soon}件将到期"] if soon else []
    return "，".join(parts) or "没有逾期的"


def _meaning(queue: Queue) -> str:
    return "过了到期日还没办" if queue.lamp == "overdue" else "1个工作日内到期"


def _lead(tallies: dict[Shelf, Tally]) -> dict[str, int]:
    return {
        "overdue": sum(counted.overdue for counted in tallies.values()),
        "soon": sum(counted.soon for counted in tallies.values()),
    }


def _rows(user: User, within: Horizon, at: datetime) -> Sequence[Row]:
    """Return the most urgent rows in which it is the person's turn."""
    if access.is_office(user):
        turns = _office_turns(user)
        cases = Appeal.objects.visible_to(user, within.today).filter(turns)
        first = list(cases.with_words().order_by("due_on", "pk")[:FIRST])
        made = case_rows(first, readings.case_readings(first, at), viewer=user, at=at)
        return pressed_cases(made, first, at)
    own = _unit_turns(user, within)
    if not own:
        return []
    parts = unit_parts(user).filter(own).select_related(*PART_WORDS)
    urgent = list(parts.order_by("due_on", "pk")[:FIRST])
    made = part_rows(urgent, readings.part_readings(urgent, at), viewer=user)
    return pressed_parts(made, urgent)


def _office_turns(user: User) -> Q:
    turns = Q()
    if access.is_clerk(user):
        asked_up = open_requests(user.county).values("appeal")
        clerk = [State.SUBMITTED, State.TO_DISPATCH, State.RETURN_REVIEW]
        turns = Q(state__in=clerk) | Q(pk__in=asked_up)
        turns |= Q(asked_of_office(RETURNS)) | Q(asked_of_office(CONSENTS))
    if access.is_reviewer(user):
        asked = open_extensions(user.county).values("appeal")
        turns |= Q(state=State.REVIEW) | Q(pk__in=asked)
    if access.is_caller(user):
        turns |= Q(state=State.CALLBACK)
    return turns


def _unit_turns(user: User, within: Horizon) -> Q:
    turns = Q()
    if units := user.reach.units(*access.LIAISONS):
        turns |= Q(unit__in=units, state__in=[Work.DISPATCHED, Work.HANDLING])
        # What was put off is nobody's turn until its day is near.
        turns |= Q(unit__in=units, state=Work.TRACKING, due_on__lte=within.soon)
    if units := user.reach.units(*access.LEADERS):
        turns |= Q(unit__in=units, state=Work.APPROVAL)
    return turns


def _late(user: User, within: Horizon, tallies: dict[Shelf, Tally]) -> list[tuple[str, int, str]]:
    """Name who is late, the office and the upper organs included; to those over all of them."""
    if not user.reach.has(*SEES_ALL):
        return []
    url = "/desk/queues/overdue/"
    named = [
        (unit.short_name, count, f"{url}?turn={unit.code}")
        for unit, count in late_units(user, within)[:LATE_UNITS]
    ]
    counts = [
        c.by_state[State.ESCALATED] for c in tallies.values() if State.ESCALATED in c.by_state
    ]
    above = sum(count.overdue for count in counts)
    return [*named, ("上级单位", above, f"{navigation.ESCALATIONS}?show=late")] if above else named


def _waiting(user: User, tallies: dict[Shelf, Tally]) -> int:
    """Count what waits for the leader's own signature."""
    if not user.reach.has(*access.LEADERS):
        return 0
    counted = [tally for shelf, tally in tallies.items() if shelf.of_unit]
    return sum(
        tally.by_state[Work.APPROVAL].all for tally in counted if Work.APPROVAL in tally.by_state
    )
