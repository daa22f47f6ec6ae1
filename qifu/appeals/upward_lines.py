"""The timeline's sentences for the way up and back: for the desk, and for the enterprise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from qifu.appeals.models.upward import Level, StuckBy, UpperResult, named
from qifu.appeals.rules import ReplyChannel
from qifu.appeals.telling import Facts, Told

Line = tuple[str, str, bool]


def _organ(facts: Facts) -> str:
    return named(Level(facts.data["level"]).label, facts.words.get("organ", "上级单位"))


def _told_of(facts: Facts) -> str:
    """Say what is known from above: `，上级编号X，上级期限12月8日`."""
    number, day = facts.data.get("number"), facts.data.get("due_on")
    said = f"，上级编号{number}" if number else ""
    if not day:
        return said
    due = date.fromisoformat(day)
    return f"{said}，上级期限{due.month}月{due.day}日"


def _asked(facts: Facts) -> Line:
    reason = StuckBy(facts.data["reason"]).label
    proposal = facts.words.get("proposal", "")
    sentence = f"{facts.unit}申请转{_organ(facts)}，卡在{reason}。建议：{proposal}"
    return "申请提级", sentence, False


def _denied(facts: Facts) -> Line:
    return "提级未同意", f"由{facts.unit}接着办。{facts.words.get('ruling', '')}", False


def _escalated(facts: Facts) -> Line:
    paused = f"{facts.unit}暂停计时。" if facts.data.get("unit") else ""
    return "转上级", f"转{_organ(facts)}办理{_told_of(facts)}。{paused}", True


def _entered(facts: Facts) -> Line:
    handled = facts.words.get("handled_by")
    by = f"，上级承办{handled}" if handled else ""
    return "上级已登记", f"{_told_of(facts).lstrip('，')}{by}。".lstrip("，"), True


def _came_back(facts: Facts) -> Line:
    result = UpperResult(facts.data["result"]).label
    return "上级答复", f"{result}{facts.with_files}。{facts.words.get('upper_reply', '')}", True


def _posted_back(facts: Facts) -> Line:
    day = date.fromisoformat(facts.data["posted_on"])
    through = ReplyChannel(facts.data["through"]).label
    sentence = f"{day.month}月{day.day}日已在{through}填上答复，上级编号{facts.data['number']}"
    return (
        "回填上级平台",
        f"{sentence}{facts.with_files}。{facts.words.get('post_back', '')}",
        False,
    )


UPWARD_LINES: Mapping[str, Callable[[Facts], Line]] = {
    "appeal.escalation_asked": _asked,
    "appeal.escalation_denied": _denied,
    "appeal.escalated": _escalated,
    "appeal.upper_entered": _entered,
    "appeal.came_back": _came_back,
    "appeal.posted_back": _posted_back,
}


def _told_up(facts: Facts) -> Told:
    number = facts.data.get("number")
    said = f"，上级编号{number}" if number else ""
    return "已转上级办理", f"已转{_organ(facts)}办理{said}，我们继续跟踪。"


def _told_entered(facts: Facts) -> Told:
    return "上级已登记", f"{_told_of(facts).lstrip('，') or '上级已收件'}。"


def _told_back(facts: Facts) -> Told:
    who = f"{facts.unit}接着办" if facts.data.get("unit") else "县办接着安排"
    return "上级已答复", f"{who}，办完答复您。"


UPWARD_TOLD: Mapping[str, Callable[[Facts], Told]] = {
    "appeal.escalated": _told_up,
    "appeal.upper_entered": _told_entered,
    "appeal.came_back": _told_back,
}
