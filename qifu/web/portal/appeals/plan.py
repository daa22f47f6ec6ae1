"""What was put off, as its enterprise follows it: what is promised for which day, and the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qifu.appeals.dossiers import milestones_of
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, Milestone, Promise, PromiseQuerySet, PromiseState
from qifu.kernel.clock import local_date
from qifu.web.portal.appeals.words import by_when, day_writer

GONE = "（内容已依法删除）"


@dataclass(frozen=True)
class Plan:
    """The newest promise, those before it that were not kept, and the steps on the way."""

    what: str
    day: str
    says: str
    before: Sequence[str]
    milestones: Sequence[tuple[str, str, bool]]
    can_object: bool
    objection: str


def plan_of(appeal: Appeal, at: datetime) -> Plan | None:
    """Return what is promised to the enterprise now, and what was before."""
    if appeal.state != State.TRACKING:
        return None
    rows = list(_promised(appeal))
    if not rows:
        return None
    newest, say = rows[-1], day_writer(at)
    broken = newest.state == PromiseState.BROKEN
    return Plan(
        newest.what.body or GONE,
        f"{say(newest.due_on)}前",
        "到期没有报告办成，县办在督促单位。" if broken else "到期系统会问单位，办成没有都告诉您。",
        [f"{say(row.due_on)}前：没有按时办成" for row in rows[:-1]],
        [_step(each, at) for each in milestones_of(appeal)],
        newest.state == PromiseState.OPEN and newest.objected_at is None,
        newest.objection.body if newest.objection else "",
    )


def open_promise(appeal: Appeal) -> Promise | None:
    """Return the promise with whose day the enterprise may still disagree."""
    if appeal.state != State.TRACKING:
        return None
    rows = appeal.promises.filter(state=PromiseState.OPEN, objected_at=None)
    row = rows.select_related("what").first()
    if row is not None:
        row.appeal = appeal
    return row


def _promised(appeal: Appeal) -> PromiseQuerySet:
    rows = appeal.promises.all().standing()
    answered = rows.filter(answer__published_at=appeal.published_at)
    return answered.select_related("what", "objection").order_by("turn")


def _step(row: Milestone, at: datetime) -> tuple[str, str, bool]:
    say = day_writer(at)
    if row.done_on:
        return row.what.body or GONE, f"{say(row.done_on)}办完", True
    late = row.planned_on < local_date(at)
    return (
        row.what.body or GONE,
        f"计划{by_when(row.planned_on, at)}{'，还没办完' if late else ''}",
        False,
    )
