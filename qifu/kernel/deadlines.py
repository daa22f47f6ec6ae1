"""From a clock's marks to its deadline (时限): a pure function, and the only one.

A working day counts if the clock was running as the day began, so counting starts on the
next one (收到次日起); a deadline ends at 23:59:59 of the N-th. Nothing is derived from an
earlier result: the marks and the calendar versions that they cite say everything, so the
same marks give the same deadline for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from qifu.kernel.calendars import Calendar
from qifu.kernel.clock import end_of_day
from qifu.kernel.lives import Calendars, Life, Round, Span, State, live
from qifu.kernel.marks import Mark, Marks, Recomputed, Reworked, Started, Wait


@dataclass(frozen=True)
class Rule:
    """The numbers that the county may set (期限规则), under one version."""

    version: int = 1
    # 退回重办: what is left, but never fewer working days than this.
    rework_min: int = 2
    # 将到期: so many working days before the due day.
    soon: int = 1
    # 过半: more than this percentage of the time used.
    half: int = 50


@dataclass(frozen=True)
class Deadline:
    """What the marks say: limit, due day and time used are three things, and so is a promise.

    `due_on` is None while a pause leaves it open. Working days throughout.
    """

    limit: int
    allowed: int
    extended: int
    # 上级答复: added so that the unit had the days that it is owed at least.
    topped_up: int
    due_on: date | None
    state: State
    started_on: date
    paused_on: date | None
    why: Wait | None
    stopped_on: date | None
    reworked_on: date | None
    rework_days: int
    recomputed_on: date | None
    promised_on: date | None
    calendar_version: int
    rule_version: int
    rounds: tuple[Round, ...]
    spans: tuple[Span, ...]
    calendar: Calendar = field(repr=False, compare=False)

    @property
    def due_at(self) -> datetime | None:
        """The last moment that is still in time: 23:59:59 of the due day."""
        return end_of_day(self.due_on) if self.due_on else None

    @property
    def counts_from(self) -> date:
        """The first day that counts (起算日)."""
        return self.spans[0].calendar.add(self.started_on, 1)

    @property
    def unpublished(self) -> tuple[int, ...]:
        """The years the deadline touches whose holidays are not announced yet."""
        return self.calendar.unpublished(self.spans[-1].after, self.due_on or self.started_on)

    @property
    def given_back(self) -> int:
        """How many working days were not counted, because the clock was paused."""
        return sum(
            span.calendar.between(span.after, following.after) - span.counted
            for span, following in zip(self.spans, self.spans[1:], strict=False)
            if span.ended_by == State.PAUSED
        )

    def used_on(self, day: date) -> int:
        """Count what has been used by the end of the day, the day itself included."""
        last = self.spans[-1]
        done = sum(span.counted for span in self.spans)
        return done if last.until else done + max(0, last.calendar.between(last.after, day))

    def left_on(self, day: date) -> int:
        """Count what is left after the day; below zero when late."""
        return self.allowed - self.used_on(day)

    def is_late_on(self, day: date) -> bool:
        """Tell whether the due day of this round is over and the work was not in."""
        if self.state == State.STOPPED:
            return self.rounds[-1].late
        if self.state == State.PAUSED:
            return self.left_on(day) <= 0
        return self.due_on is not None and day > self.due_on

    def late_days_on(self, day: date) -> int:
        """Count the working days past due in this round, the day itself included."""
        if self.state == State.STOPPED:
            return self.rounds[-1].late_days
        return max(0, -self.left_on(day))


def read(marks: Sequence[Mark], calendars: Calendars) -> Deadline:
    """Read the deadline from the marks and the calendar versions that they cite.

    Raises:
        ValueError: the marks cannot follow each other (a pause of a stopped clock).
    """
    return _read(live(marks, calendars))


@dataclass(frozen=True)
class Recomputation:
    """A deadline worked out again (期限重算): the mark to add, and old and new."""

    mark: Recomputed
    before: Deadline
    after: Deadline

    @property
    def moved(self) -> bool:
        """Tell whether the due day, or what a paused clock has left, has changed."""
        day = self.mark.on
        return (self.before.due_on, self.before.left_on(day)) != (
            self.after.due_on,
            self.after.left_on(day),
        )


def recompute(
    marks: Marks,
    calendars: Calendars,
    *,
    at: datetime,
    calendar: int,
    rule: int,
    limit: int | None = None,
) -> Recomputation:
    """Work the deadline out again under another calendar or rule (期限重算).

    Nothing becomes late in retrospect: whoever was in time keeps the next working day
    at least. Nothing is excused: whoever was late stays so until there is a ruling.
    """
    mark = Recomputed(at, calendar, rule, limit)
    return Recomputation(mark, read(marks, calendars), read((*marks, mark), calendars))


def rework(marks: Marks, *, at: datetime, at_least: int, calendar: int, rule: int) -> Marks:
    """Add the sending back (退回重办), counted by the calendar that is in force now."""
    cited = [m.calendar for m in marks if isinstance(m, (Started, Recomputed))]
    catch_up = () if cited[-1] == calendar else (Recomputed(at, calendar, rule),)
    return (*marks, *catch_up, Reworked(at, at_least))


def _read(life: Life) -> Deadline:
    stopped = life.rounds[-1] if life.state == State.STOPPED else None
    due_on = stopped.due_on if stopped else life.due_on
    if life.state == State.PAUSED and not life.is_late(life.last_on):
        due_on = None
    return Deadline(
        limit=life.limit,
        allowed=life.allowed,
        extended=life.extended,
        topped_up=life.topped_up,
        due_on=due_on,
        state=life.state,
        started_on=life.spans[0].after,
        paused_on=life.pause.on if life.pause else None,
        why=life.pause.why if life.pause else None,
        stopped_on=stopped.stopped_on if stopped else None,
        reworked_on=life.reworked_on,
        rework_days=life.rework_days,
        recomputed_on=life.recomputed_on,
        promised_on=life.promised_on,
        calendar_version=life.calendar.version,
        rule_version=life.rule,
        rounds=tuple(life.rounds),
        spans=tuple(life.spans),
        calendar=life.calendar,
    )
