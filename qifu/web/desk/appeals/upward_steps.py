"""The next step on the way up: a request to rule on, a reply to enter; and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qifu.appeals import access, readings, upper_access
from qifu.appeals.above import Above, Asked, Raised, above
from qifu.appeals.dossiers import Dossier
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Clock, named
from qifu.appeals.rules import ClockKind
from qifu.kernel.clock import local_date
from qifu.web.desk.appeals.lines import Facts, PartLine
from qifu.web.desk.appeals.next_steps import Look, NextStep, limit_words
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.dates import desk_date, moment


@dataclass(frozen=True)
class Leg:
    """One way up as the case's page tells it."""

    title: str
    state: str
    facts: Facts
    reply: str
    missing: str


def upward_step(look: Look) -> NextStep | None:
    """Return what has to be ruled on or entered, or whom the case waits for above."""
    case, read = look.file.appeal, above(look.file.appeal)
    if case.state == State.ESCALATED and read.open is not None:
        return _waiting(look, read.open)
    asks = read.asked is not None and case.state == State.HANDLING
    if asks and read.asked is not None and access.is_clerk(look.viewer):
        return _request(look, read.asked)
    return None


def _request(look: Look, row: Asked) -> NextStep:
    return NextStep(
        f"{row.unit}申请转{named(row.level, row.organ)}，转不转",
        f"卡在{row.reason}。转上级后单位计时暂停，上级的时限另外计；不同意的由单位接着办。",
        "",
        "escalation",
        quote=f"已做的工作：{row.tried}\n\n建议：{row.proposal}",
        quote_label=f"{row.unit}的理由，{moment(row.at)}",
    )


def _waiting(look: Look, row: Raised) -> NextStep:
    title = f"等{named(row.level, row.organ)}答复"
    paused = "单位计时暂停。" if look.file.lead else ""
    missing = f"还没有登记{'、'.join(row.missing)}。" if row.missing else ""
    since = f"{desk_date(local_date(row.at))}转出。{paused}"
    clock = _upper(look.file)
    limit = limit_words(clock, readings.read_clock(clock, look.at), "上级") if clock else ""
    if not upper_access.can_enter_upper(look.viewer, look.file.appeal):
        return NextStep(title, f"{since}{missing}", limit)
    after = "收到答复就登记，单位接着计时。" if look.file.lead else "收到答复就登记，再交办。"
    return NextStep(
        title,
        f"{since}{after}",
        limit,
        "upper",
        warning=missing,
        link=(case_url(look.file.appeal.number, "upper-replies"), "登记上级答复"),
    )


def upper_lines(file: Dossier, at: datetime) -> list[PartLine]:
    """Return the upper organ's line on the board, beside the units' own."""
    row = above(file.appeal).open
    if row is None or file.appeal.state != State.ESCALATED:
        return []
    return [
        PartLine(
            "上级",
            named(row.level, row.organ),
            row.handled_by or "承办单位未登记",
            "等上级答复",
            readings.read_clock(_upper(file), at, brief=True),
            f"{moment(row.at)}转出",
        )
    ]


def legs(file: Dossier) -> Sequence[Leg]:
    """Return every way up, the newest first."""
    read: Above = above(file.appeal)
    return [_leg(row) for row in reversed(read.raised)]


def _leg(row: Raised) -> Leg:
    due = desk_date(row.due_on) if row.due_on else "未登记"
    facts: Facts = [
        ("转出", moment(row.at)),
        ("上级编号", row.number or "未登记"),
        ("上级期限", due),
        ("怎么报的", row.channel or "未登记"),
        ("上级承办", row.handled_by or "未登记"),
        ("卡在哪里", row.reason),
        ("已做工作", row.tried),
        ("建议", row.proposal),
    ]
    if row.replied_on:
        facts.append(("答复日期", desk_date(row.replied_on)))
    return Leg(
        named(row.level, row.organ),
        row.result or "等上级答复",
        facts,
        row.reply,
        "、".join(row.missing) if row.is_open else "",
    )


def _upper(file: Dossier) -> Clock | None:
    running = [c for c in file.clocks if c.kind == ClockKind.UPPER and not c.stopped_at]
    return running[-1] if running else None
