"""What each reminder says: U3–U6 to units, O3 to the office, E5, E10 and E12 to enterprises.

No case content in a message, one action, who is speaking, and what comes next and when.
"""

from __future__ import annotations

from datetime import date, timedelta

from qifu.appeals.ladder import ReminderKind, Rung
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Appeal, Assignment, Clock, Reminder
from qifu.appeals.rules import ClockKind
from qifu.notices.addresses import Address
from qifu.notices.links import PLACE
from qifu.notices.outbox import Draft

WHY = {
    "LIAISON": "您是本单位的专职人员，每件每一级只提醒一次。",
    "RESPONSIBLE_LEADER": "您是本单位的分管负责同志，临期和逾期的抄送您。",
    "OFFICE": "您在县办，县办自己的时限也一样提醒。",
    "ENTERPRISE": "您在本系统反映了问题，留的是这个号码。",
}
# What each rung's letter is called in the outbox, and who gets it.
CODES = {
    ReminderKind.WARNING: "U5",
    ReminderKind.UNSIGNED: "U3",
    ReminderKind.IDLE: "U4",
    ReminderKind.URGE: "U6",
    ReminderKind.SIGN_URGE: "U6",
    ReminderKind.CONTACT: "U6",
    ReminderKind.BY_HAND: "U6",
}
# At whose desk each of the office's steps lies.
OFFICE_ROLES = {
    ClockKind.REVIEW: "OFFICE_REVIEWER",
    ClockKind.CALLBACK: "OFFICE_CALLBACK",
}
LATE_STEP = {
    ReminderKind.SIGN_URGE: "签收",
    ReminderKind.CONTACT: "联系您",
}


def next_sentence(rung: Rung) -> str:
    """Say what comes next and when: `12月1日仍未答复，县办可提出督办`."""
    when = _day(rung.next_on) if rung.next_on else "今天"
    match rung.kind:
        case ReminderKind.WARNING:
            return f"{when}仍未答复将发催办通知"
        case ReminderKind.UNSIGNED:
            return f"{when}仍未签收将发催办通知"
        case ReminderKind.URGE:
            return f"{when}仍未答复，县办可提出督办"
        case ReminderKind.SIGN_URGE:
            return f"{when}仍未签收，县办可提出督办"
    return ""


def to_unit(row: Reminder, part: Assignment, number: str) -> list[Draft]:
    """Remind the unit's liaison, its leader being told too where the rung says so."""
    kind = ReminderKind(row.kind)
    body = _unit_body(row, part, number)
    # That half of the time has passed is between the liaison and the work.
    roles = ["LIAISON"] if kind == ReminderKind.IDLE else ["LIAISON", "RESPONSIBLE_LEADER"]
    return [
        Draft(
            kind=CODES[kind],
            to=Address.of_duty(part.unit_id, role),
            # The step is the liaison's; the leader hears of it.
            body=f"{body}点此办理{PLACE}" if role == "LIAISON" else body,
            why=WHY[role],
            dedup=f"{CODES[kind]}:{row.pk}:{role}",
            about=row,
        )
        for role in roles
    ]


def to_office(row: Reminder, clock: Clock, number: str, office: int) -> list[Draft]:
    """Remind whoever of the office has the step, and its director."""
    step = clock.get_kind_display()
    body = f"编号{number}：县办应于{_day(row.due_on)}24:00前{step}，已逾期{row.late_days}个工作日。"
    roles = [OFFICE_ROLES.get(ClockKind(clock.kind), "OFFICE_OPERATOR"), "OFFICE_DIRECTOR"]
    return [
        Draft(
            kind="O3",
            to=Address.of_duty(office, role),
            body=body,
            why=WHY["OFFICE"],
            dedup=f"O3:{row.pk}:{role}",
            about=row,
        )
        for role in roles
    ]


