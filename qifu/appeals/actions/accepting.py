"""The office's first word on a case: take it on, refuse it with advice, or answer at once."""

from __future__ import annotations

from datetime import datetime

from qifu.appeals import access, clocks, notices
from qifu.appeals.actions.texts import optional, required
from qifu.appeals.catalogue import office_unit
from qifu.appeals.models import Acceptance, Answer, Appeal, Category, Decline, Objection
from qifu.appeals.rules import DECLINE_ADVICE, REFUSALS, ClockKind, DeclineReason, Nature, Outcome
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.furniture import county_of
from qifu.organisations.models import User


def accept(
    appeal: Appeal, category: Category, *, by: User, at: datetime, key: str = ""
) -> Acceptance:
    """Take a case on (受理) and say what it is about; it must now be handed out."""
    with deed("appeal.accepted", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以受理诉求。")
        timing = clocks.timing(appeal.county, at)
        days = timing.limits.days(ClockKind.DISPATCH)
        appeal.advance(work, "accept", category=category, due_on=timing.due_on(days, at))
        clocks.stop(work, clocks.running(appeal, ClockKind.ACCEPT))
        office = office_unit(appeal.county, local_date(at))
        work.add(timing.new(ClockKind.DISPATCH, appeal, at, unit=office))
        return work.add(Acceptance(appeal=appeal, category=category, by=by, at=at))


def decline(
    appeal: Appeal,
    reason: DeclineReason,
    *,
    words: str = "",
    by: User,
    at: datetime,
    key: str = "",
) -> Decline:
    """Refuse a case (不予受理) for a coded reason, naming the way that is open instead."""
    with deed("appeal.declined", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以决定不予受理。")
        if reason not in REFUSALS:
            raise InvalidInput("reason", "信访、诉讼和举报要写明转到哪里。请用“转出”。")
        timing = clocks.timing(appeal.county, at)
        appeal.advance(work, "decline", due_on=None, closed_at=at)
        clocks.stop(work, clocks.running(appeal, ClockKind.ACCEPT))
        final = appeal.objections.exists()
        kept = optional("words", words)
        text = work.text("decline", kept) if kept else None
        row = work.add(Decline(appeal=appeal, reason=reason, words=text, final=final, by=by, at=at))
        work.note(reason=reason, final=final)
        label, advice = DeclineReason(reason).label, DECLINE_ADVICE[reason]
        draft = notices.declined(
            appeal, county_of(appeal.county), label, advice, row.pk, final=final
        )
        put_all(work, [draft], hold=timing.hold)
        return row


def object_to_decline(
    appeal: Appeal, words: str, *, by: User, at: datetime, key: str = ""
) -> Objection:
    """Disagree with a refusal (异议), once and in time; the office looks at it again."""
    with deed("appeal.objected", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.speaks_for(by, appeal):
            raise NotAllowed("只有反映问题的企业可以提出异议。")
        timing = clocks.timing(appeal.county, at)
        refused = appeal.declines.order_by("pk").last()
        if refused is None or refused.final:
            raise StaleState("异议只能提出一次，县办已作出最终答复。请拨打县办电话了解情况。")
        if local_date(at) > timing.due_on(timing.limits.objection_days, refused.at):
            raise StaleState("提出异议的期限已过。有新情况请重新提交一件诉求。")
        text = work.text("objection", required("words", words, "请写明您的理由。"))
        days = timing.limits.days(ClockKind.ACCEPT)
        appeal.advance(work, "object", due_on=timing.due_on(days, at), closed_at=None)
        office = office_unit(appeal.county, local_date(at))
        work.add(timing.new(ClockKind.ACCEPT, appeal, at, unit=office))
        return work.add(Objection(appeal=appeal, decline=refused, words=text, by=by, at=at))


def answer_on_the_spot(
    appeal: Appeal, category: Category, body: str, *, by: User, at: datetime, key: str = ""
) -> Answer:
    """Answer a question at once (咨询直答): no unit is troubled, the enterprise rates."""
    with deed("appeal.answered", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以直接答复。")
        timing = clocks.timing(appeal.county, at)
        text = work.text("answer", required("body", body, "请写答复，企业会原样看到。"))
        appeal.advance(
            work,
            "answer",
            category=category,
            nature=Nature.CONSULT,
            outcome=Outcome.EXPLAINED,
            published_at=at,
            due_on=timing.due_on(timing.limits.rating_days, at),
        )
        clocks.stop(work, clocks.running(appeal, ClockKind.ACCEPT))
        row = work.add(
            Answer(
                appeal=appeal,
                state=Answer.State.PUBLISHED,
                outcome=Outcome.EXPLAINED,
                body=text,
                by=by,
                at=at,
                published_at=at,
            )
        )
        office = county_of(appeal.county).office_name
        put_all(work, [notices.answered(appeal, row, office)], hold=timing.hold)
        return row
