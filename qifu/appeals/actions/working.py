"""A unit's work on its part: sign for it, answer through the leader, or hand it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qifu.appeals import access, clocks
from qifu.appeals.actions.dispatching import to_dispatch
from qifu.appeals.actions.publishing import settle
from qifu.appeals.actions.texts import PROMISE_MAX, line, optional, required
from qifu.appeals.files import check_own
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Answer, Appeal, Approval, Assignment, HandUp, Signature, TakeOver
from qifu.appeals.rules import (
    HAND_UP_REASONS,
    ClockKind,
    Outcome,
    Role,
    check_outcome,
    check_refusal,
)
from qifu.attachments.actions import keep_all
from qifu.attachments.models import Attachment
from qifu.journal.deed import Deed, deed
from qifu.journal.models import Text
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import User


@dataclass(frozen=True)
class Reply:
    """What a unit answers, how it ended and what shows it (amendment 7)."""

    outcome: Outcome
    body: str
    measures: str = ""
    proof: str = ""
    evidence: str = ""
    promise: str = ""
    promised_on: date | None = None
    moved_to: str = ""
    ground: str = ""
    basis: str = ""
    tried: str = ""
    alternatives: str = ""
    files: Sequence[Attachment] = ()


def sign(part: Assignment, *, by: User, at: datetime, key: str = "") -> Signature:
    """Sign for the unit's part (签收); the limit has been running since it was handed out."""
    appeal = part.appeal
    with deed("appeal.signed", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, role=part.role)
        if not access.works_for(by, part):
            raise NotAllowed("只有承办单位的专职人员可以签收。")
        handling = clocks.running(appeal, ClockKind.HANDLE, part)
        part.advance(work, "sign", handler=by, signed_at=at, due_on=handling.due_on)
        if part.role == Role.LEAD:
            appeal.follow(work, part, due_on=handling.due_on)
        clocks.stop(work, clocks.running(appeal, ClockKind.SIGN, part))
        timing = clocks.timing(part.county, at)
        work.add(timing.new(ClockKind.CONTACT, appeal, at, unit=part.unit, assignment=part))
        return work.add(Signature(assignment=part, by=by, at=at))


def reply(part: Assignment, said: Reply, *, by: User, at: datetime, key: str = "") -> Answer:
    """Answer for the unit (报送答复): its leader signs first, where the type asks for it."""
    appeal = part.appeal
    with deed("appeal.replied", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, role=part.role, outcome=said.outcome)
        if not access.works_for(by, part):
            raise NotAllowed("只有承办单位的专职人员可以报送答复。")
        attempts = unreached(part) if said.outcome == Outcome.UNREACHABLE else []
        _check(part, said, attempts, at)
        limits = clocks.timing(part.county, at).limits
        # A no is always signed, also where an explanation is one.
        signed = limits.needs_leader(appeal.nature, said.outcome) or bool(said.ground)
        work.note(local=appeal.local, signed=signed)
        answer = _answer(work, part, said, attempts, by=by)
        if signed:
            part.advance(work, "reply")
            if part.role == Role.LEAD:
                appeal.follow(work, part)
        else:
            settle(work, part, answer, signed=False)
        return answer


def approve(answer: Answer, *, words: str = "", by: User, at: datetime, key: str = "") -> Approval:
    """Sign the unit's answer (审签同意): 及时汇报, and the unit's clock stops here."""
    part = _part(answer)
    with deed("appeal.approved", county=answer.county, by=by, at=at, key=key) as work:
        row = _ruling(work, answer, part, agreed=True, words=optional("words", words), by=by)
        settle(work, part, answer, signed=True)
        return row


def send_back(answer: Answer, words: str, *, by: User, at: datetime, key: str = "") -> Approval:
    """Send the answer back to the handler (退给经办人); the unit's clock runs on.

    A leader who drafted it himself may take it back, or it would wait for ever where the
    unit has no second one.
    """
    part = _part(answer)
    with deed("appeal.sent_back", county=answer.county, by=by, at=at, key=key) as work:
        words = required("words", words, "请写明要改什么。")
        row = _ruling(work, answer, part, agreed=False, words=words, by=by)
        work.change(answer, expect={"state": Answer.State.PENDING}, state=Answer.State.SENT_BACK)
        part.advance(work, "send_back")
        if part.role == Role.LEAD:
            part.appeal.follow(work, part)
        return row


