"""The steps on the way to a promise (节点): what is to be done by when, and what is done."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max

from qifu.appeals import access
from qifu.appeals.actions.texts import PROMISE_MAX, line
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Assignment, Milestone
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import User


def add_milestone(
    part: Assignment, what: str, planned_on: date, *, by: User, at: datetime, key: str = ""
) -> Milestone:
    """Plan a step on the way (加节点); the enterprise sees it on its page."""
    appeal = part.appeal
    with deed("appeal.milestone_added", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, planned=planned_on)
        _check(part, by)
        if planned_on < local_date(at):
            raise InvalidInput("planned_on", "计划日期不能早于今天。")
        text = line("what", what, "请写明这一步办什么。", most=PROMISE_MAX)
        before = appeal.milestones.aggregate(newest=Max("turn"))["newest"] or 0
        return work.add(
            Milestone(
                appeal=appeal,
                assignment=part,
                turn=before + 1,
                what=work.text("milestone", text),
                planned_on=planned_on,
                by=by,
                at=at,
            )
        )


def finish_milestone(row: Milestone, *, by: User, at: datetime, key: str = "") -> Milestone:
    """Note that a step on the way is done (节点完成), today."""
    part = row.assignment
    with deed("appeal.milestone_done", county=row.county, by=by, at=at, key=key) as work:
        work.about(row.appeal)
        work.note(unit=part.unit_id, planned=row.planned_on, turn=row.turn)
        _check(part, by)
        work.change(row, expect={"done_on": None}, done_on=local_date(at), done_by=by, done_at=at)
        return row


def _check(part: Assignment, by: User) -> None:
    if not access.works_for(by, part):
        raise NotAllowed("只有承办单位的专职人员可以记节点。")
    if part.state != Work.TRACKING:
        raise StaleState(f"本单位这一件现在是“{part.get_state_display()}”，不用记节点。")