def nothing_yet(row: Reminder, appeal: Appeal, unit: str, office_phone: str) -> Draft:
    """E5: nothing has happened; the unit was urged, and by when the enterprise hears more."""
    what = LATE_STEP.get(ReminderKind(row.kind), "答复您")
    again = f"{_day(row.tell_on)}再告诉您进展。" if row.tell_on else ""
    body = f"编号{appeal.number}：{unit}还没有{what}，我们已催办，{again}县办电话{office_phone}"
    return _to_enterprise("E5", row, appeal, body)


def how_it_stands(
    row: Reminder, appeal: Appeal, part: Assignment, unit: str, office_phone: str
) -> Draft:
    """E5F: what was promised to be told, as it stands today."""
    match part.state:
        case Work.DISPATCHED:
            stands = f"{unit}仍未签收，县办在督促"
        case Work.ANSWERED:
            stands = f"{unit}已报送答复，县办正在审核"
        case _ if row.late_days:
            stands = f"{unit}在办，已逾期{row.late_days}个工作日，县办在督促"
        case _:
            stands = f"{unit}在办，{_day(row.due_on)}前答复您"
    body = f"编号{appeal.number}：{stands}。您随时可以打县办电话{office_phone}"
    return _to_enterprise("E5F", row, appeal, body)


def please_rate(row: Reminder, appeal: Appeal) -> Draft:
    """E10: the enterprise's word decides whether it was done; once, then we ring."""
    body = f"编号{appeal.number}：您的意见决定这件事算不算办好，点此评价，或等候我们来电{PLACE}"
    return _to_enterprise("E10", row, appeal, body)


def is_it_back(row: Reminder, appeal: Appeal, office_phone: str) -> Draft:
    """E12: whether the trouble is back; whoever has nothing to say need not answer."""
    body = (
        f"编号{appeal.number}：上次的问题有没有反复？没有不用回。又出现了，"
        f"{_day(row.due_on)}前登录告诉我们，或打县办电话{office_phone}"
    )
    return _to_enterprise("E12", row, appeal, body)


def _to_enterprise(kind: str, row: Reminder, appeal: Appeal, body: str) -> Draft:
    to = Address.of_phone(appeal.contact.body)
    dedup = f"{kind}:{row.pk}"
    return Draft(kind=kind, to=to, body=body, why=WHY["ENTERPRISE"], dedup=dedup, about=row)


def _unit_body(row: Reminder, part: Assignment, number: str) -> str:
    role, due = part.get_role_display(), f"{_day(row.due_on)}24:00"
    follows = f"{row.sentence}。" if row.sentence else ""
    late = f"已逾期{row.late_days}个工作日"
    match row.kind:
        case ReminderKind.WARNING:
            more = "要延期请今天申请。" if row.made_on != row.due_on else ""
            return f"编号{number}（{role}）：{_when(row)}24:00到期，请抓紧答复。{more}{follows}"
        case ReminderKind.UNSIGNED:
            return f"编号{number}（{role}）：已超过签收时限（{due}），请马上签收。{follows}"
        case ReminderKind.IDLE:
            return f"编号{number}（{role}）：时间过半，还没有办理记录，{due}到期。"
        case ReminderKind.SIGN_URGE:
            return f"《催办通知》编号{number}（{role}）：应于{due}前签收，{late}。{follows}"
        case ReminderKind.CONTACT:
            return f"《催办通知》编号{number}（{role}）：应于{due}前联系企业，{late}，请今天联系。"
        case ReminderKind.BY_HAND:
            stands = late if row.late_days else f"{due}到期"
            return f"《催办通知》编号{number}（{role}）：县办催办，{stands}，请抓紧办理。"
    return f"《催办通知》编号{number}（{role}）：应于{due}前答复，{late}，请今天答复。{follows}"


def _when(row: Reminder) -> str:
    if row.due_on == row.made_on:
        return "今天"
    if row.due_on == row.made_on + timedelta(days=1):
        return "明天"
    return _day(row.due_on)


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else "时限"
