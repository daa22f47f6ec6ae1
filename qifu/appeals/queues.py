"""The queues that people work off: which cases wait for whom, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Value, When

from qifu.appeals import clocks, lifecycle
from qifu.appeals.access import LEADERS, LIAISONS
from qifu.appeals.catalogue import all_units, office_unit, units_by_code
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Appeal, AppealQuerySet, Assignment, AssignmentQuerySet, Extension
from qifu.appeals.rules import ClockKind
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
# Waiting for the enterprise's word, or for the office's: nobody here is late.
UNTIMED = frozenset({State.TO_EVALUATE, State.SUPPLEMENT, Work.ANSWERED})


@dataclass(frozen=True)
class Queue:
    """One queue: the states it gathers, or the lamp; and the icon of its link."""

    code: str
    name: str
    states: tuple[str, ...]
    icon: str
    empty: str
    lamp: str = ""

    @property
    def is_ended(self) -> bool:
        """Tell whether nobody waits here any more: newest first, no lamp burns."""
        return bool(self.states) and set(self.states) <= ENDED


WORK_ENDED = (Work.DONE, Work.HANDED_UP, Work.TAKEN_OVER, Work.RETURNED, Work.CALLED_OFF)
ENDED = frozenset({*lifecycle.ENDED, *WORK_ENDED})
# By process; whose turn it is follows from the state.
OFFICE_QUEUES = (
    Queue("to-accept", "待受理", (State.SUBMITTED,), "inbox", "新的诉求提交后会出现在这里。"),
    Queue("to-dispatch", "待交办", (State.TO_DISPATCH,), "send", "受理后的诉求会出现在这里。"),
    Queue(
        "returns", "退单审核", (State.RETURN_REVIEW,), "arrow-back-up", "单位退单后会出现在这里。"
    ),
    Queue(
        "supplement", "待补充", (State.SUPPLEMENT,), "message-plus", "请企业补充的会出现在这里。"
    ),
    Queue("to-sign", "待签收", (State.DISPATCHED,), "writing-sign", "交办后未签收的会出现在这里。"),
    Queue("local", "属地办理", (State.LOCAL,), "home-check", "乡镇、园区先行办理的会出现在这里。"),
    Queue(
        "handling",
        "办理中",
        (State.HANDLING, State.APPROVAL),
        "progress",
        "单位签收后的诉求会出现在这里。",
    ),
    Queue("to-review", "待审核", (State.REVIEW,), "checkbox", "单位审签后的答复会出现在这里。"),
    Queue("to-evaluate", "待评价", (State.TO_EVALUATE,), "star", "答复发布后等企业评价。"),
    Queue("to-call", "待回访", (State.CALLBACK,), "phone-call", "不满意的和抽中的会出现在这里。"),
    Queue("ended", "已办结", tuple(sorted(lifecycle.ENDED)), "archive", "办结的诉求会出现在这里。"),
)
UNIT_QUEUES = (
    Queue("to-sign", "待签收", (Work.DISPATCHED,), "writing-sign", "县办交办后会出现在这里。"),
    Queue("handling", "办理中", (Work.HANDLING,), "progress", "签收后的诉求会出现在这里。"),
    Queue("to-approve", "待审签", (Work.APPROVAL,), "signature", "经办人报送的答复会出现在这里。"),
    Queue("answered", "已答复", (Work.ANSWERED,), "checkbox", "审签后等县办审核。"),
    Queue(
        "on-hold",
        "退单、待补充",
        (Work.RETURNING, Work.SUPPLEMENT),
        "hourglass",
        "退单后等裁定、请企业补充的会出现在这里。",
    ),
    Queue(
        "done",
        "已结束",
        WORK_ENDED,
        "archive",
        "办完、上交、退单成立或由县办接办的会出现在这里。",
    ),
)


TIME_QUEUES = (
    Queue("due-soon", "将到期", (), "lamp:soon", "到期前1个工作日起会出现在这里。", "soon"),
    Queue("overdue", "逾期", (), "lamp:overdue", "过了到期日还没办的会出现在这里。", "overdue"),
)


@dataclass(frozen=True)
class Horizon:
    """The days by which a query tells late from soon, as the lamps do.

    A one-day step would be 将到期 from birth: it turns only on its due day.
    """

    today: date
    soon: date
    one_day: frozenset[str]

    @property
    def overdue(self) -> Q:
        """Rows on which the red lamp burns."""
        return Q(due_on__lt=self.today) & ~Q(state__in=UNTIMED)

    @property
    def near(self) -> Q:
        """Rows on which the amber lamp burns."""
        tomorrow = Q(due_on__gt=self.today, due_on__lte=self.soon) & ~Q(state__in=self.one_day)
        return (Q(due_on=self.today) | tomorrow) & ~Q(state__in=UNTIMED)

    def of(self, queue: Queue) -> Q:
        """Return what a queue gathers."""
        if queue.lamp:
            return self.overdue if queue.lamp == "overdue" else self.near
        return Q(state__in=queue.states)


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
        return StateCount(
            sum(count.all for count in counts),
            sum(count.overdue for count in counts),
            sum(count.soon for count in counts),
        )


def horizon(county: str, at: datetime) -> Horizon:
    """Return the days that count at this moment in the county."""
    today = local_date(at)
    timing = clocks.timing(county, at)
    one_day = {state for state, kind in STEP_CLOCKS.items() if timing.limits.days(kind) <= 1}
    return Horizon(today, timing.calendar.add(today, 1), frozenset(one_day))


def office_cases(user: User, queue: Queue, within: Horizon) -> AppealQuerySet:
    """Return the cases of a queue that the person may see."""
    return Appeal.objects.visible_to(user, within.today).filter(within.of(queue))


def unit_cases(user: User, queue: Queue, within: Horizon) -> AssignmentQuerySet:
    """Return the parts of a queue that belong to the person's units."""
    return unit_parts(user).filter(within.of(queue))


