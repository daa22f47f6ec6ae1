"""Whom a case waits for when it is not the reader's turn, and by which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qifu.appeals import readings
from qifu.appeals.lifecycle import ENDED as ENDED_STATES
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Appeal, Assignment
from qifu.appeals.rules import DeclineReason, Role
from qifu.enterprises.sight import SEES_ALL
from qifu.kernel.clock import local_date
from qifu.kernel.readings import Lamp
from qifu.organisations.models import Post, PostKind
from qifu.organisations.queries import people_of
from qifu.web.desk.appeals.next_steps import Look, NextStep
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.tracking_steps import tracked
from qifu.web.ui.dates import desk_date

OFFICE_TURNS = {
    State.SUBMITTED: ("等县办受理", "县办受理员须在{due}前受理或告知不予受理。"),
    State.TO_DISPATCH: ("等县办交办", "县办受理员须在{due}前交给承办单位。"),
    State.REVIEW: ("等县办审核", "县办审核员须在{due}前审核，通过后发给企业。"),
    State.RETURN_REVIEW: ("等县办裁定退单", "县办受理员须在{due}前裁定，单位的计时没有停。"),
    State.CALLBACK: ("等县办回访", "县办回访员须在{due}前打电话问企业。"),
    State.ESCALATED: ("等上级答复", "已转上级，上级期限{due}，期间单位计时暂停。"),
    State.SUPPLEMENT: ("等企业补充", "请企业在{due}前补充，期间计时暂停。"),
}
ENDED = "已结束"


def waiting(look: Look) -> NextStep:
    """Say whose turn it is and by when, and plainly if it is late; or how the case ended."""
    case, step = look.file.appeal, _turn(look)
    now = readings.case_reading(case, look.file.clocks, look.at)
    late = now.lamp == Lamp.OVERDUE and case.state != State.TO_EVALUATE
    return replace(step, deadline=f"已{now.headline}") if late else step


def _turn(look: Look) -> NextStep:
    case = look.file.appeal
    state = State(case.state)
    if state in OFFICE_TURNS:
        title, words = OFFICE_TURNS[state]
        return NextStep(title, words.format(due=_day(case.due_on)))
    if state == State.TO_EVALUATE:
        until = f"企业可以评价到{_day(case.due_on)}，期满没有评价就按“未评价”办结，不算满意。"
        return NextStep("等企业评价", until)
    if state in ENDED_STATES:
        return _ended(look)
    return _with_unit(look)


def _with_unit(look: Look) -> NextStep:
    lead = look.file.lead
    if lead is None:
        return NextStep("等承办单位")
    unit, due = lead.unit.short_name, _day(lead.due_on)
    if lead.state == Work.DISPATCHED and look.file.appeal.confidential:
        who = _who(look, lead, PostKind.RESPONSIBLE_LEADER)
        return NextStep(f"等{unit}签收", f"{who}须在{due}前定经办人并签收，别人看不到。")
    if lead.state == Work.DISPATCHED:
        who = _who(look, lead, PostKind.LIAISON)
        return NextStep(f"等{unit}签收", f"{who}须在{due}前签收。{_mine(look, lead)}")
    if lead.state == Work.APPROVAL:
        who = _who(look, lead, PostKind.RESPONSIBLE_LEADER)
        return NextStep(f"等{unit}审签", f"{who}须在{due}前审签。{_mine(look, lead)}")
    if lead.state == Work.TRACKING:
        return tracked(look)
    handler = f"{lead.handler.name}" if lead.handler else "经办人"
    phone = f"，电话{lead.unit.phone}" if lead.unit.phone else ""
    return NextStep(
        f"等{unit}办理", f"{unit}{handler}{phone}，须在{due}前答复。{_mine(look, lead)}"
    )


def _who(look: Look, part: Assignment, kind: str) -> str:
    posts: list[Post] = people_of(part.unit, [kind], on=local_date(look.at))
    title = PostKind(kind).label
    phone = f"，电话{part.unit.phone}" if part.unit.phone else ""
    if not posts:
        return f"{part.unit.short_name}没有在任的{title}{phone}，"
    return f"{title}{posts[0].user.name}{phone}，"


def _mine(look: Look, lead: Assignment) -> str:
    """Say that the reader's own unit has done its share, where it has one."""
    own = look.viewer.reach.units()
    for part in look.file.standing:
        if part.pk != lead.pk and part.unit_id in own and part.role == Role.ASSIST:
            if part.state == Work.DONE:
                return f"{part.unit.short_name}的协办意见已交主办单位。"
            return f"{part.unit.short_name}协办，{part.get_state_display()}。"
    return ""


def _ended(look: Look) -> NextStep:
    case = look.file.appeal
    if case.state == State.DECLINED:
        return _refused(case)
    day = desk_date(local_date(case.closed_at)) if case.closed_at else ""
    if case.state == State.MERGED:
        return _merged(look)
    if case.state == State.WITHDRAWN:
        return NextStep("企业已撤回", f"{day}起不再办理，原因见办理过程。", flag=ENDED)
    if (call := look.file.pending.callback) is not None:
        return NextStep(
            "已办结，县办回访过", f"{day}回访：{call.get_outcome_display()}。", flag=ENDED
        )
    if look.file.rating is None:
        return NextStep(
            "已办结，企业没有评价", f"评价期满，{day}按“未评价”办结，不算满意。", flag=ENDED
        )
    outcome = case.get_outcome_display() if case.outcome else "未登记"
    return NextStep("已办结，企业评价过", f"{day}办结，办理结果：{outcome}。", flag=ENDED)


def _merged(look: Look) -> NextStep:
    parent = look.file.appeal.merged_into
    after = "主件的答复发出后，这件的企业同时收到答复，自己评价。"
    # Whoever sees every case sees the parent, too; others hear no number of another's case.
    if parent is None or not look.viewer.reach.has(*SEES_ALL):
        return NextStep("已合并，随主件办理", after, flag="已合并")
    title = f"已合并，随主件{parent.number}办理"
    link = (case_url(parent.number), f"看主件{parent.number}")
    return NextStep(
        title, f"主件现在是“{parent.get_state_display()}”。{after}", "", "", "已合并", link=link
    )


def _refused(case: Appeal) -> NextStep:
    row = case.declines.order_by("pk").last()
    if row is None:
        return NextStep("不予受理，已告知企业", flag=ENDED)
    reason = DeclineReason(row.reason).label
    last = "这是最终答复。" if row.final else "企业可以提出一次异议。"
    if (left := row.gone) is None:
        return NextStep("不予受理，已告知企业", f"理由：{reason}。{last}", flag=ENDED)
    day = desk_date(left.went_on)
    way = f"{day}书面转去" if left.handed_over else f"{day}请企业去那里反映"
    return NextStep(
        f"已转出，{left.went_to.body}", f"{reason}，{way}，已告知企业。{last}", flag=ENDED
    )


def _day(day: date | None) -> str:
    return f"{desk_date(day)}24:00" if day else "时限内"
