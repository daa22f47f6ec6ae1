"""The timeline's sentences for a case that left (转出), on the desk and for the enterprise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qifu.appeals.rules import DeclineReason
from qifu.appeals.telling import Facts, Told

Line = tuple[str, str, bool]


def _turned_away(facts: Facts) -> Line:
    reason = DeclineReason(facts.data["reason"]).label
    way = "书面转到" if facts.data["handed"] else "请企业找"
    receipt = facts.words.get("receipt", "")
    under = f"（{receipt}）" if receipt else ""
    said = f"{reason}，{way}{facts.words['went_to']}{under}，{facts.words['whom']}。"
    return "转出", f"{said}{facts.words.get('decline', '')}", True


def _told(facts: Facts) -> Told:
    reason = DeclineReason(facts.data["reason"]).label
    way = "已转到" if facts.data["handed"] else "请找"
    said = f"{reason}，{way}{facts.words['went_to']}，{facts.words['whom']}。"
    return "不在这里办", f"{said}{facts.words.get('decline', '')}"


def _erased(_facts: Facts) -> Line:
    return "内容已删除", "原文和附件已书面移交，本系统不再保存。", True


LINES: Mapping[str, Callable[[Facts], Line]] = {
    "appeal.turned_away": _turned_away,
    "appeal.report_erased": _erased,
}
TOLD: Mapping[str, Callable[[Facts], Told]] = {"appeal.turned_away": _told}
