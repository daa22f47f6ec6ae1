"""What the timeline says of what was put off: for the desk, and for the enterprise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from qifu.appeals.ladder import ReminderKind
from qifu.appeals.telling import Facts, Told

Line = tuple[str, str, bool]


def planned(facts: Facts) -> Line | None:
    """Say of a published answer that it puts the matter off; None where it does not."""
    if not facts.data.get("promised"):
        return None
    return "已列入计划", f"{facts.unit}承诺{_day(facts, 'promised')}前办成，转跟踪办理。", True


def asked(facts: Facts) -> Line | None:
    """Say what qifu asked of a unit that tracks a matter; None for any other reminder."""
    day, late = _day(facts, "promised"), facts.data.get("late")
    said = {
        ReminderKind.PROMISE: f"承诺{day}前办成，已提醒专职人员到期报告。",
        ReminderKind.UNREPORTED: (
            f"承诺{day}前办成，已过{late}个工作日没有报告，已通知专职人员和分管负责同志。"
        ),
        ReminderKind.STAGE: f"应于{_day(facts, 'due')}前给企业阶段答复，已提醒专职人员。",
        ReminderKind.STAGE_LATE: (
            f"应于{_day(facts, 'due')}前给企业阶段答复，已过{late}个工作日，"
            "已通知专职人员和分管负责同志。"
        ),
        ReminderKind.MONTHLY: f"列入计划已满{facts.data.get('turn')}个月，已提醒分管负责同志过问。",
    }
    kind = ReminderKind(facts.data["reminder"])
    if kind not in said:
        return None
    public = kind in (ReminderKind.UNREPORTED, ReminderKind.STAGE_LATE)
    return kind.label, f"{facts.unit}：{said[kind]}", public


def _kept(facts: Facts) -> Line:
    title = "承诺已兑现" if facts.data.get("in_time") else "承诺逾期才兑现"
    return title, f"{_promised(facts)}{facts.words.get('kept', '')}", True


def _broken(facts: Facts) -> Line:
    if "broken" not in facts.words:
        return "承诺未兑现", f"{_promised(facts)}到期没有报告，计未兑现。", True
    again = _again(facts)
    follows = f"改为承诺{again}前办成。" if again else "不再承诺日期，继续办理后另行答复。"
    return "承诺未兑现", f"{_promised(facts)}{facts.words['broken']}{follows}", True


def _objected(facts: Facts) -> Line:
    return "企业对承诺日期有异议", facts.words.get("objection", ""), True


def _milestone(facts: Facts) -> Line:
    what = facts.words.get("milestone", "")
    return "加节点", f"{facts.unit}：{what}，计划{_day(facts, 'planned')}前。", True


def _milestone_done(facts: Facts) -> Line:
    number = facts.data.get("turn")
    return "节点完成", f"{facts.unit}：第{number}个节点（计划{_day(facts, 'planned')}）完成。", True


def _told_kept(facts: Facts) -> Told:
    return f"{facts.unit}说办成了", f"{facts.words.get('kept', '')}正式答复随后发给您，请您评价。"


def _told_broken(facts: Facts) -> Told:
    day = _day(facts, "promised")
    if "broken" not in facts.words:
        return "没有按时办成", f"{facts.unit}承诺{day}前办成，没有报告结果，县办在督促。"
    again = _again(facts)
    follows = f"改为{again}前办成。" if again else f"{facts.unit}继续办理，另行答复您。"
    return "没有按时办成", f"{facts.words['broken']}{follows}"


def _promised(facts: Facts) -> str:
    return f"{facts.unit}承诺{_day(facts, 'promised')}前办成。"


def _again(facts: Facts) -> str:
    return _day(facts, "again") if facts.data.get("again") else ""


def _day(facts: Facts, name: str) -> str:
    said = facts.data.get(name)
    if not said:
        return "到期日"
    day = date.fromisoformat(said)
    return f"{day.month}月{day.day}日"


TRACKING_LINES: Mapping[str, Callable[[Facts], Line]] = {
    "appeal.promise_kept": _kept,
    "appeal.promise_broken": _broken,
    "appeal.promise_objected": _objected,
    "appeal.milestone_added": _milestone,
    "appeal.milestone_done": _milestone_done,
}
TRACKING_TOLD: Mapping[str, Callable[[Facts], Told]] = {
    "appeal.promise_kept": _told_kept,
    "appeal.promise_broken": _told_broken,
    "appeal.promise_objected": lambda facts: (
        "您对承诺日期有不同意见",
        facts.words.get("objection", ""),
    ),
    "appeal.milestone_added": lambda facts: (
        f"{facts.unit}定了一步",
        f"{facts.words.get('milestone', '')}，计划{_day(facts, 'planned')}前。",
    ),
    "appeal.milestone_done": lambda facts: (
        f"{facts.unit}办完一步",
        f"第{facts.data.get('turn')}步办完了。",
    ),
}
