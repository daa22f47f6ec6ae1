"""What is told on the way up and back: E8 to the enterprise on both legs, and to the unit."""

from __future__ import annotations

from qifu.appeals.lifecycle import ENDED, State, Work
from qifu.appeals.models import Appeal, Assignment, Escalation, named
from qifu.appeals.notices import WHY_ENTERPRISE, WHY_LIAISON
from qifu.notices.addresses import Address
from qifu.notices.models import Notice
from qifu.notices.outbox import Draft
from qifu.notices.registry import registry


def register() -> None:
    """Tell the outbox which kinds there are and when each is still true."""
    registry.declare("E8", still_true=_still_above)
    registry.declare("E8B", still_true=_still_going_on)
    registry.declare("U-UP", still_true=_still_waiting)
    registry.declare("U-UP-NO", still_true=_still_handled)
    registry.declare("U-UP-BACK", still_true=_still_handled)


def escalated(appeal: Appeal, row: Escalation, organ: str) -> list[Draft]:
    """E8, the way up: who has it now and under which number; the unit's clock stands still."""
    number = f"，上级编号{row.number}" if row.number else ""
    whom = named(row.get_level_display(), organ)
    body = f"编号{appeal.number}：已转{whom}办理{number}，我们继续跟踪。"
    drafts = [_to_enterprise("E8", appeal, body, row)]
    if row.assignment is not None:
        unit = f"编号{appeal.number}：已转上级，本单位计时暂停，上级答复后再接着办。"
        drafts.append(_to_liaison("U-UP", row.assignment, unit, row.pk))
    return drafts


def denied(appeal: Appeal, part: Assignment, request: int) -> Draft:
    """The office does not take it further up; the unit goes on, its clock never stopped."""
    due = f"，{part.due_on.month}月{part.due_on.day}日24:00到期" if part.due_on else ""
    body = f"编号{appeal.number}：县办没有同意提级，意见请登录查看。请接着办{due}。"
    return _to_liaison("U-UP-NO", part, body, request)


def came_back(appeal: Appeal, row: Escalation, part: Assignment | None) -> list[Draft]:
    """E8, the way back: the upper organ has replied, and who goes on by which day."""
    day = f"{appeal.due_on.month}月{appeal.due_on.day}日" if appeal.due_on else ""
    then = f"{part.unit}接着办，{day}前答复您" if part else f"县办将在{day}前告诉您谁来办"
    body = f"编号{appeal.number}：上级已答复，{then}。"
    drafts = [_to_enterprise("E8B", appeal, body, row)]
    if part is not None:
        unit = f"编号{appeal.number}：上级已答复，请接着办，{day}24:00到期。"
        drafts.append(_to_liaison("U-UP-BACK", part, unit, row.pk))
    return drafts


def _to_enterprise(kind: str, appeal: Appeal, body: str, row: Escalation) -> Draft:
    return Draft(
        kind=kind,
        to=Address.of_phone(appeal.contact.body),
        body=body,
        why=WHY_ENTERPRISE,
        dedup=f"{kind}:{row.pk}",
        about=appeal,
    )


def _to_liaison(kind: str, part: Assignment, body: str, key: int) -> Draft:
    return Draft(
        kind=kind,
        to=Address.of_duty(part.unit_id, "LIAISON"),
        body=body,
        why=WHY_LIAISON,
        dedup=f"{kind}:{key}",
        about=part,
    )


def _still_above(notice: Notice) -> bool:
    cases = Appeal.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return cases.filter(state=State.ESCALATED).exists()


def _still_going_on(notice: Notice) -> bool:
    cases = Appeal.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return cases.exclude(state__in=[*ENDED, State.ESCALATED]).exists()


def _still_waiting(notice: Notice) -> bool:
    parts = Assignment.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return parts.filter(state=Work.ESCALATED).exists()


def _still_handled(notice: Notice) -> bool:
    parts = Assignment.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return parts.filter(state=Work.HANDLING).exists()
