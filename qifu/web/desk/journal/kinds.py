"""What each kind of event is called, in families that a reader can narrow the list to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qifu.enterprises import history as enterprise_history
from qifu.journal.erasure import ERASED
from qifu.organisations import account_history

SIGN_IN = "account.sign_in_attempted"
# What is told of complaints of conduct: that there was something, and nothing of it.
CONDUCT = {
    "conduct.complained": "企业反映干部作风",
    "conduct.taken_up": "受理作风反映",
    "conduct.answered": "办结作风反映",
    "conduct.read": "监督单位查看作风反映",
}


@dataclass(frozen=True)
class Family:
    """Kinds that belong together."""

    code: str
    label: str
    titles: Mapping[str, str]


FAMILIES = (
    Family(
        "appeals",
        "诉求",
        {
            "appeal.submitted": "企业提交诉求",
            "appeal.registered": "登记诉求",
            "appeal.registered_locally": "登记诉求，属地办理",
            "appeal.accepted": "受理",
            "appeal.declined": "不予受理",
            "appeal.split": "拆分",
            "appeal.turned_away": "转出",
            "appeal.report_erased": "移交后删除内容",
            "appeal.objected": "企业提出异议",
            "appeal.answered": "直接答复",
            "appeal.dispatched": "交办",
            "appeal.taken_back": "撤回交办",
            "appeal.signed": "签收",
            "appeal.replied": "报送答复",
            "appeal.approved": "审签同意",
            "appeal.sent_back": "退给经办人",
            "appeal.published": "审核通过，发布答复",
            "appeal.reworked": "退回重办",
            "appeal.recalled": "撤回发布",
            "appeal.promise_kept": "报告承诺兑现",
            "appeal.promise_broken": "承诺未兑现",
            "appeal.promise_objected": "企业对承诺日期有异议",
            "appeal.milestone_added": "加节点",
            "appeal.milestone_done": "节点完成",
            "appeal.rated": "企业评价",
            "appeal.closed": "办结，未评价",
            "appeal.handed_up": "上交",
            "appeal.taken_over": "县办接办",
            "appeal.recomputed": "期限重算",
            "appeal.viewer_named": "指定查看人",
            "appeal.contact_shown": "查看完整号码",
            "appeal.returned": "退单",
            "appeal.return_ruled": "裁定退单",
            "appeal.contacted": "联系企业",
            "appeal.noted": "办理记录",
            "appeal.told_meanwhile": "阶段答复",
            "appeal.sub_assigned": "分派",
            "appeal.extension_asked": "申请延期",
            "appeal.extension_ruled": "裁定延期",
            "appeal.extension_objected": "企业对延期有异议",
            "appeal.supplement_asked": "请企业补充",
            "appeal.supplement_requested": "申请请企业补充",
            "appeal.supplement_ruled": "县办对补充的意见",
            "appeal.supplied": "企业补充",
            "appeal.supplement_lapsed": "期满未补充",
            "appeal.sampled": "抽查回访",
            "appeal.call_attempted": "回访未接通",
            "appeal.called_back": "县办回访",
            "appeal.reopened": "企业要求重办",
            "appeal.withdrawn": "企业撤回",
            "appeal.urged": "企业催办",
            "appeal.escalation_asked": "申请提级",
            "appeal.escalation_denied": "不同意提级",
            "appeal.escalated": "转上级",
            "appeal.upper_entered": "登记上级编号、期限",
            "appeal.came_back": "上级答复",
            "appeal.posted_back": "回填上级平台",
            "appeal.exclusion_asked": "申请剔除评价",
            "appeal.exclusion_ruled": "评议剔除评价",
            "appeal.exclusion_objected": "企业不同意剔除评价",
            "appeal.kept_confidential": "企业要求保密",
            "appeal.confidence_lifted": "解除保密",
            "appeal.confidential_read": "监督单位查看保密诉求",
            "appeals.exported": "导出诉求清单",
            "appeal.reminded": "预警、催办",
            "appeal.merged": "合并",
            "appeal.unmerged": "撤销合并",
            "appeal.released": "主件结束，放回单独办理",
            "appeal.answered_with_parent": "随主件答复",
            "appeals.digested": "每日提醒",
            "appeals.alarmed": "即时提醒县办",
            "notice.retried": "重发通知",
        },
    ),
    Family(
        "links",
        "免登链接",
        {
            "link.issued": "发出链接",
            "link.asked": "要链接",
            "link.opened": "打开链接",
            "link.revoked": "作废链接",
            "step_code.sent": "发办理验证码",
            "step_code.confirmed": "核对办理验证码",
        },
    ),
    Family(
        "attachments",
        "附件",
        {
            "attachment.staged": "上传文件",
            "attachment.dropped": "提交前移除文件",
            "attachment.erased": "依法删除文件",
        },
    ),
    Family("conduct", "作风反映", CONDUCT),
    Family("enterprises", "企业与绑定", enterprise_history.TITLES),
    Family(
        "units",
        "单位与备案",
        {
            "unit.created": "设立单位",
            "unit.renamed": "单位更名",
            "units.merged": "单位合并",
            "unit.filed": "备案",
        },
    ),
    Family(
        "accounts",
        "账号与岗位",
        {
            **account_history.SENTENCES,
            "post.appointed": "任命岗位",
            "post.relieved": "免去岗位",
            "absence.entered": "登记外出",
            "absence.deputy_named": "定代班人",
            "absence.ended": "提前返岗",
            "hand_over.started": "办移交",
            "hand_over.receivers_named": "定接收人",
            "hand_over.given": "移交签字",
            "hand_over.taken": "接收签字",
            "hand_over.refused": "不接，退回移交",
            "hand_over.withdrawn": "撤回移交",
            "hand_over.dropped": "取消交接",
        },
    ),
    Family(
        "signing-in",
        "登录",
        {
            SIGN_IN: "工作人员登录",
            "phone_code.sent": "发验证码",
            "phone_code.confirmed": "核对验证码",
        },
    ),
    Family(
        "calendar",
        "工作日历",
        {
            "calendar.seeded": "装入随系统带来的日历",
            "calendar.year_entered": "录入年度放假安排",
            "calendar.day_edited": "更正一天",
        },
    ),
    Family(
        "upkeep",
        "维护",
        {
            ERASED: "依法删除原文",
            "job.asked": "要求重跑任务",
            "county.loaded": "装入县文件",
            "appeals.loaded": "装入类别、目录和时限",
            "demo.people": "造演示人员",
            "demo.enterprises": "造演示企业",
            "demo.persons": "造演示企业人员",
        },
    ),
)
TITLES = {kind: title for family in FAMILIES for kind, title in family.titles.items()}
ATTEMPTS = {**account_history.OUTCOMES, "unknown": "用没有的账号登录"}


def title(kind: str, noted: Mapping[str, Any]) -> str:
    """Name what happened; of an attempt to sign in, what came of it."""
    if kind == SIGN_IN:
        return ATTEMPTS.get(str(noted.get("outcome")), TITLES[kind])
    return TITLES.get(kind, kind)


def by_nobody_known(kind: str, noted: Mapping[str, Any]) -> str:
    """Name who acted where no account did: whoever types a password is not known by it."""
    if kind == SIGN_IN:
        return "本人" if noted.get("outcome") == "opened" else "不明"
    if kind in ("phone_code.sent", "attachment.staged"):
        return "不明"
    if kind in ("link.opened", "link.asked"):
        return "持链接的人"
    if kind.startswith("appeal.") and "link" in noted:
        return "企业，经链接"
    if kind == "phone_code.confirmed":
        return "本人" if noted.get("opened") else "不明"
    return "系统"


def find_family(code: str) -> Family | None:
    """Return the family of that code."""
    return next((family for family in FAMILIES if family.code == code), None)
