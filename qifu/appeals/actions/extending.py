"""More time for a unit (延期): asked in time, once, ruled by the office, told to the enterprise."""

from __future__ import annotations

from datetime import datetime

from qifu.appeals import access, clocks, notices
from qifu.appeals.actions.speaking import check_speaker
from qifu.appeals.actions.texts import required
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Assignment, Extension
from qifu.appeals.rules import ClockKind, Role
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.kernel.marks import Extended
from qifu.notices.outbox import put_all
from qifu.organisations.models import User

# Where the unit's clock runs or stands still, so that there is something to lengthen.
EXTENDABLE = (Work.HANDLING, Work.SUPPLEMENT, Work.APPROVAL)


def ask_extension(
    part: Assignment, days: int, words: str, *, by: User, at: datetime, key: str = ""
) -> Extension:
    """Ask for more working days (申请延期), at least one working day before the limit."""
    appeal = part.appeal
    with deed("appeal.extension_asked", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, days=days)
        if not (access.works_for(by, part) or access.leads(by, part)):
            raise NotAllowed("只有承办单位可以申请延期。")
        if part.state != Work.HANDLING:
            raise StaleState(f"本单位这一件现在是“{part.get_state_display()}”，不能申请延期。")
        if part.extensions.filter(cycle=appeal.cycle).exists():
            raise StaleState("延期只能申请一次。办不完的请报阶段答复，或提请列入计划。")
        _check_days(part, days, at)
        text = work.text("extension", required("words", words, "请写明为什么办不完、差在哪里。"))
        return work.add(
            Extension(
                appeal=appeal,
                assignment=part,
                cycle=appeal.cycle,
                days=days,
                words=text,
                by=by,
                at=at,
            )
        )


def rule_extension(
    extension: Extension, *, granted: int, words: str, by: User, at: datetime, key: str = ""
) -> Extension:
    """Rule on an extension (裁定延期): so many working days, or none; the enterprise is told."""
    appeal, part = extension.appeal, extension.assignment
    with deed("appeal.extension_ruled", county=extension.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, granted=granted)
        if not access.is_reviewer(by):
            raise NotAllowed("只有县办审核员可以裁定延期。")
        if extension.ruled_at is not None:
            raise StaleState("这个延期申请已经裁定过了。")
        if not 0 <= granted <= extension.days:
            raise InvalidInput("granted", f"批准的工作日数应在0到{extension.days}之间。")
        text = work.text("ruling", required("words", words, "请写明理由，企业会看到。"))
        if granted:
            _extend(work, part, granted)
        work.change(
            extension,
            expect={"ruled_at": None},
            granted=granted,
            ruled_by=by,
            ruled_at=at,
            ruling=text,
        )
        if granted and part.role == Role.LEAD and part.due_on:
            hold = clocks.timing(appeal.county, at).hold
            put_all(work, [notices.extended(appeal, extension.pk, part.due_on)], hold=hold)
        return extension


def object_to_extension(
    extension: Extension, words: str, *, by: User | None, at: datetime, key: str = ""
) -> Extension:
    """Say that more time is not acceptable (对延期有异议); the office sees it and calls.

    `by` is None where the enterprise came by its one-time link, without an account.
    """
    with deed("appeal.extension_objected", county=extension.county, by=by, at=at, key=key) as work:
        work.about(extension.appeal)
        check_speaker(extension.appeal, by, "提出异议")
        if not extension.granted:
            raise StaleState("没有延期，不用提异议。")
        text = work.text("objection", required("words", words, "请写明您的意见。"))
        work.change(extension, expect={"objected_at": None}, objection=text, objected_at=at)
        return extension


def longest(part: Assignment, at: datetime) -> int:
    """Return how many working days may be asked for at most: the limit again, 30 in all."""
    clock = clocks.running(part.appeal, ClockKind.HANDLE, part)
    most = clocks.timing(part.county, at).limits.extension_total
    return max(0, min(clock.limit, most - clock.limit))


def _check_days(part: Assignment, days: int, at: datetime) -> None:
    today = local_date(at)
    if part.due_on is None or part.due_on <= today:
        raise StaleState("到期前1个工作日以前才能申请延期，现在已经来不及了。请尽快答复。")
    most = longest(part, at)
    if not 1 <= days <= most:
        raise InvalidInput("days", f"可以申请1到{most}个工作日。")


def _extend(work: Deed, part: Assignment, days: int) -> None:
    if part.state not in EXTENDABLE:
        raise StaleState(
            f"本单位这一件现在是“{part.get_state_display()}”，不用延期了。请填0，写明原因。"
        )
    clock = clocks.running(part.appeal, ClockKind.HANDLE, part)
    due_on = clocks.due_after(clock, Extended(work.at, days))
    # While the enterprise supplies something, the day that shows is the enterprise's, even
    # where the unit was late before and its own day stands.
    if part.state != Work.SUPPLEMENT:
        work.change(part, expect={"state": part.state}, due_on=due_on)
        if part.role == Role.LEAD:
            work.change(part.appeal, expect={"state": part.appeal.state}, due_on=due_on)
    clocks.mark(work, clock, Extended(work.at, days))
