"""The next step of a case (下一步): mine, with one button, or whose, and by which day.

What may be done is asked of `access`; here it only gets its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from qifu.appeals import access, clocks, readings
from qifu.appeals.catalogue import Proposal, propose, question, rules_in_force, units_by_code
from qifu.appeals.checks import Check, checks
from qifu.appeals.dossiers import Dossier
from qifu.appeals.handling import handling_days, upper_day
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.limits import Limits
from qifu.appeals.models import Answer, Assignment, Clock
from qifu.appeals.rules import Nature, Role
from qifu.appeals.timeline import Entry
from qifu.kernel.clock import local_date
from qifu.kernel.readings import Lamp, Reading
from qifu.organisations.models import User
from qifu.web.ui.dates import desk_date

# A leader who drafted it: another signs, or, where there is none, he takes it back.
OWN_DRAFT = (
    "这是您自己起草的，要由本单位另一位负责同志审签。没有另一位的，请收回来，分派给经办人报送。"
)


@dataclass(frozen=True)
class NextStep:
    """The panel at the head of a case; without a `panel` it is somebody else's turn."""

    title: str
    consequence: str = ""
    deadline: str = ""
    panel: str = ""
    flag: str = "等别人"
    part: Assignment | None = None
    answer: Answer | None = None
    proposal: Proposal | None = None
    hints: Sequence[Check] = field(default=())
    warning: str = ""
    quote: str = ""
    quote_label: str = ""
    link: tuple[str, str] = ("", "")
    attempts: str = ""

    @property
    def is_mine(self) -> bool:
        """Tell whether the reader takes this step."""
        return bool(self.panel)


@dataclass(frozen=True)
class Look:
    """Who looks at which case, and when."""

    viewer: User
    file: Dossier
    at: datetime

    @property
    def limits(self) -> Limits:
        """The limits in force now."""
        return clocks.timing(self.file.appeal.county, self.at).limits


def my_step(look: Look) -> NextStep | None:
    """Return the step that the reader has to take, if it is his turn."""
    return _office_step(look) or _unit_step(look)


def came_back(step: NextStep, look: Look, told: Sequence[Entry]) -> NextStep:
    """Put before the unit what its leader or the office wrote when the answer came back."""
    if step.panel != "reply" or step.part is None:
        return step
    answers = look.file.answers_of(step.part)
    if not answers or answers[-1].state not in (Answer.State.SENT_BACK, Answer.State.REWORK):
        return step
    kinds = ("appeal.sent_back", "appeal.reworked")
    words = next((entry.sentence for entry in told if entry.kind in kinds), "")
    return replace(step, title="照退回的意见改答复", warning=words)


def _office_step(look: Look) -> NextStep | None:
    viewer, case = look.viewer, look.file.appeal
    if access.can_accept(viewer, case):
        return NextStep(
            "看看归哪一类，受理这件诉求",
            "受理后企业看到“已受理”，接着要交给承办单位。",
            _limit(look, readings.OFFICE_CLOCKS[State.SUBMITTED].label),
            "accept",
        )
    if access.can_dispatch(viewer, case):
        return _dispatching(look)
    if access.can_review(viewer, case):
        return _reviewing(look)
    if access.can_close(viewer, case) and case.due_on and case.due_on < local_date(look.at):
        return NextStep(
            "评价期已满，企业没有评价",
            "办结后记为“未评价”，不算满意。",
            f"评价到{desk_date(case.due_on)}为止",
            "close",
        )
    return None


def _dispatching(look: Look) -> NextStep:
    case, on = look.file.appeal, local_date(look.at)
    rules, units = rules_in_force(case.county, on), units_by_code(case.county, on)
    proposal = propose(rules, units, question(case))
    minutes = look.limits.take_back_minutes
    after = f"交办后立即通知单位并开始计时，签收前{minutes}分钟内可撤回。"
    deadline = _limit(look, "交办")
    if proposal.lead is None:
        return NextStep("选定承办单位", after, deadline, "dispatch", proposal=proposal)
    rules_of_time = clocks.timing(case.county, look.at)
    upper = upper_day(case)
    days = handling_days(rules_of_time, proposal.nature, on, upper=upper)
    due = desk_date(rules_of_time.due_on(days, look.at))
    promise = f"按“{Nature(proposal.nature).label}”计{days}个工作日，{due}24:00前答复企业。"
    if upper is not None:
        promise += f"上级期限{desk_date(upper)}。"
    others = "、".join(unit.short_name for unit in proposal.assists)
    title = f"交{proposal.lead.short_name}主办" + (f"，{others}协办" if others else "")
    return NextStep(title, promise + after, deadline, "dispatch", proposal=proposal)


