"""How a deadline came about (时限怎么算的): sentences, and the count day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qifu.kernel.calendars import Calendar
from qifu.kernel.clock import local_date
from qifu.kernel.deadlines import Deadline, Recomputation
from qifu.kernel.lives import ONE_DAY, Span, State
from qifu.kernel.readings import SayDay, desk_day, late_words, with_year


@dataclass(frozen=True)
class Explanation:
    """One sentence each for the limit, the time used and the promise."""

    due: str
    used: str
    promise: str


@dataclass(frozen=True)
class Day:
    """One line of the count; `number` says which working day it was, if it counted."""

    on: date
    label: str
    number: int | None = None
    is_due: bool = False

    @property
    def counted(self) -> bool:
        """Tell whether the day used up time."""
        return self.number is not None


def explain(deadline: Deadline, at: datetime, say_day: SayDay = desk_day) -> Explanation:
    """Say in three sentences why the deadline is what it is (时限怎么算的)."""
    today = local_date(at)
    say = with_year(say_day, today)
    return Explanation(
        due=_due(deadline, today, say),
        used=_used(deadline, today, say),
        promise=_promise(deadline, say),
    )


def explain_recomputation(again: Recomputation, say_day: SayDay = desk_day) -> str:
    """Say what a recomputation (期限重算) has done to the due day."""
    before, after = again.before.due_on, again.after.due_on
    say_day = with_year(say_day, again.mark.on)
    if before is None or after is None:
        left = again.after.left_on(again.mark.on)
        return f"按日历第{again.mark.calendar}版重算，暂停中，恢复后还有{left}个工作日。"
    if before == after:
        return f"按日历第{again.mark.calendar}版重算，到期日仍是{say_day(after)}。"
    return f"按日历第{again.mark.calendar}版重算，到期日由{say_day(before)}改为{say_day(after)}。"


def day_by_day(deadline: Deadline, at: datetime) -> list[Day]:
    """List every day from the start to the due day, or to now if that is later."""
    today = local_date(at)
    last = deadline.stopped_on or max(deadline.due_on or today, today)
    tally = _Tally(deadline, last)
    for span, following in zip(deadline.spans, (*deadline.spans[1:], None), strict=True):
        tally.run(span)
        tally.rest(span, following.after if following else last)
    return tally.days


class _Tally:
    """The count while it is written down, one line a day."""

    def __init__(self, deadline: Deadline, last: date) -> None:
        self.days = [Day(deadline.started_on, "开始计时，当天不计")]
        self.last = last
        self.number = 0
        self.late = 0
        self.dues = [*(one.due_on for one in deadline.rounds), deadline.due_on]

    def run(self, span: Span) -> None:
        """Write the days in which the clock ran."""
        until = span.until or self.last
        # Paused on its last day, the clock gets it back: it stands among the rest.
        if span.until and span.calendar.between(span.after, until) > span.counted:
            until -= ONE_DAY
        day = span.after + ONE_DAY
        while day <= until:
            self.days.append(self.day(span.calendar, day))
            day += ONE_DAY

    def rest(self, span: Span, until: date) -> None:
        """Write the days in which it stood still, up to the given one."""
        label = "暂停，不计" if span.ended_by == State.PAUSED else "已交办公室，不计"
        day = self.days[-1].on + ONE_DAY
        while span.until is not None and day <= until:
            self.days.append(Day(day, label))
            day += ONE_DAY
        if span.ended_by == State.STOPPED:
            self.dues, self.late = self.dues[1:], 0

    def day(self, calendar: Calendar, day: date) -> Day:
        """Write one day in which the clock ran."""
        name, due = calendar.name(day), self.dues[0]
        if not calendar.is_workday(day):
            return Day(day, f"{name}，不计")
        self.number += 1
        self.late += due is not None and day > due
        parts = [name] if name else []
        parts.append(f"逾期第{self.late}个工作日" if self.late else f"第{self.number}个工作日")
        if day == due:
            parts.append("24:00到期")
        if not calendar.published(day.year):
            parts.append("节假日安排未公布，暂按工作日计")
        return Day(day, "，".join(parts), self.number, day == due)


def _due(deadline: Deadline, today: date, say_day: SayDay) -> str:
    parts = [
        f"{say_day(deadline.started_on)}开始",
        f"从下一个工作日{say_day(deadline.counts_from)}起算",
        f"限{deadline.limit}个工作日",
    ]
    given = (
        (deadline.extended, f"延期{deadline.extended}个工作日"),
        (deadline.given_back, f"暂停的{deadline.given_back}个工作日不计"),
        (deadline.topped_up, f"上级答复后补足{deadline.topped_up}个工作日"),
    )
    parts += [words for days, words in given if days]
    if deadline.recomputed_on:
        parts.append(f"{say_day(deadline.recomputed_on)}按新的日历或规定重算")
    if deadline.reworked_on:
        left = deadline.rework_days
        parts.append(f"{say_day(deadline.reworked_on)}退回重办，还有{left}个工作日")
    if deadline.unpublished:
        years = "、".join(f"{year}年" for year in deadline.unpublished)
        parts.append(f"{years}节假日安排未公布，暂按周一至周五减去固定节日计算")
    if deadline.due_on:
        parts.append(f"到{say_day(deadline.due_on)}24:00为止")
    elif deadline.state == State.PAUSED:
        left = deadline.left_on(today)
        parts.append(f"现在暂停，恢复后的下一个工作日起还有{left}个工作日")
    return "，".join(parts) + "。"


def _used(deadline: Deadline, today: date, say_day: SayDay) -> str:
    stopped = deadline.stopped_on
    used = deadline.used_on(stopped or today)
    spent = f"用了{used}个工作日"
    if stopped:
        late = any(one.late for one in deadline.rounds)
        return f"{say_day(stopped)}完成，{spent}，{'逾期' if late else '按时'}。"
    if deadline.is_late_on(today):
        return f"到今天{spent}，已逾期{late_words(deadline.late_days_on(today))}。"
    return f"到今天{spent}，还剩{deadline.left_on(today)}个。"


def _promise(deadline: Deadline, say_day: SayDay) -> str:
    promised, due = deadline.promised_on, deadline.due_on
    if promised is None:
        return "没有向企业承诺过日期。"
    said = f"向企业承诺{say_day(promised)}前答复"
    if due is None or promised == due:
        return f"{said}。"
    return f"{said}，时限{'晚于' if due > promised else '早于'}承诺，承诺不随时限变动。"
