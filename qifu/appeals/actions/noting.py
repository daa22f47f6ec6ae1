"""What a unit does meanwhile: contacts the enterprise, notes, tells it how far things are."""

from __future__ import annotations

from datetime import datetime

from qifu.appeals import access, clocks, notices, notices_inside
from qifu.appeals.actions import tracking
from qifu.appeals.actions.texts import optional, required
from qifu.appeals.lifecycle import WORK_NOTED, Work
from qifu.appeals.models import Assignment, Contact, Means, ProcessNote, SubAssignment, Viewer
from qifu.appeals.rules import ClockKind
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.models import User


def contact(
    part: Assignment,
    contacted_at: datetime,
    means: Means,
    *,
    reached: bool,
    words: str = "",
    by: User,
    at: datetime,
    key: str = "",
) -> Contact:
    """Write down that the enterprise was contacted (联系企业), or that it could not be.

    The first time it is reached stops the clock of first contact. Each time it is not,
    the enterprise is told who rang, so that it can ring back (E6).
    """
    appeal = part.appeal
    with deed("appeal.contacted", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, means=means, reached=reached)
        _check_working(part, by)
        if contacted_at > at:
            raise InvalidInput("contacted_at", "联系时间不能晚于现在。")
        # A page asks for minutes, not seconds.
        if contacted_at < part.given_at.replace(second=0, microsecond=0):
            raise InvalidInput("contacted_at", "联系时间不能早于交办。")
        kept = optional("words", words)
        text = work.text("contact_note", kept) if kept else None
        if reached:
            first = part.clocks.filter(kind=ClockKind.CONTACT, stopped_at=None).first()
            if first is not None:
                clocks.stop(work, first)
        row = work.add(
            Contact(
                appeal=appeal,
                assignment=part,
                contacted_at=contacted_at,
                means=means,
                reached=reached,
                words=text,
                by=by,
                at=at,
            )
        )
        if not reached:
            hold = clocks.timing(part.county, at).hold
            put_all(work, [notices.missed_call(appeal, part, row.pk)], hold=hold)
        return row


def note(part: Assignment, words: str, *, by: User, at: datetime, key: str = "") -> ProcessNote:
    """Keep a note for the unit and the office (办理记录); the enterprise does not see it."""
    with deed("appeal.noted", county=part.county, by=by, at=at, key=key) as work:
        work.about(part.appeal)
        work.note(unit=part.unit_id)
        _check_working(part, by)
        text = work.text("note", required("words", words, "请写记录。"))
        return work.add(ProcessNote(appeal=part.appeal, assignment=part, words=text, by=by, at=at))


def tell_meanwhile(
    part: Assignment, words: str, *, by: User, at: datetime, key: str = ""
) -> ProcessNote:
    """Tell the enterprise how far things are (阶段答复); the limit stays as it is.

    Of what is put off, the time to the next one counts anew (b3).
    """
    appeal = part.appeal
    with deed("appeal.told_meanwhile", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id)
        _check_working(part, by)
        text = work.text("interim", required("words", words, "请写进展，企业会原样看到。"))
        if part.state == Work.TRACKING:
            tracking.told(work, part)
        row = work.add(
            ProcessNote(appeal=appeal, assignment=part, words=text, published=True, by=by, at=at)
        )
        hold = clocks.timing(part.county, at).hold
        put_all(work, [notices.meanwhile(appeal, part, row.pk)], hold=hold)
        return row


def sub_assign(
    part: Assignment, to: User, *, words: str = "", by: User, at: datetime, key: str = ""
) -> SubAssignment:
    """Give the part to one of the unit's people (二次分派), who may then see and work it."""
    appeal = part.appeal
    with deed("appeal.sub_assigned", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, to=to.pk)
        if not (access.works_for(by, part) or access.leads(by, part)):
            raise NotAllowed("只有本单位可以分派。")
        if part.state not in (Work.DISPATCHED, *WORK_NOTED):
            raise StaleState(f"本单位这一件现在是“{part.get_state_display()}”，不用分派了。")
        if to.county != part.county or part.unit_id not in to.reach_on(local_date(at)).units():
            raise InvalidInput("to", "只能分派给本单位的同志。")
        kept = optional("words", words)
        text = work.text("sub_assignment", kept) if kept else None
        work.change(part, expect={"state": part.state}, handler=to)
        # A confidential case follows its one handler; whoever had it before sees it no more.
        viewers = Viewer.objects.in_county(part.county).filter(appeal=appeal, user=to)
        if not appeal.confidential and not viewers.exists():
            why = work.text("viewer", "本单位分派办理")
            work.add(
                Viewer(appeal=appeal, user=to, why=why, valid_from=local_date(at), valid_to=None)
            )
        row = work.add(SubAssignment(assignment=part, to=to, words=text, by=by, at=at))
        if to.pk != by.pk:
            hold = clocks.timing(part.county, at).hold
            put_all(work, [notices_inside.given(part, to.pk, row.pk)], hold=hold)
        return row


def _check_working(part: Assignment, by: User) -> None:
    if not access.works_for(by, part):
        raise NotAllowed("只有承办单位的经办人可以记录。")
    if part.state not in WORK_NOTED:
        raise StaleState(f"本单位这一件现在是“{part.get_state_display()}”，不能再记录。")
