"""The lines of a case's page: units' parts, answers, history, the enterprise; in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qifu.appeals import readings, timeline
from qifu.appeals.dossiers import Dossier
from qifu.appeals.files import Files
from qifu.appeals.lifecycle import WORK_OPEN, Work
from qifu.appeals.models import Answer, Appeal, Assignment
from qifu.kernel.clock import local_date
from qifu.kernel.readings import Reading
from qifu.organisations.absences import away_on, said_of
from qifu.organisations.models import User
from qifu.web.desk.appeals.attached import listed
from qifu.web.ui.dates import desk_date, moment
from qifu.web.ui.masks import mask_name, mask_phone
from qifu.web.ui.sent_files import FileLine

Facts = list[tuple[str, str]]
WENT_BACK = (Answer.State.SENT_BACK, Answer.State.REWORK)
SHOWN = {"": "全部", "public": "企业可见", "internal": "仅内部"}
# Of a history longer than the one number only so many of the newest are shown at first.
HISTORY_MOST, HISTORY_FIRST = 40, 30


@dataclass(frozen=True)
class PartLine:
    """One unit's part: its role, people, state, own clock, and what it did last."""

    role: str
    unit: str
    handler: str
    state: str
    reading: Reading
    last: str
    # Who of the unit's two is away, and who stands in.
    away: str = ""


@dataclass(frozen=True)
class AnswerLine:
    """One answer as it stands: whose, how it ended, what shows it."""

    unit: str
    state: str
    outcome: str
    when: str
    body: str
    facts: Facts
    files: Sequence[FileLine] = ()


@dataclass(frozen=True)
class HistoryLine:
    """One entry of the timeline, with its time written out."""

    when: str
    title: str
    sentence: str
    public: bool


@dataclass(frozen=True)
class History:
    """The entries shown, and how many there are of each kind."""

    entries: Sequence[HistoryLine]
    shown: str
    counts: Sequence[tuple[str, str, int]]
    # How many there are of what is shown, where the older ones are folded away.
    folded: int = 0


def part_lines(file: Dossier, at: datetime) -> list[PartLine]:
    """Return the units' parts, the LEAD first, each with its own clock and who is away."""
    on_hand = any(part.state in WORK_OPEN for part in file.standing)
    away = away_on(file.appeal.county, local_date(at)) if on_hand else []
    clocks = {(clock.assignment_id, clock.kind): clock for clock in file.clocks}
    parts = sorted(file.standing, key=lambda part: (part.role != "LEAD", part.pk))
    return [
        PartLine(
            part.get_role_display(),
            part.unit.short_name,
            part.handler.name if part.handler else "还没有经办人",
            part.get_state_display(),
            readings.read_clock(clocks.get((part.pk, readings.part_kind(part))), at, brief=True),
            _last(part),
            said_of(away, part.unit) if part.state in WORK_OPEN else "",
        )
        for part in parts
    ]


# What there is to say of a part that waits, or came to nothing.
STANDS = {
    Work.RETURNING: "已退单，等县办裁定",
    Work.RETURNED: "退单成立，重新交办",
    Work.SUPPLEMENT: "等企业补充，计时暂停",
    Work.ESCALATED: "已转上级，计时暂停",
    Work.TRACKING: "已列入计划，到期问兑现",
    Work.CALLED_OFF: "诉求已结束，不再办理",
}


def _last(part: Assignment) -> str:
    if part.state in STANDS:
        return STANDS[Work(part.state)]
    if part.answered_at:
        return f"{moment(part.answered_at)}审签答复"
    if part.state == Work.APPROVAL:
        return "答复已起草，等审签"
    if part.signed_at:
        return f"{moment(part.signed_at)}签收"
    return f"{moment(part.given_at)}交办，尚未签收"


def answer_lines(
    file: Dossier, besides: Answer | None, given: Files
) -> tuple[list[AnswerLine], list[AnswerLine]]:
    """Return the answers that stand, newest first, and those that went back.

    The one that the panel shows already is left out.
    """
    shown = [a for a in reversed(file.answers) if besides is None or a.pk != besides.pk]
    standing = [answer_line(each, given) for each in shown if each.state not in WENT_BACK]
    return standing, [answer_line(each, given) for each in shown if each.state in WENT_BACK]


