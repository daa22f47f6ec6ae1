"""The timeline's sentences about a rating that is left out of the figures, or is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qifu.appeals.models.exclusions import ExcludeReason
from qifu.appeals.telling import Facts, Told

Line = tuple[str, str, bool]


def _asked(facts: Facts) -> Line:
    reason = ExcludeReason(facts.data["reason"]).label
    words = facts.words.get("exclusion", "")
    return "申请剔除评价", f"{facts.unit}认为是“{reason}”。{words}", False


def _ruled(facts: Facts) -> Line:
    excluded, again = facts.data["excluded"], facts.data["again"]
    title = "评价剔除" if excluded else "评价不予剔除"
    title = f"复议：{title}" if again else title
    said = f"{facts.data['people']}人评议，{facts.data['votes_for']}人同意剔除。"
    # What was asked in vain is no matter of the enterprise's.
    return title, f"{said}{facts.words.get('panel', '')}", excluded or again


def _objected(facts: Facts) -> Line:
    return "企业不同意剔除评价", facts.words.get("objection", ""), True


EXCLUSION_LINES: Mapping[str, Callable[[Facts], Line]] = {
    "appeal.exclusion_asked": _asked,
    "appeal.exclusion_ruled": _ruled,
    "appeal.exclusion_objected": _objected,
}


def _told_ruled(facts: Facts) -> Told:
    words = facts.words.get("panel", "")
    said = f"{facts.data['people']}人评议：{words}"
    if not facts.data["excluded"]:
        return "您的评价照常计入", f"县里重新评议，同意您的意见。{said}"
    if facts.data["again"]:
        return "您的评价不计入统计", f"县里重新评议，维持原来的结果。{said}"
    return "您的评价不计入统计", f"{said}原评价仍然保留。"


EXCLUSION_TOLD: Mapping[str, Callable[[Facts], Told]] = {
    "appeal.exclusion_ruled": _told_ruled,
    "appeal.exclusion_objected": lambda facts: (
        "您不同意剔除评价",
        facts.words.get("objection", ""),
    ),
}
