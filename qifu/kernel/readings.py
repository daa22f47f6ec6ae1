"""The lamp (时限灯) and the deadline sentence: what is left, and why.

Shape, word and colour belong to the pages; which lamp burns and what it says is
decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from qifu.kernel.clock import local_date
from qifu.kernel.deadlines import Deadline, Rule
from qifu.kernel.lives import State

SayDay = Callable[[date], str]
RULE = Rule()


class Lamp(StrEnum):
    """The seven lamps, most urgent first."""

    OVERDUE = "overdue"
    SOON = "soon"
    HALF = "half"
    FINE = "fine"
    PAUSED = "paused"
    DONE = "done"
    NONE = "none"

    @property
    def word(self) -> str:
        """The word that stands beside the shape."""
        return WORDS[self]


WORDS = {
    Lamp.OVERDUE: "逾期",
    Lamp.SOON: "将到期",
    Lamp.HALF: "过半",
    Lamp.FINE: "正常",
    Lamp.PAUSED: "暂停",
    Lamp.DONE: "完成",
    Lamp.NONE: "不适用",
}


@dataclass(frozen=True)
class Reading:
    """What a row shows: the lamp, what is left (bold) and why (small).

    `left` and `late_days` are working days; `left` is None where no clock runs.
    """

    lamp: Lamp
    headline: str
    why: str = ""
    left: int | None = None
    late_days: int = 0


NO_CLOCK = Reading(Lamp.NONE, "没有时限")


def desk_day(day: date) -> str:
    """Write a date for the desk: `11-26（周四）`."""
    return f"{day:%m-%d}（周{'一二三四五六日'[day.weekday()]}）"


def briefly(full: Reading, deadline: Deadline, say_day: SayDay = desk_day) -> Reading:
    """Shorten the small part of a sentence for a row of a list: `5个工作日，11-25（周三）到期`.

    Whatever is out of the ordinary (a pause, an extension, a recount) is said in full.
    """
    odd = deadline.unpublished or deadline.extended or deadline.recomputed_on
    odd = odd or deadline.reworked_on or deadline.given_back
    if odd or deadline.due_on is None or full.lamp in (Lamp.PAUSED, Lamp.DONE, Lamp.NONE):
        return full
    return replace(full, why=f"{deadline.limit}个工作日，{say_day(deadline.due_on)}到期")


def reading(
    deadline: Deadline | None, at: datetime, rule: Rule = RULE, say_day: SayDay = desk_day
) -> Reading:
    """Read the lamp and the sentence as they stand at this moment.

    `say_day` writes a date as the page's reader sees it.
    """
    if deadline is None:
        return NO_CLOCK
    today = local_date(at)
    say = with_year(say_day, today)
    if deadline.state == State.STOPPED:
        return _done(deadline)
    if deadline.state == State.PAUSED:
        return _paused(deadline, today, say)
    if deadline.is_late_on(today):
        days = deadline.late_days_on(today)
        return Reading(Lamp.OVERDUE, f"逾期{late_words(days)}", _why(deadline, say), -days, days)
    left = deadline.left_on(today)
    lamp = _running(deadline, today, left, rule)
    return Reading(lamp, _headline(deadline, today, left), _why(deadline, say), left)


def _running(deadline: Deadline, today: date, left: int, rule: Rule) -> Lamp:
    # A one-day step would be 将到期 from birth: it turns only on its due day.
    if left <= min(rule.soon, deadline.allowed - 1):
        return Lamp.SOON
    used = deadline.used_on(today)
    return Lamp.HALF if used * 100 > deadline.allowed * rule.half else Lamp.FINE


def _headline(deadline: Deadline, today: date, left: int) -> str:
    if deadline.due_on == today:
        return "今天24:00到期"
    if deadline.due_on == today + timedelta(days=1):
        return "明天24:00到期"
    return f"剩{left}个工作日"


def _why(deadline: Deadline, say: SayDay) -> str:
    due = f"{say(deadline.due_on)}24:00" if deadline.due_on else ""

    def short(day: date) -> str:
        return without_weekday(say(day))

    if deadline.unpublished:
        return f"该年度节假日安排未公布，暂算到{due}"
    if deadline.extended:
        return f"已延期{deadline.extended}个工作日，{due}到期"
    if deadline.reworked_on:
        from_day = deadline.calendar.add(deadline.reworked_on, 1)
        return f"重办{deadline.rework_days}个工作日，{short(from_day)}起算，{due}到期"
    if deadline.recomputed_on:
        return f"{deadline.limit}个工作日，{short(deadline.recomputed_on)}重算，{due}到期"
    if deadline.given_back:
        return f"{deadline.limit}个工作日，扣除暂停{deadline.given_back}个，{due}到期"
    return f"{deadline.limit}个工作日，{short(deadline.counts_from)}起算，{due}到期"


def _paused(deadline: Deadline, today: date, say: SayDay) -> Reading:
    left, days = deadline.left_on(today), deadline.late_days_on(today)
    rest = f"已逾期{late_words(days)}" if deadline.is_late_on(today) else f"剩{left}个工作日"
    why = ""
    if deadline.paused_on and deadline.why:
        why = f"{without_weekday(say(deadline.paused_on))}起{deadline.why.phrase}"
    return Reading(Lamp.PAUSED, f"暂停，{rest}", why, left, days)


def _done(deadline: Deadline) -> Reading:
    days = sum(one.late_days for one in deadline.rounds)
    late = any(one.late for one in deadline.rounds)
    used = deadline.used_on(deadline.started_on)
    limit = f"限{deadline.limit}个"
    why = f"用了{used}个工作日，{limit}" if used else f"当天完成，{limit}工作日"
    if deadline.extended:
        why += f"，延期{deadline.extended}个"
    return Reading(
        Lamp.DONE, f"逾期{late_words(days)}完成" if late else "按时完成", why, None, days
    )


def late_words(days: int) -> str:
    """Say how late, in working days."""
    # Due on Friday and it is Saturday: late, though no working day has passed.
    return f"{days}个工作日" if days else "不到1个工作日"


def with_year(say_day: SayDay, today: date) -> SayDay:
    """Let the year be said wherever it is not this one: `2027-01-06（周三）`."""

    def say(day: date) -> str:
        said = say_day(day)
        if day.year == today.year:
            return said
        return f"{day.year}{'-' if '-' in said else '年'}{said}"

    return say


def without_weekday(said: str) -> str:
    """Leave the weekday away where there is no room for it: `11-26`."""
    return said.split("（")[0]
