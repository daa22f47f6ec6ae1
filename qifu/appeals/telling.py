"""How an enterprise reads what happened: the same steps without the office's terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qifu.appeals.models.afterwards import CallbackOutcome, WithdrawalReason
from qifu.appeals.rules import Channel, DeclineReason, Outcome, Role
from qifu.organisations.models import Unit


@dataclass(frozen=True)
class Facts:
    """What a sentence is made of: codes, the units they name, and the words written."""

    data: Mapping[str, Any]
    units: Mapping[int, Unit]
    words: Mapping[str, str]

    @property
    def unit(self) -> str:
        unit = self.units.get(int(self.data.get("unit") or 0))
        return unit.short_name if unit else "承办单位"

    @property
    def role(self) -> str:
        return Role(self.data["role"]).label if "role" in self.data else ""

    @property
    def outcome(self) -> str:
        return Outcome(self.data["outcome"]).label if self.data.get("outcome") else ""

    @property
    def lead(self) -> str:
        """The unit that a dispatch gave the case to."""
        unit = self.units.get(int(self.data.get("lead") or 0))
        return unit.short_name if unit else ""

    @property
    def assists(self) -> list[str]:
        """The units that a dispatch asked to help."""
        helpers = [self.units.get(pk) for pk in self.data.get("assists", [])]
        return [unit.short_name for unit in helpers if unit]

    @property
    def with_files(self) -> str:
        """How many files were given along, never what they are called."""
        count = len(self.data.get("files", ()))
        return f"，附{count}个文件" if count else ""

    @property
    def with_letter(self) -> str:
        """That a letter went along, where the answer says no."""
        return "附办不成告知书，" if self.data.get("refusal") else ""

    @property
    def channel(self) -> str:
        return Channel(self.data["channel"]).label


Told = tuple[str, str]


def _submitted(facts: Facts) -> Told:
    if facts.data["channel"] == Channel.PLATFORM:
        return "您提出", f"您在网上说了难处{facts.with_files}。"
    return "您提出", f"您通过{facts.channel}说了难处{facts.with_files}。"


def _registered(facts: Facts) -> Told:
    return "已登记", f"您通过{facts.channel}说的难处，县办已记下。"


def _registered_locally(facts: Facts) -> Told:
    return (
        f"{facts.unit}先办",
        f"您通过{facts.channel}说的难处，{facts.unit}已开始办，县办也看得到。",
    )


def _accepted(_facts: Facts) -> Told:
    return "县办已受理", "正在找单位办。"


def _declined(facts: Facts) -> Told:
    reason = DeclineReason(facts.data["reason"]).label
    return "没有受理", f"{reason}。{facts.words.get('decline', '')}"


def _objected(facts: Facts) -> Told:
    return "您提了不同意见", facts.words.get("objection", "")


def _answered(facts: Facts) -> Told:
    return "县办答复您", facts.words.get("answer", "")


def _dispatched(facts: Facts) -> Told:
    helped = f"{'、'.join(facts.assists)}协助，" if facts.assists else ""
    # What the office tells the units is between them.
    return f"交给{facts.lead or '单位'}办", f"{helped}{facts.data.get('days')}个工作日内答复您。"


def _signed(facts: Facts) -> Told:
    doing = "协助办理。" if facts.data.get("role") == Role.ASSIST else "开始办了。"
    return f"{facts.unit}已签收", doing


def _unit_answered(facts: Facts) -> Told:
    if facts.data.get("promised"):
        day = date.fromisoformat(facts.data["promised"])
        words = f"承诺{day.month}月{day.day}日前办成，到期系统会再问，结果告诉您。"
        return f"{facts.unit}列入计划", words
    if facts.data.get("refusal"):
        return f"{facts.unit}答复您", "现在办不成，附办不成告知书，写明依据和您还可以怎么办。"
    return f"{facts.unit}答复您", "办成了没有，请您评价。"


def _rated(facts: Facts) -> Told:
    if facts.data.get("called"):
        return "您评价了", "评价已收到，县办会打电话问您。"
    return "您评价了", "评价已收到，这件办结。"


def _closed(_facts: Facts) -> Told:
    return "办结", "期限内没有评价，不算满意。"


def _called(facts: Facts) -> Told:
    said = {
        CallbackOutcome.AGAIN: (
            f"已请{facts.unit}重新办，{facts.data.get('days')}个工作日内答复您。"
        ),
        CallbackOutcome.RESUMED: "这件接着办。",
        CallbackOutcome.CONFIRMED: "按您的意思撤回了。",
    }
    outcome = CallbackOutcome(facts.data["outcome"])
    return "县办给您打过电话", said.get(outcome, "这件办结。")


def _reopened(facts: Facts) -> Told:
    return "您要求重办", facts.words.get("again", "")


def _withdrawn(facts: Facts) -> Told:
    return "您撤回了", f"{WithdrawalReason(facts.data['reason']).label}。"


def _urged(facts: Facts) -> Told:
    return "您催了一次", facts.words.get("urge") or "已告诉县办和承办单位。"


TOLD: Mapping[str, Callable[[Facts], Told]] = {
    "appeal.submitted": _submitted,
    "appeal.registered": _registered,
    "appeal.registered_locally": _registered_locally,
    "appeal.accepted": _accepted,
    "appeal.declined": _declined,
    "appeal.objected": _objected,
    "appeal.answered": _answered,
    "appeal.dispatched": _dispatched,
    "appeal.signed": _signed,
    "appeal.replied": _unit_answered,
    "appeal.approved": _unit_answered,
    "appeal.published": _unit_answered,
    "appeal.rated": _rated,
    "appeal.closed": _closed,
    "appeal.called_back": _called,
    "appeal.reopened": _reopened,
    "appeal.withdrawn": _withdrawn,
    "appeal.urged": _urged,
}