def answer_line(answer: Answer, given: Files) -> AnswerLine:
    """Return one answer with what shows how it ended."""
    return AnswerLine(
        _whose(answer),
        answer.get_state_display(),
        answer.get_outcome_display(),
        moment(answer.published_at or answer.at),
        answer.body.body or "（内容已依法删除）",
        outcome_facts(answer),
        listed(answer.appeal, given.of_answer(answer)),
    )


def _whose(answer: Answer) -> str:
    part = answer.assignment
    if part is not None:
        return f"{part.unit.short_name}（{part.get_role_display()}）"
    return "随主件答复" if answer.follows_id else "县办直接答复"


def outcome_facts(answer: Answer) -> Facts:
    """Name how the answer says it ended, and what shows it; internal."""
    facts: Facts = [("办理结果", answer.get_outcome_display())]
    if answer.proof:
        evidence = answer.evidence.body if answer.evidence else ""
        facts.append(("凭证", f"{answer.get_proof_display()}：{evidence}"))
    if answer.promised_on:
        what = f"：{answer.promise.body}" if answer.promise else ""
        facts.append(("承诺", f"{desk_date(answer.promised_on)}前{what}"))
    if answer.moved_to:
        facts.append(("已转", answer.moved_to.body))
    facts += refusal_facts(answer)
    if answer.attempts:
        times = "、".join(moment(datetime.fromisoformat(each)) for each in answer.attempts)
        facts.append(("联系记录", times))
    if answer.measures:
        facts.append(("办理措施", answer.measures.body))
    return facts


def refusal_facts(answer: Answer) -> Facts:
    """Name what a no tells the enterprise besides (办不成告知)."""
    said = (
        (f"依据（{answer.get_ground_display()}）", answer.basis),
        ("试过什么", answer.tried),
        ("还可以怎么办", answer.alternatives),
    )
    return [(term, text.body or "（内容已依法删除）") for term, text in said if text is not None]


def history(every: Sequence[timeline.Entry], shown: str, *, whole: bool = False) -> History:
    """Return the timeline as it is asked for: all, what the enterprise sees, the rest.

    The newest come first; of a long one the older are folded until the `whole` is asked for.
    """
    public = sum(entry.public for entry in every)
    counts = {"": len(every), "public": public, "internal": len(every) - public}
    shown = shown if shown in SHOWN else ""
    wanted = [entry for entry in every if not shown or entry.public == (shown == "public")]
    folds = not whole and len(wanted) > HISTORY_MOST
    return History(
        [
            HistoryLine(moment(entry.at), entry.title, _told(entry), entry.public)
            for entry in (wanted[:HISTORY_FIRST] if folds else wanted)
        ],
        shown,
        [(code, name, counts[code]) for code, name in SHOWN.items()],
        folded=len(wanted) if folds else 0,
    )


def _told(entry: timeline.Entry) -> str:
    return (
        f"{entry.sentence}（{entry.actor}）" if entry.actor not in ("", "系统") else entry.sentence
    )


def enterprise_facts(case: Appeal) -> Facts:
    """Return what the office should know of the enterprise, the number masked."""
    firm = case.enterprise
    facts: Facts = []
    if firm is not None:
        facts.append(("信用代码", firm.uscc or "未登记"))
    facts.append(("属地", case.place.short_name if case.place else "未登记"))
    if firm is not None:
        facts.append(("类型", firm.size_name))
    else:
        facts.append(("名录", "不在企业名录里"))
    return facts


def contact_line(case: Appeal) -> str:
    """Write who to ring, masked: `刘*，138****5678`."""
    name, phone = case.contact.heading, case.contact.body
    if not phone:
        return "（内容已依法删除）"
    return f"{mask_name(name)}，{mask_phone(phone)}"


def said_line(case: Appeal) -> str:
    """Write when and how it came in, and who typed it: `11-17 11:02，走访，王*代登记`."""
    parts = [moment(case.submitted_at), case.get_channel_display()]
    if case.proxy:
        parts.append(f"{case.submitted_by.name}代登记")
    return "，".join(parts)


def is_of(viewer: User, case: Appeal) -> bool:
    """Tell whether the enterprise lies in the viewer's own place."""
    return case.enterprise is not None and case.enterprise.township_id in viewer.reach.units()