def unit_parts(user: User) -> AssignmentQuerySet:
    """Return the parts of the units that the person works for or leads."""
    units = user.reach.units(*LIAISONS, *LEADERS)
    return Assignment.objects.in_county(user.county).of_units(units)


def open_extensions(county: str) -> QuerySet[Extension]:
    """Return the extensions on which the office has still to rule."""
    return Extension.objects.in_county(county).filter(ruled_at=None)


def office_tally(user: User, within: Horizon) -> Tally:
    """Count the office's queues in one query."""
    return tally(Appeal.objects.visible_to(user, within.today), within)


def unit_tally(user: User, within: Horizon) -> Tally:
    """Count a unit's queues in one query."""
    return tally(unit_parts(user), within)


def tally(rows: AppealQuerySet | AssignmentQuerySet, within: Horizon) -> Tally:
    """Count rows by state and lamp in one query."""
    counted: Any = (
        rows.order_by("state")
        .values("state")
        .annotate(
            n=Count("pk"),
            late=Count("pk", filter=within.overdue),
            near=Count("pk", filter=within.near),
        )
    )
    return Tally({row["state"]: StateCount(row["n"], row["late"], row["near"]) for row in counted})


def turn_of(unit: Unit) -> Q:
    """Return the cases in which it is this unit's turn; the office is one of them."""
    if unit.kind == UnitKind.OFFICE:
        return Q(state__in=OFFICE_TURNS)
    return Q(lead_unit__in={unit.pk, *unit.absorbed}) & ~Q(state__in=OFFICE_TURNS)


def late_units(user: User, within: Horizon) -> list[tuple[Unit, int]]:
    """Name who is late with how many cases, the office included, the most first."""
    office = office_unit(user.county, within.today)
    if office is None:
        return []
    late = Appeal.objects.visible_to(user, within.today).filter(within.overdue)
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
