"""列入计划: the answer puts the matter off to a day, and qifu keeps the day in mind.

While a part is tracked one clock runs on it: to the next stage reply, or to the promised
day if that is sooner. A stage reply starts it again; a day that is past nothing moves but
the unit's own report.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max

from qifu.appeals import clocks, tracking_words
from qifu.appeals.models import Answer, Appeal, Assignment, Clock, Promise, PromiseState
from qifu.appeals.rules import ClockKind
from qifu.journal.deed import Deed
from qifu.journal.models import Text
from qifu.kernel.clock import local_date
from qifu.kernel.errors import StaleState
from qifu.kernel.marks import Promised
from qifu.notices.outbox import put_all
from qifu.organisations.models import User


def begin(work: Deed, part: Assignment, answer: Answer, verb: str, **done: Any) -> Promise:
    """Begin to track a part and its case, within the deed that publishes the answer.

    Raises:
        StaleState: the promised day has come before anybody could read of it.
    """
    appeal, day = part.appeal, answer.promised_on
    if day is None or day <= local_date(work.at):
        sentence = "承诺的日期已经到了，不能这样发给企业。请退回，改写承诺日期。"
        raise StaleState(sentence)
    clock = _clock(work, part, day)
    work.note(promised=day)
    part.advance(work, verb, due_on=clock.due_on, **done)
    published = {"outcome": answer.outcome, "published_at": work.at, "due_on": clock.due_on}
    if appeal.local:
        appeal.follow(work, part, **published)
    else:
        appeal.advance(work, "track", **published)
    _start(work, clock, day)
    return promise(work, part, answer, answer.promise or answer.body, day, by=answer.by)


def promise(
    work: Deed,
    part: Assignment,
    answer: Answer,
    what: Text,
    day: date,
    *,
    by: User | None,
    after: Promise | None = None,
) -> Promise:
    """Give the enterprise a day (承诺), perhaps `after` one that was broken, and tell it."""
    appeal = part.appeal
    before = after.turn if after else appeal.promises.aggregate(newest=Max("turn"))["newest"] or 0
    row = work.add(
        Promise(
            appeal=appeal,
            assignment=part,
            unit=part.unit,
            answer=answer,
            turn=before + 1,
            what=what,
            due_on=day,
            state=PromiseState.OPEN,
            by=by,
            at=work.at,
        )
    )
    hold = clocks.timing(appeal.county, work.at).hold
    draft = tracking_words.planned(row, appeal, part.unit.short_name, again=after is not None)
    put_all(work, [draft], hold=hold)
    return row


def undo(work: Deed, part: Assignment) -> None:
    """Undo the tracking of a publication that nobody has read yet (撤回发布)."""
    clocks.stop(work, running_clock(part))
    call_off_promises(work, part.appeal)


def call_off_promises(work: Deed, appeal: Appeal) -> None:
    """Take back what is still promised, where the matter itself is taken back."""
    for row in appeal.promises.filter(state=PromiseState.OPEN).order_by("pk"):
        work.change(row, expect={"state": PromiseState.OPEN}, state=PromiseState.CALLED_OFF)


def told(work: Deed, part: Assignment) -> None:
    """Count the time to the next stage reply anew, within the deed of this one.

    Where the promised day has come, only the report on it helps.
    """
    row = part.promises.filter(state=PromiseState.OPEN).first()
    running = running_clock(part)
    today = local_date(work.at)
    if row is None or row.due_on <= today or local_date(running.started_at) == today:
        return
    restart(work, part, running, row.due_on)


def restart(work: Deed, part: Assignment, running: Clock, day: date) -> None:
    """Let the clock of the tracking run anew, to the next stage reply or to the day."""
    clock = _clock(work, part, day)
    work.change(part, expect={"state": part.state}, due_on=clock.due_on)
    work.change(part.appeal, expect={"state": part.appeal.state}, due_on=clock.due_on)
    clocks.stop(work, running)
    _start(work, clock, day)


def take_up(work: Deed, part: Assignment) -> None:
    """Go on with the matter (继续办理): the ordinary limit runs on, at least as after rework."""
    appeal = part.appeal
    least = clocks.timing(part.county, work.at).limits.rework_days
    handling = clocks.last(appeal, ClockKind.HANDLE, part)
    running = running_clock(part)
    due_on = clocks.due_after_going_on(handling, work.at, at_least=least)
    part.advance(work, "take_up", answered_at=None, outcome="", due_on=due_on)
    appeal.follow(work, part, outcome="", published_at=None, due_on=due_on)
    clocks.go_on_and_stop(work, handling, running, at_least=least)


def running_clock(part: Assignment) -> Clock:
    """Return the clock of the tracking.

    Raises:
        StaleState: somebody was faster, and the part is not tracked any more.
    """
    return clocks.running(part.appeal, ClockKind.TRACKING, part)


def _clock(work: Deed, part: Assignment, day: date) -> Clock:
    timing = clocks.timing(part.county, work.at)
    left = timing.calendar.between(local_date(work.at), day)
    # A promise for the day-off ahead is still asked for on a working day.
    days = max(1, min(timing.limits.days(ClockKind.TRACKING), left))
    return timing.new(
        ClockKind.TRACKING, part.appeal, work.at, unit=part.unit, days=days, assignment=part
    )


def _start(work: Deed, clock: Clock, day: date) -> None:
    clocks.promise(clock, Promised(work.at, day))
    work.add(clock)
