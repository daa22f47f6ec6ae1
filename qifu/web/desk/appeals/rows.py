"""One row of a list as the page prints it: everything is worked out here, not in HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from qifu.appeals import access
from qifu.appeals.catalogue import Proposal, propose, question, rules_in_force, units_by_code
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, Assignment
from qifu.appeals.rules import Channel
from qifu.kernel.clock import local_date
from qifu.kernel.readings import Reading
from qifu.organisations.models import User
from qifu.web.ui.dates import short_date

LEAD_MARK = "主办"
CONFIDENTIAL = "企业要求保密"
# What oversight reads in a list: opening the case is what is written down.
UNOPENED = "保密诉求，打开即记入日志"
# Why a case has no unit, where nobody will be given it any more.
NOBODY: Mapping[str, str] = {
    State.DECLINED: "不予受理",
    State.TO_EVALUATE: "县办直接答复",
    State.CLOSED: "县办直接答复",
    State.WITHDRAWN: "企业已撤回",
    State.SUPPLEMENT: "等企业补充",
    State.ESCALATED: "等上级答复",
    State.MERGED: "随主件办理",
}


@dataclass(frozen=True)
class Handler:
    """Who has it, or is proposed for it, and on what ground."""

    unit: str = ""
    mark: str = ""
    others: str = ""
    ground: str = ""
    doubtful: bool = False
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A case, or a unit's part in one, in a list."""

    url: str
    number: str
    title: str
    marks: tuple[str, ...]
    sub: tuple[str, ...]
    reading: Reading
    state: str
    handler: Handler
    source: str
    day: str
    act: str = ""
    act_url: str = ""


def case_url(number: str, verb: str = "") -> str:
    """Return the address of a case, or of one of its verbs."""
    return f"/desk/appeals/{number}/{verb}/" if verb else f"/desk/appeals/{number}/"


def case_rows(
    cases: Sequence[Appeal],
    readings: Mapping[int, Reading],
    *,
    viewer: User,
    at: datetime,
    proposing: bool = False,
) -> list[Row]:
    """Turn cases into rows; `proposing` names the unit that the catalogue proposes."""
    if proposing:
        handlers = _proposals(cases, local_date(at))
    else:
        handlers = {case.pk: _lead(case) for case in cases}
    made = [_case_row(case, readings[case.pk], handlers[case.pk], viewer) for case in cases]
    if not proposing:
        return made
    # Handed out from the queue, one goes on with the queue.
    return [replace(row, act_url=f"{row.act_url}?back=queue") for row in made]


def part_rows(
    parts: Sequence[Assignment], readings: Mapping[int, Reading], *, viewer: User
) -> list[Row]:
    """Turn units' parts into rows."""
    return [_part_row(part, readings[part.pk], viewer) for part in parts]


def marks_of(case: Appeal) -> tuple[str, ...]:
    """Name what sets a case apart, at most two things (代登记、二次办理 …)."""
    marks = (
        (case.confidential, CONFIDENTIAL),
        (case.cycle > 1, "二次办理"),
        (case.followers, f"合并{case.followers}件"),
        (case.urged, "已催办"),
        (case.reworks, "退回重办"),
        (case.channel == Channel.UPPER, "上级转办"),
        (case.local and case.state != State.LOCAL, "属地办理"),
        (case.proxy, "代登记"),
    )
    return tuple(words for holds, words in marks if holds)[:2]


def _case_row(case: Appeal, reading: Reading, handler: Handler, viewer: User) -> Row:
    act, verb = _case_act(case, viewer, handler)
    unopened = access.is_read_aloud(viewer, case)
    return Row(
        url=case_url(case.number),
        number=case.number,
        title=UNOPENED if unopened else case.title,
        marks=marks_of(case),
        sub=(case.number,) if unopened else _sub(case),
        reading=reading,
        state=case.get_state_display(),
        handler=Handler() if unopened else handler,
        source=case.get_channel_display(),
        day=short_date(local_date(case.submitted_at)),
        act=act,
        act_url=case_url(case.number, verb),
    )


def _case_act(case: Appeal, viewer: User, handler: Handler) -> tuple[str, str]:
    if access.can_accept(viewer, case):
        return "受理", ""
    if access.can_dispatch(viewer, case):
        return "选单位" if handler.doubtful else "交办", "dispatches"
    if access.can_review(viewer, case):
        return "审核", ""
    if access.can_rule_return(viewer, case):
        return "裁定", "return-rulings"
    if access.can_call_back(viewer, case):
        return "回访", ""
    return "", ""


def _part_row(part: Assignment, reading: Reading, viewer: User) -> Row:
    case = part.appeal
    role = part.get_role_display()
    return Row(
        url=case_url(case.number),
        number=case.number,
        title=case.title,
        marks=marks_of(case),
        sub=(f"{_short(case)}，{role}", case.number),
        reading=reading,
        state=part.get_state_display(),
        handler=Handler(part.unit.short_name, role),
        source="县办交办" if part.dispatch_id else case.get_channel_display(),
        day=short_date(local_date(part.given_at)),
        act=_part_act(part, viewer),
        act_url=case_url(case.number),
    )


def _part_act(part: Assignment, viewer: User) -> str:
    if access.can_sign(viewer, part):
        return "签收"
    if access.can_reply(viewer, part):
        return "办理"
    if access.can_approve(viewer, part):
        return "审签"
    return ""


def _sub(case: Appeal) -> tuple[str, ...]:
    place = case.place.short_name if case.place else ""
    return tuple(part for part in (case.enterprise_name, place, case.number) if part)


def _short(case: Appeal) -> str:
    return case.enterprise.short_name if case.enterprise else case.enterprise_name


def _lead(case: Appeal) -> Handler:
    ground = case.category.name if case.category else ""
    if case.lead_unit is None:
        return Handler(note=NOBODY.get(case.state, "还没有交办"), ground=ground)
    mark = "属地" if case.local else LEAD_MARK
    return Handler(case.lead_unit.short_name, mark, ground=ground)


def _proposals(cases: Sequence[Appeal], on: date) -> dict[int, Handler]:
    if not cases:
        return {}
    county = cases[0].county
    rules, units = rules_in_force(county, on), units_by_code(county, on)
    return {case.pk: _proposed(propose(rules, units, question(case))) for case in cases}


def _proposed(proposal: Proposal) -> Handler:
    if proposal.lead is None:
        return Handler(ground=proposal.why, doubtful=True)
    others = "、".join(unit.short_name for unit in proposal.assists)
    helped = f"协办{others}" if others else ""
    return Handler(proposal.lead.short_name, LEAD_MARK, helped, proposal.why)


# What a unit's part reads along.
PART_WORDS = (
    "unit",
    "appeal__problem",
    "appeal__said_enterprise",
    "appeal__enterprise",
    "appeal__place",
)
