"""Which limit applies, what an outcome means and what it must prove. Pure.

Every number comes from the county's versioned table (`LimitRules`); nothing here is a
county's rule by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput


class Channel(models.TextChoices):
    """How a case came in (二（五）); always recorded, and the clock is the same for all."""

    PLATFORM = "PLATFORM", "平台"
    PHONE = "PHONE", "电话"
    VISIT = "VISIT", "走访"
    COUNTER = "COUNTER", "来访"
    MEETING = "MEETING", "座谈会"
    SURVEY = "SURVEY", "问卷"
    WECHAT = "WECHAT", "微信"
    APP = "APP", "APP"
    HOTLINE = "HOTLINE", "12345"
    LETTERBOX = "LETTERBOX", "信箱"
    UPPER = "UPPER", "上级转办"


class ReplyChannel(models.TextChoices):
    """Where the answer must be posted; fixed at intake (amendment 5)."""

    HERE = "HERE", "本系统"
    PROVINCE = "PROVINCE", "省平台"
    CITY = "CITY", "市平台"
    PAPER = "PAPER", "纸质"


class ContactWay(models.TextChoices):
    """How the enterprise wants to be reached."""

    PHONE = "PHONE", "打电话"
    VISIT = "VISIT", "上门来谈"
    WRITING = "WRITING", "书面答复"


class Nature(models.TextChoices):
    """What kind of work a case is; its limit follows from it."""

    CONSULT = "CONSULT", "咨询"
    GENERAL = "GENERAL", "一般"
    COORDINATION = "COORDINATION", "协调"
    COMPLEX = "COMPLEX", "复杂"


class Role(models.TextChoices):
    """A unit's part in a case."""

    LEAD = "LEAD", "主办"
    ASSIST = "ASSIST", "协办"


class ClockKind(models.TextChoices):
    """What a clock measures."""

    ACCEPT = "ACCEPT", "受理"
    DISPATCH = "DISPATCH", "交办"
    SIGN = "SIGN", "签收"
    HANDLE = "HANDLE", "办理"
    REVIEW = "REVIEW", "审核"
    CALLBACK = "CALLBACK", "回访"
    RETURN = "RETURN", "退单审核"
    CONTACT = "CONTACT", "首次联系"


class Outcome(models.TextChoices):
    """How a unit says it ended (amendment 7)."""

    SOLVED = "SOLVED", "已解决"
    PARTLY = "PARTLY", "部分解决"
    PLANNED = "PLANNED", "列入计划"
    EXPLAINED = "EXPLAINED", "解释说明"
    CONDITIONS = "CONDITIONS", "条件不具备"
    UNREASONABLE = "UNREASONABLE", "诉求不合理"
    NOT_OURS = "NOT_OURS", "不属职权已转"
    UNREACHABLE = "UNREACHABLE", "联系不上"


class Proof(models.TextChoices):
    """What shows that a thing is solved."""

    PERMIT = "PERMIT", "批文或证照"
    PAYMENT = "PAYMENT", "到账凭证"
    SIGNED = "SIGNED", "企业签字"
    SITE = "SITE", "现场完工"
    CONTRACT = "CONTRACT", "合同或协议"
    OTHER = "OTHER", "其他凭证"


class DeclineReason(models.TextChoices):
    """Why a case may be declined, each with the way that is open instead."""

    LAWSUIT = "LAWSUIT", "已进入诉讼或仲裁程序"
    PETITION = "PETITION", "属于信访事项"
    REPORT = "REPORT", "属于举报或反映干部作风"
    OUTSIDE = "OUTSIDE", "不在本县管辖范围"
    NOT_ENTERPRISE = "NOT_ENTERPRISE", "不是企业生产经营方面的诉求"
    REPEATED = "REPEATED", "同一诉求正在办理或已有结论"
    NO_FACTS = "NO_FACTS", "没有具体事项，且联系不上"


DECLINE_ADVICE: Mapping[str, str] = {
    DeclineReason.LAWSUIT: "请向受理的法院或仲裁机构反映，也可以咨询公共法律服务热线12348。",
    DeclineReason.PETITION: "请到县信访局反映，信访途径不影响您的其他权利。",
    DeclineReason.REPORT: "请向县监委、县效能办反映，电话12388。",
    DeclineReason.OUTSIDE: "请拨打事项所在地的12345热线。",
    DeclineReason.NOT_ENTERPRISE: "请拨打12345政务服务便民热线。",
    DeclineReason.REPEATED: "请在原来那件诉求里查看进展，有新情况可以告诉承办单位。",
    DeclineReason.NO_FACTS: "请写明具体事情和联系电话，重新提交。",
}

HAND_UP_REASONS: Mapping[str, str] = {
    "POLICY": "政策权限不在本级",
    "DEPARTMENT": "需要县直部门办理",
    "FUND": "需要县级资金或指标",
    "JOINT": "涉及多个单位，需要县里协调",
}

