"""Reporting on a promise (承诺兑现), by the unit or by its silence, and objecting to a new day."""

from __future__ import annotations

from datetime import date, datetime

from qifu.appeals import access, clocks, tracking_words
from qifu.appeals.actions.texts import PROMISE_MAX, line, required
from qifu.appeals.actions.tracking import promise, restart, running_clock, take_up
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Promise, PromiseState
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.models import User


def keep(row: Promise, words: str, *, by: User, at: datetime, key: str = "") -> Promise:
    """Report that what was promised is done (兑现); the unit goes on to its final answer.

    Only what was reported by its day counts as kept. Later it is kept late: it stays broken.
    """
    today = local_date(at)
    with deed("appeal.promise_kept", county=row.county, by=by, at=at, key=key) as work:
        in_time = row.state == PromiseState.OPEN and today <= row.due_on
        _about(work, row, in_time=in_time)
        _check(row, by)
        text = work.text("kept", required("words", words, "请写明办成了什么，企业会看到。"))
        take_up(work, row.assignment)
        work.change(
            row,
            expect={"state": row.state, "reported_at": None},
            state=PromiseState.KEPT if in_time else PromiseState.BROKEN,
            broken_on=None if in_time else row.broken_on or row.day_after,
            kept_on=today,
            words=text,
            reported_by=by,
            reported_at=at,
        )
        return row


def break_promise(
    row: Promise,
    words: str,
    new_on: date | None,
    *,
    what: str = "",
    by: User,
    at: datetime,
    key: str = "",
) -> Promise:
    """Report that a promise is not kept (未兑现), why, and for which day it is promised now.

    Without a new day the unit goes on with the matter and answers anew. What was promised
    before stays broken either way; the enterprise is told, and may object to the new day.
    """
    today, part = local_date(at), row.assignment
    with deed("appeal.promise_broken", county=row.county, by=by, at=at, key=key) as work:
        _about(work, row, again=new_on)
        _check(row, by)
        if new_on is not None and new_on <= today:
            raise InvalidInput("new_on", "新的承诺日期要在今天之后。")
        text = work.text("broken", required("words", words, "请写明为什么没办成，企业会看到。"))
        again = work.text("promise", line("what", what, "", most=PROMISE_MAX)) if what else row.what
        if new_on is None:
            take_up(work, part)
        else:
            restart(work, part, running_clock(part), new_on)
        work.change(
            row,
            expect={"state": row.state, "reported_at": None},
            state=PromiseState.BROKEN,
            broken_on=row.broken_on or min(today, row.day_after),
            words=text,
            reported_by=by,
            reported_at=at,
        )
        if new_on is not None:
            return promise(work, part, row.answer, again, new_on, by=by, after=row)
        _tell(work, row)
        return row


def break_due(county: str, *, at: datetime) -> int:
    """Count every promise as broken on which nobody reported by its day; return how many.

    Dated the day after, whenever this runs, and once.
    """
    rows = Promise.objects.in_county(county).filter(
        state=PromiseState.OPEN, due_on__lt=local_date(at), assignment__state=Work.TRACKING
    )
    broken = 0
    words = ("appeal__contact", "assignment__unit")
    for row in rows.select_related(*words).order_by("due_on", "pk"):
        try:
            _break(row, at)
        except (AlreadyDone, StaleState):
            continue  # reported at this very moment
        broken += 1
    return broken


def object_to_promise(
    row: Promise, words: str, *, by: User, at: datetime, key: str = ""
) -> Promise:
    """Say that the day is not acceptable (对承诺日期有异议); the office sees it and calls."""
    with deed("appeal.promise_objected", county=row.county, by=by, at=at, key=key) as work:
        work.about(row.appeal)
        work.note(unit=row.unit_id, promised=row.due_on)
        if not access.speaks_for(by, row.appeal):
            raise NotAllowed("只有反映问题的企业可以提出意见。")
        if row.state != PromiseState.OPEN:
            raise StaleState("这个日期已经不作数了，不用提意见。")
        text = work.text("objection", required("words", words, "请写明您的意见。"))
        work.change(row, expect={"objected_at": None}, objection=text, objected_at=at)
        return row


def _break(row: Promise, at: datetime) -> None:
    key = f"promise-broken:{row.pk}"
    with deed("appeal.promise_broken", county=row.county, by=None, at=at, key=key) as work:
        _about(work, row)
        work.change(
            row,
            expect={"state": PromiseState.OPEN},
            state=PromiseState.BROKEN,
            broken_on=row.day_after,
        )
        _tell(work, row)


def _about(work: Deed, row: Promise, **codes: object) -> None:
    work.about(row.appeal)
    work.note(unit=row.unit_id, promised=row.due_on, turn=row.turn, **codes)


def _check(row: Promise, by: User) -> None:
    part = row.assignment
    if not access.works_for(by, part):
        raise NotAllowed("只有承办单位的专职人员可以报告承诺办得怎么样。")
    if row.reported_at is not None:
        raise StaleState("这个承诺已经报告过了。")
    if part.state != Work.TRACKING:
        raise StaleState(f"本单位这一件现在是“{part.get_state_display()}”，不用报告承诺。")


def _tell(work: Deed, row: Promise) -> None:
    hold = clocks.timing(row.county, work.at).hold
    draft = tracking_words.broken(row, row.appeal, row.assignment.unit.short_name)
    put_all(work, [draft], hold=hold)
