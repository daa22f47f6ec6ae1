"""Which limit applies, what an outcome means and what it must prove. Pure.

Every number comes from the county's versioned table (`LimitRules`); nothing here is a
county's rule by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

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


# Where the answer is a row of another platform, which the office fills in (回填).
POSTED_THROUGH = (ReplyChannel.PROVINCE, ReplyChannel.CITY)


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
    # The upper organ's, beside the unit's own, which stands still meanwhile.
    UPPER = "UPPER", "上级办理"
    TRACKING = "TRACKING", "阶段答复"


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


class Ground(models.TextChoices):
    """On what a no rests (办不成的依据); each is one heading of the register."""

    MISSING = "MISSING", "缺必备条件"
    LAW = "LAW", "法律法规规定"
    POLICY = "POLICY", "政策文件规定"
    GAP = "GAP", "还没有政策"
    POWER = "POWER", "不属本单位职权"


class DeclineReason(models.TextChoices):
    """Why a case may be declined, each with the way that is open instead."""

    LAWSUIT = "LAWSUIT", "已进入诉讼、仲裁或行政复议程序"
    PETITION = "PETITION", "属于信访事项"
    REPORT = "REPORT", "属于举报或反映干部作风"
    OUTSIDE = "OUTSIDE", "不在本县管辖范围"
    NOT_ENTERPRISE = "NOT_ENTERPRISE", "不是企业生产经营方面的诉求"
    REPEATED = "REPEATED", "同一诉求正在办理或已有结论"
    NO_FACTS = "NO_FACTS", "没有具体事项，且联系不上"


DECLINE_ADVICE: Mapping[str, str] = {
    DeclineReason.LAWSUIT: (
        "请向受理的法院、仲裁机构或复议机关反映，也可以咨询公共法律服务热线12348。"
    ),
    DeclineReason.PETITION: "请到县信访局反映，信访途径不影响您的其他权利。",
    DeclineReason.REPORT: "请向县监委、县效能办反映，电话12388。",
    DeclineReason.OUTSIDE: "请拨打事项所在地的12345热线。",
    DeclineReason.NOT_ENTERPRISE: "请拨打12345政务服务便民热线。",
    DeclineReason.REPEATED: "请在原来那件诉求里查看进展，有新情况可以告诉承办单位。",
    DeclineReason.NO_FACTS: "请写明具体事情和联系电话，重新提交。",
}

# What is not for this system leaves it (转出, amendment 14), saying where to; the rest is
# refused before it is accepted (不予受理).
EXITS = (DeclineReason.PETITION, DeclineReason.LAWSUIT, DeclineReason.REPORT)
REFUSALS = tuple(reason for reason in DeclineReason if reason not in EXITS)

HAND_UP_REASONS: Mapping[str, str] = {
    "POLICY": "政策权限不在本级",
    "DEPARTMENT": "需要县直部门办理",
    "FUND": "需要县级资金或指标",
    "JOINT": "涉及多个单位，需要县里协调",
}

# An outcome that says no, or binds the unit to a day, always passes the unit's leader,
# whatever the type of case.
COUNTERSIGNED = frozenset(
    {Outcome.PLANNED, Outcome.CONDITIONS, Outcome.UNREASONABLE, Outcome.NOT_OURS}
)
# What says no owes the enterprise a letter (办不成告知书); an explanation may be a no, too.
REFUSING = frozenset({Outcome.CONDITIONS, Outcome.UNREASONABLE, Outcome.NOT_OURS})
MAY_REFUSE = REFUSING | {Outcome.EXPLAINED}
DONE_AFTER_ALL = frozenset({Outcome.SOLVED, Outcome.PARTLY})


def check_outcome(
    outcome: str,
    *,
    proof: str,
    evidence: str,
    files: int = 0,
    promise: str,
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
    if outcome == Outcome.PLANNED and not promise.strip():
        raise InvalidInput("promise", "请写明承诺办成什么，企业会看到，到期照这句话问。")
    if outcome == Outcome.NOT_OURS and not moved_to.strip():
        raise InvalidInput("moved_to", "请写明已经转给哪个单位、怎么联系。")
    if outcome == Outcome.UNREACHABLE and len({local_date(a) for a in attempts}) < 2:
        sentence = "“联系不上”至少要有两天、两次没联系上的记录。请先在诉求里点“记一次联系”记下。"
        raise InvalidInput("outcome", sentence)


def check_refusal(outcome: str, *, ground: str, basis: str, tried: str, alternatives: str) -> None:
    """Refuse a no that does not say why, what was tried and what else can be done (E11).

    An explanation (解释说明) is a no where it names a ground, and then owes the rest.

    Raises:
        InvalidInput: naming the field that is missing.
    """
    if outcome not in MAY_REFUSE or (outcome not in REFUSING and not ground):
        return
    if not ground:
        raise InvalidInput("ground", "办不成要告诉企业依据，请选依据种类。")
    if not basis.strip():
        sentence = "请写清依据：哪部规定第几条，或者缺哪一项必备条件。"
        raise InvalidInput("basis", sentence)
    if not tried.strip():
        raise InvalidInput("tried", "请写明为企业想过、试过什么办法。")
    if not alternatives.strip():
        raise InvalidInput("alternatives", "请写明企业还可以怎么办、找谁、电话多少。")
