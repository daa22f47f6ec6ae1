"""What is said of a promise: to the enterprise when a day is given or passes, to the unit before.

No case content in a message, one action, and what comes next.
"""

from __future__ import annotations

from datetime import date

from qifu.appeals.ladder import ReminderKind
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Appeal, Assignment, Promise, PromiseState, Reminder
from qifu.notices.addresses import Address
from qifu.notices.models import Notice
from qifu.notices.outbox import Draft
from qifu.notices.registry import registry

WHY_ENTERPRISE = "您在本系统反映了问题，留的是这个号码。"
WHY_LIAISON = "您是本单位的专职人员，列入计划的事到期会再问，每次只提醒一次。"
WHY_LEADER = "您是本单位的分管负责同志，列入计划的事每月提醒您一次，到期没报的也抄送您。"
# To whom each goes, and what the letter is called in the outbox.
TO_LIAISON = ("LIAISON",)
TO_BOTH = ("LIAISON", "RESPONSIBLE_LEADER")
LETTERS = {
    ReminderKind.PROMISE: ("U11", TO_LIAISON),
    ReminderKind.UNREPORTED: ("U12", TO_BOTH),
    ReminderKind.STAGE: ("U13", TO_LIAISON),
    ReminderKind.STAGE_LATE: ("U13", TO_BOTH),
    ReminderKind.MONTHLY: ("U14", ("RESPONSIBLE_LEADER",)),
}


def register() -> None:
    """Tell the outbox which kinds there are and when each is still true."""
    registry.declare("E7T", still_true=_still_promised)
    registry.declare("E7B", still_true=_still_broken)
    for code in ("U11", "U12", "U13", "U14"):
        registry.declare(code, still_true=_still_owed)


def planned(row: Promise, appeal: Appeal, unit: str, *, again: bool) -> Draft:
    """E7T: it is put off to a day, the first one or a new one; the reason stands on the page."""
    said = "没有按时办成，改为承诺" if again else "列入计划，承诺"
    body = (
        f"编号{appeal.number}：{unit}{said}{said_day(row.due_on)}前办成，原因请登录查看。"
        "到期我们再问单位。您可以提出不同意见。"
    )
    return _to_enterprise("E7T", row, appeal, body)


def broken(row: Promise, appeal: Appeal, unit: str) -> Draft:
    """E7B: the day has passed, and it was not done or nobody has said so."""
    follows = (
        f"{unit}继续办理，另行答复您。" if row.reported_at else f"{unit}没有报告结果，县办在督促。"
    )
    body = f"编号{appeal.number}：承诺{said_day(row.due_on)}前办成的事没有按时办成，{follows}"
    return _to_enterprise("E7B", row, appeal, body)


def to_unit(reminder: Reminder, row: Promise, part: Assignment, number: str) -> list[Draft]:
    """Ask the unit for its report or its stage reply, its leader being told where need be."""
    code, roles = LETTERS[ReminderKind(reminder.kind)]
    body = _body(reminder, row, number)
    return [
        Draft(
            kind=code,
            to=Address.of_duty(part.unit_id, role),
            body=body,
            why=WHY_LIAISON if role == "LIAISON" else WHY_LEADER,
            dedup=f"{code}:{reminder.pk}:{role}",
            about=reminder,
        )
        for role in roles
    ]


def said_day(day: date | None) -> str:
    """Write a day in a message: `12月1日`."""
    return f"{day.month}月{day.day}日" if day else "到期日"


def _body(reminder: Reminder, row: Promise, number: str) -> str:
    day, late = said_day(row.due_on), f"已过{reminder.late_days}个工作日"
    match reminder.kind:
        case ReminderKind.PROMISE:
            when = _when(row.due_on, reminder.made_on)
            return (
                f"编号{number}：承诺企业的事{when}到期，请到期前报告兑现没有，不报的次日计未兑现。"
            )
        case ReminderKind.UNREPORTED:
            return (
                f"《催办通知》编号{number}：承诺{day}前办成，{late}没有报告，"
                "已计未兑现，请今天报告。"
            )
        case ReminderKind.STAGE:
            return f"编号{number}：跟踪办理，请{said_day(reminder.due_on)}前给企业一次阶段答复。"
        case ReminderKind.STAGE_LATE:
            return (
                f"《催办通知》编号{number}：应于{said_day(reminder.due_on)}前给企业阶段答复，"
                f"{late}，请今天答复。"
            )
    return f"编号{number}：列入计划已满{reminder.turn}个月，承诺{day}前办成，请过问进展，按时兑现。"


def _when(day: date, today: date) -> str:
    near = {0: "今天", 1: "明天"}
    return near.get((day - today).days, said_day(day))


def _to_enterprise(kind: str, row: Promise, appeal: Appeal, body: str) -> Draft:
    return Draft(
        kind=kind,
        to=Address.of_phone(appeal.contact.body),
        body=body,
        why=WHY_ENTERPRISE,
        dedup=f"{kind}:{row.pk}{':said' if row.reported_at else ''}",
        about=row,
    )


def _still_promised(notice: Notice) -> bool:
    rows = Promise.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return rows.filter(state=PromiseState.OPEN).exists()


def _still_broken(notice: Notice) -> bool:
    rows = Promise.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return rows.filter(state=PromiseState.BROKEN, kept_on=None).exists()


def _still_owed(notice: Notice) -> bool:
    rows = Reminder.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return rows.filter(
        assignment__state=Work.TRACKING, promise__reported_at=None, clock__stopped_at=None
    ).exists()