def hand_up(
    part: Assignment, reason: str, tried: str, *, by: User, at: datetime, key: str = ""
) -> HandUp:
    """Hand up what cannot be settled here (逐级上交), saying why and what was tried."""
    appeal = part.appeal
    with deed("appeal.handed_up", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id, reason=reason)
        if not access.works_for(by, part):
            raise NotAllowed("只有正在办理的单位可以上交。")
        if reason not in HAND_UP_REASONS:
            raise InvalidInput("reason", "请选上交的原因。")
        text = work.text("tried", required("tried", tried, "请写明已经做了哪些工作、卡在哪里。"))
        _leave(work, appeal, part, "hand_up")
        return work.add(HandUp(assignment=part, reason=reason, tried=text, by=by, at=at))


def take_over(part: Assignment, words: str, *, by: User, at: datetime, key: str = "") -> TakeOver:
    """Take a local case over (县办接办): the office will hand it out."""
    appeal = part.appeal
    with deed("appeal.taken_over", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以接办。")
        if not appeal.local:
            raise StaleState("这件诉求已不在属地办理，不用接办。")
        text = work.text("take_over", required("words", words, "请写明为什么由县办接办。"))
        _leave(work, appeal, part, "take_over")
        return work.add(TakeOver(assignment=part, words=text, by=by, at=at))


def _leave(work: Deed, appeal: Appeal, part: Assignment, verb: str) -> None:
    part.advance(work, verb, due_on=None)
    to_dispatch(work, appeal, verb)
    clocks.stop_all(work, list(part.clocks.filter(stopped_at=None).order_by("pk")))


def unreached(part: Assignment) -> list[datetime]:
    """Return when the unit tried in vain to reach the enterprise, as it wrote down at the time."""
    tried = part.contacts.filter(reached=False).order_by("contacted_at", "pk")
    return list(tried.values_list("contacted_at", flat=True))


def _check(part: Assignment, said: Reply, attempts: list[datetime], at: datetime) -> None:
    if part.state != Work.HANDLING:
        raise StaleState(f"本单位这一件现在是“{part.get_state_display()}”，不能报送答复。")
    check_own(part, said.files)
    if part.role == Role.ASSIST:
        return
    check_outcome(
        said.outcome,
        proof=said.proof,
        evidence=said.evidence,
        files=len(said.files),
        promise=said.promise,
        promised_on=said.promised_on,
        attempts=attempts,
        moved_to=said.moved_to,
        at=at,
    )
    check_refusal(
        said.outcome,
        ground=said.ground,
        basis=said.basis,
        tried=said.tried,
        alternatives=said.alternatives,
    )
    if part.appeal.local and not said.measures.strip():
        raise InvalidInput("measures", "自行办结要写明采取了什么措施。")


def _answer(
    work: Deed, part: Assignment, said: Reply, attempts: list[datetime], *, by: User
) -> Answer:
    def kept(kind: str, words: str) -> Text | None:
        words = optional(kind, words)
        return work.text(kind, words) if words else None

    body = required("body", said.body, "请写答复内容，企业会原样看到。")
    what = line("promise", said.promise, "", most=PROMISE_MAX) if said.promise.strip() else ""
    promise = work.text("promise", what) if what else None
    answer = work.add(
        Answer(
            appeal=part.appeal,
            assignment=part,
            state=Answer.State.PENDING,
            outcome=said.outcome,
            body=work.text("answer", body),
            measures=kept("measures", said.measures),
            proof=said.proof,
            evidence=kept("evidence", said.evidence),
            promise=promise,
            promised_on=said.promised_on,
            attempts=[attempt.isoformat() for attempt in attempts],
            moved_to=kept("moved_to", said.moved_to),
            ground=said.ground,
            basis=kept("basis", said.basis),
            tried=kept("tried", said.tried),
            alternatives=kept("alternatives", said.alternatives),
            by=by,
            at=work.at,
        )
    )
    keep_all(work, said.files, answer)
    return answer


def _ruling(
    work: Deed, answer: Answer, part: Assignment, *, agreed: bool, words: str, by: User
) -> Approval:
    work.about(part.appeal)
    work.note(unit=part.unit_id, role=part.role, outcome=answer.outcome, local=part.appeal.local)
    if not access.leads(by, part):
        raise NotAllowed("只有本单位分管负责同志可以审签。")
    if agreed and answer.by_id == by.pk:
        raise NotAllowed("自己起草的答复不能自己审签，请由本单位另一位负责同志审签。")
    text = work.text("approval", words) if words else None
    return work.add(Approval(answer=answer, agreed=agreed, words=text, by=by, at=work.at))


def _part(answer: Answer) -> Assignment:
    if answer.assignment is None:
        raise StaleState("县办直接答复的诉求不用审签。")
    return answer.assignment
