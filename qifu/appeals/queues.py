"""The queues that people work off: which cases wait for whom, most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from qifu.appeals.access import LEADERS, LIAISONS
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Appeal, Assignment, AssignmentQuerySet
from qifu.organisations.models import User


@dataclass(frozen=True)
class Queue:
    """One queue: the states it gathers, and the icon of its link."""

    code: str
    name: str
    states: tuple[str, ...]
    icon: str
    empty: str


# By process; whose turn it is follows from the state.
OFFICE_QUEUES = (
    Queue("to-accept", "待受理", (State.SUBMITTED,), "inbox", "新的诉求提交后会出现在这里。"),
    Queue("to-dispatch", "待交办", (State.TO_DISPATCH,), "send", "受理后的诉求会出现在这里。"),
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
    Queue("ended", "已办结", (State.CLOSED, State.DECLINED), "archive", "办结的诉求会出现在这里。"),
)
UNIT_QUEUES = (
    Queue("to-sign", "待签收", (Work.DISPATCHED,), "writing-sign", "县办交办后会出现在这里。"),
    Queue("handling", "办理中", (Work.HANDLING,), "progress", "签收后的诉求会出现在这里。"),
    Queue("to-approve", "待审签", (Work.APPROVAL,), "signature", "经办人报送的答复会出现在这里。"),
    Queue("answered", "已答复", (Work.ANSWERED,), "checkbox", "审签后等县办审核。"),
    Queue("done", "已完成", (Work.DONE,), "archive", "办完的会出现在这里。"),
)


@dataclass(frozen=True)
class Tally:
    """How many wait in each state, how many are late and how many soon will be."""

    by_state: dict[str, int]
    overdue: int
    soon: int

    def of(self, queue: Queue) -> int:
        """Return the number of rows in a queue."""
        return sum(self.by_state.get(state, 0) for state in queue.states)


def unit_parts(user: User) -> AssignmentQuerySet:
    """Return the parts of the units that the person works for or leads."""
    units = user.reach.units(*LIAISONS, *LEADERS)
    return Assignment.objects.in_county(user.county).of_units(units)


def office_tally(user: User, today: date, soon: date) -> Tally:
    """Count the office's queues in one query."""
    rows = Appeal.objects.visible_to(user, today).values("state")
    return _tally(rows.order_by("state"), today, soon)


def unit_tally(user: User, today: date, soon: date) -> Tally:
    """Count a unit's queues in one query."""
    return _tally(unit_parts(user).values("state").order_by("state"), today, soon)


def _tally(rows: object, today: date, soon: date) -> Tally:
    counted = rows.annotate(  # type: ignore[attr-defined]
        n=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today)),
        near=Count("pk", filter=Q(due_on__gte=today, due_on__lte=soon)),
    )
    by_state: dict[str, int] = {}
    late = near = 0
    for row in counted:
        by_state[row["state"]] = row["n"]
        late, near = late + row["late"], near + row["near"]
    return Tally(by_state, late, near)
