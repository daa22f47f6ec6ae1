"""What the enterprise may count on: who moves next, and by which day.

What is counted on is measured from the enterprise's side: whoever asked on Monday was told a day,
and how the office shares it out among its own clocks is not his concern.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qifu.appeals import clocks, readings
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, Clock, Decline
from qifu.appeals.rules import ClockKind
from qifu.kernel.clock import local_date
from qifu.kernel.deadlines import Deadline, read
from qifu.kernel.marks import Started
from qifu.kernel.readings import NO_CLOCK, Reading, SayDay, desk_day, reading
from qifu.workdays.almanac import almanac


class Promised(StrEnum):
    """What is promised next."""

    WHO = "who"  # the office says who handles it
    ANSWER = "answer"  # the unit answers
    CHECKED = "checked"  # the office has checked the answer and sends it
    RATING = "rating"  # until then the enterprise rates
    SUPPLIED = "supplied"  # until then the enterprise supplies what is missing
    ABOVE = "above"  # the upper organ replies to the office
    DONE = "done"  # the unit has done what it put off
    CALLED = "called"  # the office rings the enterprise
    NOTHING = "nothing"


# What the enterprise waits for, by where the case stands.
WAITING_FOR = {
    State.SUBMITTED: Promised.WHO,
    State.TO_DISPATCH: Promised.WHO,
    State.DISPATCHED: Promised.ANSWER,
    State.LOCAL: Promised.ANSWER,
    State.HANDLING: Promised.ANSWER,
    State.APPROVAL: Promised.ANSWER,
    State.REVIEW: Promised.CHECKED,
    State.TO_EVALUATE: Promised.RATING,
    State.SUPPLEMENT: Promised.SUPPLIED,
    # The unit's clock runs on while the office rules.
    State.RETURN_REVIEW: Promised.ANSWER,
    State.ESCALATED: Promised.ABOVE,
    State.TRACKING: Promised.DONE,
    State.CALLBACK: Promised.CALLED,
    State.CLOSED: Promised.NOTHING,
    State.DECLINED: Promised.NOTHING,
    State.WITHDRAWN: Promised.NOTHING,
    # What its parent promises is read of the parent.
    State.MERGED: Promised.NOTHING,
}

# The day stands with the case; nobody's clock here runs meanwhile.
OTHERS = (Promised.SUPPLIED, Promised.ABOVE)
OFFICE_PROMISES = {Promised.CHECKED: ClockKind.REVIEW, Promised.CALLED: ClockKind.CALLBACK}


@dataclass(frozen=True)
class Expectation:
    """One thing to count on: what, how its limit came about, and how it stands now."""

    what: Promised
    deadline: Deadline | None = None
    reading: Reading = NO_CLOCK
    # The enterprise's own day, or the upper organ's, while the clock of whoever asked stands still.
    until: date | None = None

    @property
    def by(self) -> date | None:
        """The day by which it is to be kept; None while a pause leaves it open."""
        return self.until or (self.deadline.due_on if self.deadline else None)


def promises(
    appeals: Sequence[Appeal], at: datetime, say_day: SayDay = desk_day
) -> dict[int, Expectation]:
    """Return what each case's enterprise may count on, by key, with one query."""
    if not appeals:
        return {}
    found: dict[int, list[Clock]] = {}
    rows = Clock.objects.in_county(appeals[0].county).filter(appeal__in=appeals)
    for clock in rows.select_related("assignment").order_by("pk"):
        found.setdefault(clock.appeal_id, []).append(clock)
    return {each.pk: promise(each, found.get(each.pk, []), at, say_day) for each in appeals}


def promise(
    appeal: Appeal, started: Iterable[Clock], at: datetime, say_day: SayDay = desk_day
) -> Expectation:
    """Return what the enterprise may count on, given the case's clocks in their order."""
    what = WAITING_FOR[State(appeal.state)]
    deadline = _deadline(what, appeal, list(started))
    until = appeal.due_on if what in OTHERS else None
    if what is Promised.DONE and deadline is not None:
        # Its clock may run to a stage reply before; the enterprise waits for the day.
        until = deadline.promised_on
    return Expectation(what, deadline, reading(deadline, at, say_day=say_day), until)


def handed_out_by(county: str, at: datetime) -> date:
    """Return the day by which whoever speaks up now is told who handles it."""
    timing = clocks.timing(county, at)
    days = timing.limits.days(ClockKind.ACCEPT) + timing.limits.days(ClockKind.DISPATCH)
    return timing.calendar.add(local_date(at), days)


def objection_until(decline: Decline) -> date | None:
    """Return the last day on which the decline can be objected to; None if it is final."""
    if decline.final:
        return None
    timing = clocks.timing(decline.county, decline.at)
    return timing.due_on(timing.limits.objection_days, decline.at)


def _deadline(what: Promised, appeal: Appeal, started: list[Clock]) -> Deadline | None:
    if what is Promised.WHO:
        return _hand_out(started)
    if what is Promised.ANSWER:
        lead = readings.lead_clock(started)
        return clocks.deadline(lead) if lead else None
    if what is Promised.DONE:
        clock = _newest(started, ClockKind.TRACKING)
        return clocks.deadline(clock) if clock else None
    if what in OFFICE_PROMISES:
        clock = _newest(started, OFFICE_PROMISES[what])
        return clocks.deadline(clock) if clock else None
    return readings.rating_deadline(appeal) if what is Promised.RATING else None


def _hand_out(started: list[Clock]) -> Deadline | None:
    accepting = _newest(started, ClockKind.ACCEPT)
    if accepting is None:
        # Handed up by a township: the office has only to hand it on.
        dispatching = _newest(started, ClockKind.DISPATCH)
        return clocks.deadline(dispatching) if dispatching else None
    limits = clocks.timing(accepting.county, accepting.started_at).limits
    days = accepting.limit + limits.days(ClockKind.DISPATCH)
    mark = Started(accepting.started_at, days, accepting.calendar_version, accepting.rule_version)
    return read((mark,), almanac(accepting.county))


def _newest(started: list[Clock], kind: ClockKind) -> Clock | None:
    return next((clock for clock in reversed(started) if clock.kind == kind), None)
