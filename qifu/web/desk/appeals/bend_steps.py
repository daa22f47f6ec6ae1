"""The next step on a bend of the road: a return, more time, a supplement or a call to rule on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from qifu.appeals import access
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import (
    Assignment,
    Callback,
    Extension,
    Return,
    Supplement,
    SupplementState,
)
from qifu.appeals.readings import read_clock
from qifu.appeals.rules import ClockKind
from qifu.web.desk.appeals.next_steps import Look, NextStep, limit_words
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.dates import moment

GONE = "（内容已依法删除）"


def bend_step(look: Look) -> NextStep | None:
    """Return what the office has to rule on or to ask, if it is the reader's."""
    viewer, case, pending = look.viewer, look.file.appeal, look.file.pending
    if (waits := _to_confide(look)) is not None:
        return _confiding(waits)
    if pending.returned is not None and access.is_clerk(viewer):
        return _returned(look, pending.returned)
    if pending.callback is not None and access.can_call_back(viewer, case):
        return _call(look, pending.callback)
    if pending.extension is not None and access.is_reviewer(viewer):
        return _extension(look, pending.extension)
    asked = pending.supplement
    if asked is not None and asked.state == SupplementState.ASKED and access.is_clerk(viewer):
        return _consent(asked)
    return None


def _to_confide(look: Look) -> Assignment | None:
    """Return the part whose leader has to say who handles a confidential case."""
    for part in look.file.standing:
        unnamed = part.state == Work.DISPATCHED and part.handler_id is None
        if look.file.appeal.confidential and unnamed and access.leads(look.viewer, part):
            return part
    return None


def _confiding(part: Assignment) -> NextStep:
    return NextStep(
        "定一位经办人",
        "企业要求保密，本单位只有您看得到。定了经办人，由他签收、办理，别人仍然看不到。",
        "",
        "ruling",
        quote="只告诉经办人，不要在工作群里转。",
        quote_label="请注意",
        link=(
            f"{case_url(part.appeal.number, 'sub-assignments')}?unit={part.unit.code}",
            "定经办人",
        ),
    )


def _returned(look: Look, row: Return) -> NextStep:
    unit = row.assignment.unit.short_name
    proposed = f"，建议交{row.proposed.short_name}" if row.proposed else ""
    return NextStep(
        f"裁定{unit}的退单",
        f"{row.get_reason_display()}{proposed}。成立的回到待交办，不成立的由{unit}办；裁定是最终的。",
        _limit(look, ClockKind.RETURN, "裁定"),
        "ruling",
        quote=row.words.body or GONE,
        quote_label=f"{unit}的依据，{moment(row.at)}",
        link=(case_url(look.file.appeal.number, "return-rulings"), "裁定退单"),
    )


def _extension(look: Look, row: Extension) -> NextStep:
    unit = row.assignment.unit.short_name
    return NextStep(
        f"裁定{unit}的延期，申请{row.days}个工作日",
        "批准后时限顺延，主办单位的延期会告诉企业；裁定前时限不变。",
        "",
        "ruling",
        quote=row.words.body or GONE,
        quote_label=f"{unit}的理由，{moment(row.at)}",
        link=(case_url(look.file.appeal.number, "extension-rulings"), "裁定延期"),
    )


def _consent(row: Supplement) -> NextStep:
    unit = row.assignment.unit.short_name if row.assignment else "承办单位"
    return NextStep(
        f"{unit}申请请企业补充，同意不同意",
        "同意后企业收到下面的话，单位计时暂停到补充为止；不同意的计时照走。",
        "",
        "consent",
        quote=row.words.body or GONE,
        quote_label=f"还差什么（企业将看到的原文），{moment(row.at)}",
    )


def _call(look: Look, row: Callback) -> NextStep:
    return NextStep(
        f"回访企业：{row.get_reason_display()}",
        "先问两件事：有没有人联系、事情办成了没有。没接通的记一次，改天再打。",
        _limit(look, ClockKind.CALLBACK, "回访"),
        "call",
        link=(case_url(look.file.appeal.number, "callbacks"), "记回访结果"),
        attempts=_attempts(look.file.appeal.tried),  # type: ignore[attr-defined]
    )


def _attempts(tried: Sequence[datetime]) -> str:
    if not tried:
        return "还没有打过。"
    return f"未接通{len(tried)}次：{'、'.join(moment(each) for each in tried)}。"


def _limit(look: Look, kind: ClockKind, what: str) -> str:
    mine = [clock for clock in look.file.clocks if clock.kind == kind and not clock.stopped_at]
    return limit_words(mine[-1], read_clock(mine[-1], look.at), what) if mine else ""


def unreached(look: Look, unit: int) -> bool:
    """Tell whether the unit has still to reach the enterprise for the first time."""
    return any(
        clock.kind == ClockKind.CONTACT
        and clock.stopped_at is None
        and clock.assignment is not None
        and clock.assignment.unit_id == unit
        and clock.assignment.state == Work.HANDLING
        for clock in look.file.clocks
    )