# For a table of limits from before there was such a line (amendment 10).
RATING_COVER: Mapping[str, Any] = {"least": 3, "calendar_days": 30}

# An outcome that says no always passes the unit's leader, whatever the type of case.
COUNTERSIGNED = frozenset({Outcome.CONDITIONS, Outcome.UNREASONABLE, Outcome.NOT_OURS})


@dataclass(frozen=True)
class Limits:
    """One version of the county's table of limits: step -> its row, days are working days."""

    version: int
    table: Mapping[str, Mapping[str, Any]]

    def days(self, kind: ClockKind, *, nature: str = "", role: str = Role.LEAD) -> int:
        """Return the working days of a step (domain b3)."""
        if kind is ClockKind.CONTACT:
            return int(self.table["FIRST_CONTACT"]["days"])
        if kind is not ClockKind.HANDLE:
            return int(self.table[kind]["days"])
        return int(self.table[Role.ASSIST if role == Role.ASSIST else nature]["days"])

    @property
    def take_back_minutes(self) -> int:
        """Minutes in which an unsigned dispatch can be taken back."""
        return int(self.table["TAKE_BACK"]["minutes"])

    @property
    def hold_seconds(self) -> int:
        """Seconds that an outward notice waits, in which the step can be undone."""
        return int(self.table["HOLD"]["seconds"])

    @property
    def rating_days(self) -> int:
        """Working days in which the enterprise rates before the case closes unrated."""
        return int(self.table["RATING"]["days"])

    @property
    def rework_days(self) -> int:
        """Working days that a unit has at least when its answer is sent back."""
        return int(self.table["REWORK"]["least_days"])

    @property
    def extension_total(self) -> int:
        """Working days that a limit may come to with its extension."""
        return int(self.table["EXTENSION"]["days"])

    @property
    def supplement_days(self) -> int:
        """Working days in which the enterprise supplies what is missing."""
        return int(self.table["SUPPLEMENT"]["days"])

    @property
    def again_days(self) -> int:
        """Working days for a case that is handled once more (二次办理)."""
        return int(self.table["REWORK"]["days"])

    @property
    def reopen_days(self) -> int:
        """Calendar days after the end in which the enterprise may have it handled again."""
        return int(self.table["REOPEN"]["calendar_days"])

    @property
    def silent_sample(self) -> int:
        """Per cent of unrated cases that the office calls (amendment 8)."""
        return int(self.table["SILENT_SAMPLE"]["percent"])

    @property
    def local_sample(self) -> int:
        """Per cent of cases settled locally, and of withdrawals, that the office calls."""
        return int(self.table["LOCAL_SAMPLE"]["percent"])

    @property
    def objection_days(self) -> int:
        """Working days in which the enterprise may object to a decline."""
        return int(self.table["OBJECTION"]["days"])

    @property
    def rating_cover(self) -> tuple[int, int]:
        """How many ratings, or else how many calendar days, hide whose grade it is."""
        row = self.table.get("RATING_COVER", RATING_COVER)
        return int(row["least"]), int(row["calendar_days"])

    def needs_leader(self, nature: str, outcome: str) -> bool:
        """Tell whether the unit's leader signs this answer (amendment 2)."""
        return nature not in self.table["UNSIGNED"]["natures"] or outcome in COUNTERSIGNED


def check_outcome(
    outcome: str,
    *,
    proof: str,
    evidence: str,
    files: int = 0,
    promised_on: date | None,
    attempts: list[datetime],
    moved_to: str,
    at: datetime,
) -> None:
    """Refuse an outcome without what it must show (amendment 7).

    Raises:
        InvalidInput: naming the field that is missing or wrong.
    """
    today = local_date(at)
    if outcome == Outcome.SOLVED and not proof:
        raise InvalidInput("proof", "“已解决”要有凭证，请选凭证种类。")
    if outcome == Outcome.SOLVED and not (evidence.strip() or files):
        sentence = "请写清凭证内容，如批文文号、到账日期和金额，或者传上凭证的照片、文件。"
        raise InvalidInput("evidence", sentence)
    if outcome == Outcome.PLANNED and promised_on is None:
        raise InvalidInput("promised_on", "“列入计划”要写承诺办成的日期。")
    if outcome == Outcome.PLANNED and promised_on is not None and promised_on <= today:
        raise InvalidInput("promised_on", "承诺日期要在今天之后。")
    if outcome == Outcome.NOT_OURS and not moved_to.strip():
        raise InvalidInput("moved_to", "请写明已经转给哪个单位、怎么联系。")
    if outcome == Outcome.UNREACHABLE and len({local_date(a) for a in attempts}) < 2:
        sentence = "“联系不上”至少要有两天、两次没联系上的记录。请先在诉求里点“记一次联系”记下。"
        raise InvalidInput("outcome", sentence)
