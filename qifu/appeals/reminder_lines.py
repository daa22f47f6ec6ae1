"""What the timeline says of reminders: the 催办 everybody reads, the rest the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from qifu.appeals import tracking_lines
from qifu.appeals.ladder import URGES, ReminderKind, Rung
from qifu.appeals.reminder_words import next_sentence
from qifu.appeals.rules import ClockKind
from qifu.appeals.telling import Facts


def reminded(facts: Facts) -> tuple[str, str, bool]:
    """Say who was reminded of what, and what he was told comes next."""
    if said_of_promise := tracking_lines.asked(facts):
        return said_of_promise
    kind = ReminderKind(facts.data["reminder"])
    if kind == ReminderKind.RATE:
        return "再请企业评价", "答复后还没有评价，已提醒一次。", False
    if kind == ReminderKind.BACK:
        return "回问企业", "办结一段时间后，已问企业有没有反复。", False
    if kind == ReminderKind.TOLD:
        return "告知企业进展", f"按承诺告知企业{facts.unit}办到哪一步。", False
    if kind == ReminderKind.OFFICE:
        step = ClockKind(facts.data["clock"]).label
        return "县办超时提醒", f"县办{step}{_late(facts.data)}，已提醒经办人和主任。", False
    if kind == ReminderKind.IDLE:
        return kind.label, f"{facts.unit}（{facts.role}）时间过半还没有办理记录，已提醒。", False
    words = facts.words.get("reminder", "")
    said = (
        f"{facts.unit}（{facts.role}）{_stands(kind, facts.data)}，已通知专职人员和分管负责同志。"
    )
    return kind.label, f"{said}{_next(facts.data)}{words}", kind in URGES


def told(facts: Facts) -> tuple[str, str]:
    """Say the same to the enterprise."""
    kind = ReminderKind(facts.data["reminder"])
    missing = {
        ReminderKind.SIGN_URGE: f"{facts.unit}还没有签收，",
        ReminderKind.CONTACT: f"{facts.unit}还没有联系您，",
        ReminderKind.UNREPORTED: f"{facts.unit}没有报告承诺的事办成没有，",
        ReminderKind.STAGE_LATE: f"{facts.unit}没有按时告诉您进展，",
        ReminderKind.URGE: f"{facts.unit}还没有答复，{_late(facts.data)}，",
    }
    return f"县办催了{facts.unit}", f"{missing.get(kind, '')}县办已催办。"


def _stands(kind: ReminderKind, codes: Any) -> str:
    due = _day(codes.get("due"))
    if codes.get("late"):
        step = "签收" if kind in (ReminderKind.UNSIGNED, ReminderKind.SIGN_URGE) else ""
        return f"{step}{_late(codes)}"
    return f"{due}24:00到期"


def _late(codes: Any) -> str:
    return f"已逾期{codes.get('late')}个工作日" if codes.get("late") else "已逾期"


def _next(codes: Any) -> str:
    if not codes.get("next"):
        return ""
    kind = ReminderKind(codes["reminder"])
    said = next_sentence(Rung(kind, codes["rung"], date.fromisoformat(codes["next"])))
    return f"{said}。" if said else ""


def _day(value: str | None) -> str:
    if not value:
        return "时限"
    day = date.fromisoformat(value)
    return f"{day.month}月{day.day}日"
