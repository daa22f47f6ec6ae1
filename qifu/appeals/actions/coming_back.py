"""The upper organ's reply comes in (上级答复): the unit goes on, or the office hands it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qifu.appeals import access, clocks, notices_upward
from qifu.appeals.actions.dispatching import to_dispatch
from qifu.appeals.actions.texts import required
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Appeal, Assignment, Clock, Escalation, UpperResult
from qifu.appeals.rules import ClockKind
from qifu.attachments.actions import keep_all
from qifu.attachments.models import Attachment
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.kernel.lives import State as Running
from qifu.kernel.marks import CameBack
from qifu.notices.outbox import put_all
from qifu.organisations.models import User


@dataclass(frozen=True)
class UpperReply:
    """What the upper organ replied, and on which day."""

    result: UpperResult
    words: str
    replied_on: date
    files: Sequence[Attachment] = ()


def come_back(
    row: Escalation, said: UpperReply, *, by: User, at: datetime, key: str = ""
) -> Escalation:
    """Enter the upper reply (上级答复); the unit has what was left, two working days at least.

    A case that no unit of the county had goes back to the office, which hands it out.
    """
    appeal, part = row.appeal, row.assignment
    with deed("appeal.came_back", county=row.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以登记上级答复。")
        _check(row, said, at)
        text = work.text("upper_reply", required("words", said.words, "请写上级怎么答复的。"))
        work.note(level=row.level, result=said.result, unit=part.unit_id if part else None)
        running = {clock.kind: clock for clock in _clocks(appeal, part)}
        if part is None:
            to_dispatch(work, appeal, "come_back")
            clocks.stop_all(work, list(running.values()))
        else:
            _resume(work, part, running)
        work.change(
            row,
            expect={"back_at": None},
            result=said.result,
            replied_on=said.replied_on,
            reply=text,
            back_at=at,
            back_by=by,
        )
        keep_all(work, said.files, row)
        hold = clocks.timing(appeal.county, at).hold
        put_all(work, notices_upward.came_back(appeal, row, part), hold=hold)
        return row


def _check(row: Escalation, said: UpperReply, at: datetime) -> None:
    if said.result not in UpperResult.values:
        raise InvalidInput("result", "请选上级答复的结果。")
    if said.replied_on > local_date(at):
        raise InvalidInput("replied_on", "答复日期不能在今天之后，请核对。")
    if said.replied_on < local_date(row.at):
        raise InvalidInput("replied_on", "答复日期不能早于转上级那天，请核对。")


def _clocks(appeal: Appeal, part: Assignment | None) -> list[Clock]:
    """Return the running clocks that this stops or sets going, with one query."""
    rows = appeal.clocks.filter(stopped_at=None, kind__in=(ClockKind.UPPER, ClockKind.HANDLE))
    mine = (None, part.pk if part else None)
    return [clock for clock in rows.order_by("pk") if clock.assignment_id in mine]


def _resume(work: Deed, part: Assignment, running: Mapping[str, Clock]) -> None:
    handling, upper = running.get(ClockKind.HANDLE), running.get(ClockKind.UPPER)
    if handling is None or part.state != Work.ESCALATED or not _waits(handling):
        raise StaleState("上级答复已经登记过了，单位接着在办。")
    least = clocks.timing(part.county, work.at).limits.rework_days
    mark = CameBack(work.at, least)
    due_on = clocks.due_after(handling, mark)
    part.advance(work, "come_back", due_on=due_on)
    part.appeal.follow(work, part, due_on=due_on)
    clocks.resume_and_stop(work, handling, mark, *([upper] if upper else []))


def _waits(handling: Clock) -> bool:
    # Whoever was late already keeps his day while he waits.
    return clocks.deadline(handling).state == Running.PAUSED