def _reviewing(look: Look) -> NextStep | None:
    answer = look.file.newest_answer(Answer.State.SIGNED)
    if answer is None or answer.assignment is None:
        return None
    unit = answer.assignment.unit.short_name
    return NextStep(
        f"审核{unit}的答复，通过后发给企业",
        f"审核通过后，企业立即收到答复并可评价；退回则由{unit}重办，单位的时限接着走。",
        _limit(look, "审核"),
        "review",
        answer=answer,
        hints=checks(look.file.appeal.problem.body, answer.body.body),
    )


def _unit_step(look: Look) -> NextStep | None:
    viewer = look.viewer
    for part in look.file.standing:
        if access.can_sign(viewer, part):
            return _signing(look, part)
    for part in look.file.standing:
        if access.can_approve(viewer, part):
            return _approving(look, part)
    for part in look.file.standing:
        if access.can_reply(viewer, part):
            return _replying(look, part)
    return None


def _signing(look: Look, part: Assignment) -> NextStep:
    handling = next(
        (c for c in look.file.clocks if c.assignment_id == part.pk and c.kind == "HANDLE"), None
    )
    running = readings.read_clock(handling, look.at)
    return NextStep(
        f"签收，由{part.unit.short_name}{part.get_role_display()}",
        f"办理时限从交办时就在走：{running.why}。签收后请尽快联系企业。",
        _limit(look, "签收", part),
        "sign",
        part=part,
    )


def _replying(look: Look, part: Assignment) -> NextStep:
    case = look.file.appeal
    lead = part.role == Role.LEAD
    onwards = "直接发给企业" if case.local else ("报县办审核" if lead else "交主办单位")
    signed = "" if case.nature == Nature.CONSULT else "由分管负责同志审签后"
    return NextStep(
        "联系企业，办好后写答复" if lead else "办好后写协办意见",
        f"答复{signed}{onwards}。办不成、不合理、不属职权的一律要审签。",
        _limit(look, "办理", part),
        "reply",
        part=part,
    )


def _approving(look: Look, part: Assignment) -> NextStep | None:
    case = look.file.appeal
    pending = [a for a in look.file.answers_of(part) if a.state == Answer.State.PENDING]
    if not pending:
        return None
    answer = pending[-1]
    after = "企业立即收到答复并可评价" if case.local else "报县办审核"
    if part.role == Role.ASSIST:
        after = "交主办单位"
    drafted = answer.by.name if answer.by else "经办人"
    own = answer.by_id == look.viewer.pk
    return NextStep(
        f"审签{drafted}起草的{'答复' if part.role == Role.LEAD else '协办意见'}",
        f"同意后{after}，本单位计时到此为止；退给经办人改，时限照走。",
        _limit(look, "办理", part),
        "approve",
        part=part,
        answer=answer,
        hints=checks(case.problem.body, answer.body.body) if part.role == Role.LEAD else (),
        warning=OWN_DRAFT if own else "",
    )


def _limit(look: Look, what: str, part: Assignment | None = None) -> str:
    """Write the step's own deadline: `审核限1个工作日，今天24:00到期`."""
    clock = _running(look, part)
    if clock is None:
        return ""
    return limit_words(clock, readings.read_clock(clock, look.at), what)


def limit_words(clock: Clock, reading: Reading, what: str) -> str:
    """Write a clock's limit and how it stands."""
    if reading.lamp == Lamp.OVERDUE:
        return f"{what}限{clock.limit}个工作日，已{reading.headline}"
    return f"{what}限{clock.limit}个工作日，{reading.headline}"


def _running(look: Look, part: Assignment | None) -> Clock | None:
    case = look.file.appeal
    if part is not None:
        kind = "SIGN" if part.state == Work.DISPATCHED else "HANDLE"
        mine = [c for c in look.file.clocks if c.assignment_id == part.pk and c.kind == kind]
    else:
        wanted = readings.OFFICE_CLOCKS.get(State(case.state))
        mine = [c for c in look.file.clocks if c.kind == wanted]
    return mine[-1] if mine else None
