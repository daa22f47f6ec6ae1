"""The timeline's sentences for the main road of a case, as the desk reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from qifu.appeals.models import CallbackOutcome, WithdrawalReason
from qifu.appeals.rules import HAND_UP_REASONS, Channel, ClockKind, DeclineReason, Role
from qifu.appeals.telling import Facts
from qifu.appeals.tracking_lines import planned

Line = tuple[str, str, bool]


def _day(value: str | None) -> str:
    if not value:
        return "未定"
    day = date.fromisoformat(value)
    return f"{day.month}月{day.day}日"


def _submitted(facts: Facts) -> Line:
    channel = Channel(facts.data["channel"]).label
    return "提出诉求", f"通过{channel}提出{facts.with_files}。", True


def _said(facts: Facts) -> str:
    on = facts.data.get("said_on")
    return f"企业{_day(on)}说的，" if on else ""


def _registered(facts: Facts) -> Line:
    channel = Channel(facts.data["channel"]).label
    number, due = facts.data.get("upper_number"), facts.data.get("upper_due_on")
    above = f"，上级编号{number}，上级期限{_day(due)}" if number else ""
    return "登记诉求", f"{_said(facts)}{channel}登记{above}{facts.with_files}，县办待受理。", True


def _registered_locally(facts: Facts) -> Line:
    channel = Channel(facts.data["channel"]).label
    said = f"{_said(facts)}{channel}登记{facts.with_files}"
    return "属地办理", f"{said}，由{facts.unit}先行办理，县办同步看到。", True


def _accepted(_facts: Facts) -> Line:
    return "已受理", "县办已受理，正在确定责任单位。", True


def _declined(facts: Facts) -> Line:
    reason = DeclineReason(facts.data["reason"]).label
    words = facts.words.get("decline", "")
    return "不予受理", f"{reason}。{words}", True


def _objected(facts: Facts) -> Line:
    return "提出异议", facts.words.get("objection", ""), True


def _answered(facts: Facts) -> Line:
    return "县办答复", facts.words.get("answer", ""), True


def _dispatched(facts: Facts) -> Line:
    lead, assists = facts.lead, facts.assists
    helped = f"，{'、'.join(assists)}协办" if assists else ""
    words = facts.words.get("dispatch", "")
    days = facts.data.get("days")
    sentence = f"交{lead or '承办单位'}主办{helped}，{days}个工作日内答复。"
    return "已交办", sentence + (f"交办意见：{words}" if words else ""), True


def _taken_back(_facts: Facts) -> Line:
    return "撤回交办", "签收前撤回，重新确定责任单位。", False


def _signed(facts: Facts) -> Line:
    return "已签收", f"{facts.unit}（{facts.role}）已签收。", True


def _replied(facts: Facts) -> Line:
    if facts.data.get("role") == Role.ASSIST:
        return "协办意见", f"{facts.unit}：{facts.words.get('answer', '')}", False
    if facts.data.get("local") and not facts.data.get("signed", True):
        return "已答复", f"{facts.unit}已答复，免审签，请企业评价。", True
    return "答复待审签", f"{facts.unit}报送答复{facts.with_files}，结果“{facts.outcome}”。", False


def _approved(facts: Facts) -> Line:
    words = facts.words.get("approval", "")
    note = f"意见：{words}" if words else ""
    if facts.data.get("role") == Role.ASSIST:
        return "协办意见已交主办", f"{facts.unit}分管负责同志已审签。{note}", False
    if (line := planned(facts)) is not None:
        return line
    if facts.data.get("local"):
        return (
            "已答复",
            f"{facts.unit}分管负责同志已审签，答复已发布，{facts.with_letter}请企业评价。{note}",
            True,
        )
    return "答复待审核", f"{facts.unit}分管负责同志已审签。{note}", False


def _sent_back(facts: Facts) -> Line:
    words = facts.words.get("approval", "")
    return "退给经办人", f"{facts.unit}分管负责同志：{words}", False


def _published(facts: Facts) -> Line:
    if (line := planned(facts)) is not None:
        return line
    return "已答复", f"{facts.unit}的答复经县办审核发布，{facts.with_letter}等企业评价。", True


def _reworked(facts: Facts) -> Line:
    return "退回重办", f"县办退回{facts.unit}：{facts.words.get('rework', '')}", False


def _recalled(_facts: Facts) -> Line:
    return "撤回发布", "通知发出前撤回。", False


def _rated(facts: Facts) -> Line:
    # The grade is shown where access says so, not in a line that everybody reads.
    return "企业已评价", "评价已收到，诉求办结。", True


def _closed(_facts: Facts) -> Line:
    return "办结", "评价期满未评价，按未评价办结，不算满意。", True


def _handed_up(facts: Facts) -> Line:
    reason = HAND_UP_REASONS.get(facts.data.get("reason", ""), "")
    tried = facts.words.get("tried", "")
    return "上交县办", f"{facts.unit}上交：{reason}。已做工作：{tried}", False


def _taken_over(facts: Facts) -> Line:
    return "县办接办", f"由县办接办：{facts.words.get('take_over', '')}", False


def _recomputed(facts: Facts) -> Line:
    what = ClockKind(facts.data["clock"]).label
    before, after = _day(facts.data.get("before")), _day(facts.data.get("after"))
    return "期限重算", f"工作日历有调整，{what}期限由{before}改为{after}。", True


def _viewer_named(facts: Facts) -> Line:
    return "指定查看人", facts.words.get("viewer", ""), False


def _contact_shown(_facts: Facts) -> Line:
    return "查看完整号码", "打开了企业联系人的完整号码。", False


def _called(facts: Facts) -> Line:
    outcome = CallbackOutcome(facts.data["outcome"]).label
    words = facts.words.get("callback") or facts.words.get("again", "")
    return "县办回访", f"{outcome}。{words}", True


def _call_attempted(_facts: Facts) -> Line:
    return "回访未接通", "改天再打。", False


def _sampled(_facts: Facts) -> Line:
    return "抽查回访", "评价期满未评价，抽中回访。", False


def _reopened(facts: Facts) -> Line:
    return "要求重办", facts.words.get("again", ""), True


def _withdrawn(facts: Facts) -> Line:
    reason = WithdrawalReason(facts.data["reason"]).label
    return "企业撤回", f"{reason}。{facts.words.get('withdrawal', '')}", True


def _urged(facts: Facts) -> Line:
    return "企业催办", facts.words.get("urge") or "企业询问进展。", True


CASE_LINES: Mapping[str, Callable[[Facts], Line]] = {
    "appeal.submitted": _submitted,
    "appeal.registered": _registered,
    "appeal.registered_locally": _registered_locally,
    "appeal.accepted": _accepted,
    "appeal.declined": _declined,
    "appeal.objected": _objected,
    "appeal.answered": _answered,
    "appeal.dispatched": _dispatched,
    "appeal.taken_back": _taken_back,
    "appeal.signed": _signed,
    "appeal.replied": _replied,
    "appeal.approved": _approved,
    "appeal.sent_back": _sent_back,
    "appeal.published": _published,
    "appeal.reworked": _reworked,
    "appeal.recalled": _recalled,
    "appeal.rated": _rated,
    "appeal.closed": _closed,
    "appeal.handed_up": _handed_up,
    "appeal.taken_over": _taken_over,
    "appeal.recomputed": _recomputed,
    "appeal.viewer_named": _viewer_named,
    "appeal.called_back": _called,
    "appeal.call_attempted": _call_attempted,
    "appeal.sampled": _sampled,
    "appeal.reopened": _reopened,
    "appeal.withdrawn": _withdrawn,
    "appeal.urged": _urged,
    "appeal.contact_shown": _contact_shown,
}
