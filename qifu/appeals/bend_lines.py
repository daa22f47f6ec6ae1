"""The timeline's sentences for the bends of the road: for the desk, and for the enterprise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qifu.appeals.models.unit_bends import Means, ReturnReason
from qifu.appeals.telling import Facts, Told

Line = tuple[str, str, bool]


def _returned(facts: Facts) -> Line:
    reason = ReturnReason(facts.data["reason"]).label
    proposed = facts.units.get(int(facts.data.get("proposed") or 0))
    to = f"，建议交{proposed.short_name}" if proposed else ""
    return "退单", f"{facts.unit}：{reason}{to}。{facts.words.get('return', '')}", False


def _return_ruled(facts: Facts) -> Line:
    ruling = "成立，重新交办" if facts.data.get("upheld") else "不成立，由本单位办理"
    return "裁定退单", f"{facts.unit}的退单{ruling}。{facts.words.get('ruling', '')}", False


def _extension_asked(facts: Facts) -> Line:
    days = facts.data["days"]
    return "申请延期", f"{facts.unit}申请{days}个工作日：{facts.words.get('extension', '')}", False


def _extension_ruled(facts: Facts) -> Line:
    granted, words = facts.data["granted"], facts.words.get("ruling", "")
    if not granted:
        return "延期未批", f"{facts.unit}的延期未批准。{words}", False
    return "延期", f"{facts.unit}延长{granted}个工作日。{words}", True


def _extension_objected(facts: Facts) -> Line:
    return "企业对延期有异议", facts.words.get("objection", ""), True


def _supplement_asked(facts: Facts) -> Line:
    return "请企业补充", facts.words.get("missing", ""), True


def _supplement_requested(facts: Facts) -> Line:
    return "申请请企业补充", f"{facts.unit}：{facts.words.get('missing', '')}", False


def _supplement_ruled(facts: Facts) -> Line:
    if facts.data.get("agreed"):
        return "同意请企业补充", f"{facts.unit}暂停计时，等企业补充。", True
    return "不同意暂停", f"{facts.unit}继续办理，请直接联系企业。", False


def _supplied(facts: Facts) -> Line:
    return "企业已补充", _what_was_supplied(facts), True


def _what_was_supplied(facts: Facts) -> str:
    files = facts.with_files.removeprefix("，")
    return facts.words.get("supplied", "") + (f"（{files}）" if files else "")


def _supplement_lapsed(_facts: Facts) -> Line:
    return "期满未补充", "照现有情况接着办，或由县办打电话问。", True


def _contacted(facts: Facts) -> Line:
    means = Means(facts.data["means"]).label
    words = facts.words.get("contact_note", "")
    if facts.data["reached"]:
        return "联系企业", f"{facts.unit}{means}联系上企业。{words}", True
    return "联系未接通", f"{facts.unit}{means}联系，没有联系上。{words}", True


def _noted(facts: Facts) -> Line:
    return "办理记录", f"{facts.unit}：{facts.words.get('note', '')}", False


def _told_meanwhile(facts: Facts) -> Line:
    return "阶段答复", f"{facts.unit}：{facts.words.get('interim', '')}", True


def _sub_assigned(facts: Facts) -> Line:
    return "单位内分派", f"{facts.unit}已分派经办人。{facts.words.get('sub_assignment', '')}", False


BEND_LINES: Mapping[str, Callable[[Facts], Line]] = {
    "appeal.returned": _returned,
    "appeal.return_ruled": _return_ruled,
    "appeal.extension_asked": _extension_asked,
    "appeal.extension_ruled": _extension_ruled,
    "appeal.extension_objected": _extension_objected,
    "appeal.supplement_asked": _supplement_asked,
    "appeal.supplement_requested": _supplement_requested,
    "appeal.supplement_ruled": _supplement_ruled,
    "appeal.supplied": _supplied,
    "appeal.supplement_lapsed": _supplement_lapsed,
    "appeal.contacted": _contacted,
    "appeal.noted": _noted,
    "appeal.told_meanwhile": _told_meanwhile,
    "appeal.sub_assigned": _sub_assigned,
}


def _told_extension(facts: Facts) -> Told:
    days, words = facts.data["granted"], facts.words.get("ruling", "")
    return "需要延长", f"{facts.unit}延长{days}个工作日。{words}"


def _told_ruled(facts: Facts) -> Told:
    return "请您补充", f"{facts.unit}办这件还差一些内容。"


def _told_contact(facts: Facts) -> Told:
    if facts.data["reached"]:
        return f"{facts.unit}联系了您", f"{Means(facts.data['means']).label}。"
    return f"{facts.unit}没有联系上您", "请回个电话。"


def _told_interim(facts: Facts) -> Told:
    return f"{facts.unit}告诉您进展", facts.words.get("interim", "")


BEND_TOLD: Mapping[str, Callable[[Facts], Told]] = {
    "appeal.extension_ruled": _told_extension,
    "appeal.extension_objected": lambda facts: (
        "您对延期有不同意见",
        facts.words.get("objection", ""),
    ),
    "appeal.supplement_asked": lambda facts: ("请您补充", facts.words.get("missing", "")),
    "appeal.supplement_ruled": _told_ruled,
    "appeal.supplied": lambda facts: ("您补充了", _what_was_supplied(facts)),
    "appeal.supplement_lapsed": lambda _: ("补充期限到了", "接着办，有新情况随时说。"),
    "appeal.contacted": _told_contact,
    "appeal.told_meanwhile": _told_interim,
}
