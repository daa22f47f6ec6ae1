"""How a case stands, in the enterprise's words: one lamp and one sentence, no jargon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from qifu.appeals.lifecycle import ENDED, State
from qifu.appeals.models import Appeal, Rating
from qifu.appeals.promises import Expectation, Promised
from qifu.appeals.rules import Outcome
from qifu.kernel.clock import local_date
from qifu.kernel.readings import Lamp, SayDay, late_words, with_year
from qifu.web.ui.dates import portal_date

# What the unit's outcome means to whoever asked (amendment 7).
OUTCOMES = {
    Outcome.SOLVED: "办成了",
    Outcome.PARTLY: "办成了一部分",
    Outcome.PLANNED: "已列入计划，还没办完",
    Outcome.EXPLAINED: "解释说明",
    Outcome.CONDITIONS: "条件还不具备，暂时办不了",
    Outcome.UNREASONABLE: "不能按您的要求办",
    Outcome.NOT_OURS: "不归本单位管，已转给管的单位",
    Outcome.UNREACHABLE: "没联系上您",
}


@dataclass(frozen=True)
class Standing:
    """How a case stands: the lamp's name and the sentence beside it."""

    lamp: str
    sentence: str


def day_writer(at: datetime) -> SayDay:
    """Return how days are written on the portal: `12月1日`, with the year if it is not this."""
    return with_year(portal_date, local_date(at))


def standing(appeal: Appeal, promise: Expectation, at: datetime) -> Standing:
    """Say how a case stands (县金融办在办，12月1日前答复您)."""
    say = day_writer(at)
    if appeal.state in ENDED:
        return _ended(appeal, say)
    if promise.what is Promised.SUPPLIED:
        return Standing(Lamp.PAUSED, f"等您补充，{by_when(promise.by, at)}补上，期间不计时")
    if promise.what is Promised.ABOVE:
        return Standing(Lamp.PAUSED, _running(appeal, promise, at, say))
    if promise.what is Promised.DONE:
        return _put_off(appeal, promise, at)
    if promise.what is Promised.RATING:
        return Standing(promise.reading.lamp, _to_rate(appeal, promise, at, say))
    if promise.reading.lamp is Lamp.OVERDUE:
        return Standing(Lamp.OVERDUE, f"{_who(appeal, promise)}已超期{_late(promise)}")
    return Standing(promise.reading.lamp, _running(appeal, promise, at, say))


def _ended(appeal: Appeal, say: SayDay) -> Standing:
    if appeal.state == State.CLOSED:
        return Standing(Lamp.DONE, _closed(appeal, say))
    if appeal.state == State.DECLINED:
        return Standing(Lamp.NONE, "没有受理，点开看原因和别的办法")
    if appeal.state == State.MERGED:
        return Standing(Lamp.FINE, "和同样的问题一起办，点开看进展")
    day = say(local_date(appeal.closed_at)) if appeal.closed_at else ""
    return Standing(Lamp.NONE, f"{day}您撤回了，不再办理")


def by_when(day: date | None, at: datetime) -> str:
    """Write by which day something is promised: `12月1日前`, `今天24:00前`."""
    if day is None:
        return "日期待定"
    return "今天24:00前" if day == local_date(at) else f"{day_writer(at)(day)}前"


def outcome_words(appeal: Appeal) -> str:
    """Say how it ended, as the unit claims."""
    return OUTCOMES[Outcome(appeal.outcome)] if appeal.outcome else ""


def rated_words(ratings: Iterable[Rating]) -> str:
    """Say what the enterprise said of it; silence is never satisfaction."""
    rating = next(iter(ratings), None)
    if rating is None:
        return "您没有评价，不算满意"
    said = f"您评了“{rating.get_grade_display()}”"
    return said if rating.is_counted else f"{said}，经评议不计入统计"


def _closed(appeal: Appeal, say: SayDay) -> str:
    day = say(local_date(appeal.closed_at)) if appeal.closed_at else ""
    result = outcome_words(appeal)
    return f"{day}办结，结果：{result}" if result else f"{day}办结"


def _to_rate(appeal: Appeal, promise: Expectation, at: datetime, say: SayDay) -> str:
    answered = say(local_date(appeal.published_at)) if appeal.published_at else ""
    left = promise.reading.left
    if left is None or left < 0:
        return f"{answered}已答复，等您评价"
    rest = "今天还可以评" if left == 0 else f"还有{left}个工作日可评"
    return f"{answered}已答复，{rest}"


def _put_off(appeal: Appeal, promise: Expectation, at: datetime) -> Standing:
    """Say of what was put off for which day it is promised, and whether that day was kept."""
    unit, day = appeal.lead_unit or "单位", promise.by
    if day is not None and day < local_date(at):
        return Standing(Lamp.OVERDUE, f"{unit}承诺{day_writer(at)(day)}前办成，没有按时办成")
    said = f"已列入计划，{unit}承诺{by_when(day, at)}办成"
    if promise.reading.lamp is Lamp.OVERDUE:
        return Standing(Lamp.OVERDUE, f"{said}，进展晚了{_late(promise)}没告诉您")
    return Standing(promise.reading.lamp, said)


def _running(appeal: Appeal, promise: Expectation, at: datetime, say: SayDay) -> str:
    when, unit = by_when(promise.by, at), appeal.lead_unit
    if promise.what is Promised.ABOVE:
        return f"已转上级办理，上级{when}答复" if promise.by else "已转上级办理，我们继续跟踪"
    if promise.what is Promised.CALLED:
        return f"{when}县办打电话问您"
    if promise.what is Promised.WHO or unit is None:
        seen = "县办已受理" if appeal.state == State.TO_DISPATCH else "县办在看"
        return f"{seen}，{when}告诉您谁来办"
    if promise.what is Promised.CHECKED:
        return f"{unit}已有答复，县办在核，{when}发给您"
    unsigned = appeal.state in (State.DISPATCHED, State.RETURN_REVIEW)
    doing = "已交" if unsigned else ""
    return f"{doing}{unit}{'办' if doing else '在办'}，{when}答复您"


def _who(appeal: Appeal, promise: Expectation) -> str:
    if promise.what is Promised.ANSWER and appeal.lead_unit is not None:
        return f"{appeal.lead_unit}"
    return "县办"


def _late(promise: Expectation) -> str:
    return late_words(promise.reading.late_days)
