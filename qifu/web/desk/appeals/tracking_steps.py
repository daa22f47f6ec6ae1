"""The next step of what was put off (列入计划): report on the promise, or wait for its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qifu.appeals import access, clocks
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Milestone, Promise, PromiseState
from qifu.kernel.clock import local_date
from qifu.web.desk.appeals.next_steps import Look, NextStep
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.dates import desk_date, moment

GONE = "（内容已依法删除）"
FINISHES = "正式答复另写，企业收到后评价。"


@dataclass(frozen=True)
class Plan:
    """What was promised for which day, and the steps on the way."""

    what: str
    facts: Sequence[tuple[str, str]]
    milestones: Sequence[tuple[str, str, str]]


def tracking_step(look: Look) -> NextStep | None:
    """Return what the unit has to say of its promise, if the reader speaks for it."""
    row = look.file.pending.promise
    if row is None or not access.can_report_promise(look.viewer, row.assignment):
        return None
    url = f"{case_url(look.file.appeal.number, 'fulfilments')}?unit={row.assignment.unit.code}"
    day, today = desk_date(row.due_on), local_date(look.at)
    title = f"{day}前办成承诺的事"
    after = f"办成了就报兑现，{FINISHES}没办成的照实报，改日期要企业知道。"
    if row.state == PromiseState.BROKEN:
        title = f"承诺{day}前办成，到期没有报告，请补报"
        after = f"已计未兑现。办成了报逾期兑现，{FINISHES}没办成的写明原因，另定日期。"
    elif row.due_on <= clocks.timing(row.county, look.at).calendar.add(today, 1):
        title = f"承诺{day}到期，报告办成没有"
        after = f"当天24:00前报，不报的次日计未兑现。办成了，{FINISHES}"
    return NextStep(
        title,
        after,
        _stage(look),
        "tracking",
        part=row.assignment,
        link=(url, "办成了，报兑现"),
    )


def tracked(look: Look) -> NextStep:
    """Say of what the unit has put off who has to do it by when."""
    row, lead = look.file.pending.promise, look.file.lead
    unit = lead.unit.short_name if lead else "承办单位"
    phone = f"，电话{lead.unit.phone}" if lead and lead.unit.phone else ""
    if row is None:
        return NextStep(f"等{unit}继续办理", f"{unit}{phone}。")
    day = desk_date(row.due_on)
    if row.state == PromiseState.BROKEN:
        return NextStep(
            f"等{unit}说明为什么没有兑现", f"承诺{day}前办成，到期没有报告，已计未兑现{phone}。"
        )
    return NextStep(
        f"已列入计划，等{unit}兑现",
        f"承诺{day}前办成{phone}。到期系统问单位，不报的次日计未兑现。",
    )


def plan_of(look: Look) -> Plan | None:
    """Return what the page shows of a matter that was put off."""
    case, row = look.file.appeal, look.file.pending.promise
    if case.state != State.TRACKING or row is None:
        return None
    return Plan(
        row.what.body or GONE,
        _facts(row),
        [milestone_line(each) for each in look.file.pending.milestones],
    )


def milestone_line(row: Milestone) -> tuple[str, str, str]:
    """Write a step on the way: what, by when, and whether it is done."""
    done = f"{desk_date(row.done_on)}完成" if row.done_on else "未完成"
    return row.what.body or GONE, f"计划{desk_date(row.planned_on)}", done


def _facts(row: Promise) -> list[tuple[str, str]]:
    facts = [("承诺日期", f"{desk_date(row.due_on)}前"), ("怎么样了", row.get_state_display())]
    if row.turn > 1:
        facts.append(("第几次", f"第{row.turn}次，以前的见办理过程"))
    if row.objection is not None and row.objected_at is not None:
        said = f"{moment(row.objected_at)}：{row.objection.body or GONE}"
        facts.append(("企业对日期的意见", said))
    return facts


def _stage(look: Look) -> str:
    """Say by when the enterprise is to hear how far things are, if that comes first."""
    row, lead = look.file.pending.promise, look.file.lead
    if row is None or lead is None or lead.due_on is None or lead.due_on >= row.due_on:
        return ""
    return f"{desk_date(lead.due_on)}前给企业一次阶段答复"
