"""What is missing (补充材料): asked once before acceptance, once while a unit handles it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from qifu.appeals import access, clocks, notices
from qifu.appeals.actions.calling import open_callback
from qifu.appeals.actions.speaking import check_speaker
from qifu.appeals.actions.texts import required
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Appeal, Assignment, CallbackReason, Supplement, SupplementState
from qifu.appeals.rules import ClockKind, Role
from qifu.attachments.actions import keep_all
from qifu.attachments.models import Attachment
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.kernel.marks import Paused, Resumed, Wait
from qifu.notices.outbox import put_all
from qifu.organisations.models import User

MISSING = "请写明还差什么，企业照着补。"


def ask_supplement(
    appeal: Appeal, words: str, *, by: User, at: datetime, key: str = ""
) -> Supplement:
    """Ask the enterprise for what is missing before accepting (请企业补充), once."""
    with deed("appeal.supplement_asked", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以请企业补充。")
        if appeal.supplements.filter(assignment=None).exists():
            raise StaleState("受理前只能请企业补充一次。请先受理，或打电话问清。")
        text = work.text("missing", required("words", words, MISSING))
        timing = clocks.timing(appeal.county, at)
        due_on = timing.due_on(timing.limits.supplement_days, at)
        appeal.advance(work, "ask_supplement", due_on=due_on)
        clocks.mark(work, clocks.running(appeal, ClockKind.ACCEPT), Paused(at, Wait.SUPPLEMENT))
        row = work.add(
            Supplement(
                appeal=appeal,
                state=SupplementState.OPEN,
                words=text,
                due_on=due_on,
                by=by,
                at=at,
            )
        )
        put_all(work, [notices.missing(appeal, row.pk, due_on)], hold=timing.hold)
        return row


def request_supplement(
    part: Assignment, words: str, *, by: User, at: datetime, key: str = ""
) -> Supplement:
    """Ask the office to let the enterprise supply something; until it agrees the clock runs."""
    appeal = part.appeal
    with deed("appeal.supplement_requested", county=part.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=part.unit_id)
        if not access.works_for(by, part):
            raise NotAllowed("只有承办单位的专职人员可以申请请企业补充。")
        if part.state != Work.HANDLING or part.role != Role.LEAD:
            raise StaleState("只有主办单位在办理中可以申请请企业补充。")
        if part.supplements.exclude(state=SupplementState.REFUSED).exists():
            raise StaleState("办理中只能请企业补充一次。请直接联系企业。")
        text = work.text("missing", required("words", words, MISSING))
        return work.add(
            Supplement(
                appeal=appeal,
                assignment=part,
                state=SupplementState.ASKED,
                words=text,
                by=by,
                at=at,
            )
        )


def rule_supplement(
    supplement: Supplement, *, agreed: bool, by: User, at: datetime, key: str = ""
) -> Supplement:
    """Agree that the unit's clock stands still meanwhile (同意暂停), or not."""
    appeal, part = supplement.appeal, supplement.assignment
    with deed("appeal.supplement_ruled", county=supplement.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以同意补充。")
        if part is None or supplement.state != SupplementState.ASKED:
            raise StaleState("这个申请已经处理过了。")
        work.note(unit=part.unit_id, agreed=agreed)
        asked = {"state": SupplementState.ASKED}
        ruled = {"ruled_by": by, "ruled_at": at}
        if not agreed:
            work.change(supplement, expect=asked, state=SupplementState.REFUSED, **ruled)
            return supplement
        timing = clocks.timing(appeal.county, at)
        due_on = timing.due_on(timing.limits.supplement_days, at)
        part.advance(work, "pause", due_on=None)
        appeal.follow(work, part, due_on=due_on)
        clocks.mark(
            work, clocks.running(appeal, ClockKind.HANDLE, part), Paused(at, Wait.SUPPLEMENT)
        )
        open_ = SupplementState.OPEN
        work.change(supplement, expect=asked, state=open_, due_on=due_on, **ruled)
        put_all(work, [notices.missing(appeal, supplement.pk, due_on)], hold=timing.hold)
        return supplement


def supply(
    supplement: Supplement,
    words: str,
    *,
    files: Sequence[Attachment] = (),
    by: User | None,
    at: datetime,
    key: str = "",
) -> Supplement:
    """Supply what was missing (补充); the clock goes on with the time that was left.

    `by` is None where the enterprise came by its one-time link, without an account. The
    files join those of the case: whoever reads the case reads them.
    """
    with deed("appeal.supplied", county=supplement.county, by=by, at=at, key=key) as work:
        work.about(supplement.appeal)
        check_speaker(supplement.appeal, by, "补充")
        if supplement.state != SupplementState.OPEN:
            raise StaleState("这次补充已经结束了。有新情况请点“催一催”写上。")
        text = work.text("supplied", required("words", words, "请把还差的内容写在这里。"))
        _go_on(work, supplement, "supply")
        work.change(
            supplement,
            expect={"state": SupplementState.OPEN},
            state=SupplementState.SUPPLIED,
            supplied=text,
            supplied_at=at,
        )
        keep_all(work, files, supplement.appeal)
        return supplement


def lapse(supplement: Supplement, *, at: datetime) -> None:
    """End the waiting (期满未补充): the office calls first, and a unit goes on with what it has.

    Never a withdrawal by silence (amendment 2).
    """
    appeal = supplement.appeal
    with deed("appeal.supplement_lapsed", county=supplement.county, by=None, at=at) as work:
        work.about(appeal)
        if supplement.assignment_id:
            _go_on(work, supplement, "lapse")
        else:
            timing = clocks.timing(appeal.county, at)
            days = timing.limits.days(ClockKind.CALLBACK)
            appeal.advance(work, "lapse", due_on=timing.due_on(days, at))
            clocks.stop(work, clocks.running(appeal, ClockKind.ACCEPT))
            open_callback(work, appeal, CallbackReason.LAPSED)
        work.change(
            supplement, expect={"state": SupplementState.OPEN}, state=SupplementState.LAPSED
        )


def lapse_due(county: str, *, at: datetime) -> int:
    """End every waiting whose time has passed, and return how many."""
    late = Supplement.objects.in_county(county).filter(
        state=SupplementState.OPEN, due_on__lt=local_date(at)
    )
    ended = 0
    for row in late.select_related("appeal", "assignment__appeal").order_by("due_on", "pk"):
        try:
            lapse(row, at=at)
        except StaleState:
            continue  # supplied at this very moment
        ended += 1
    return ended


def _go_on(work: Deed, supplement: Supplement, verb: str) -> None:
    appeal, part = supplement.appeal, supplement.assignment
    kind = ClockKind.ACCEPT if part is None else ClockKind.HANDLE
    clock = clocks.running(appeal, kind, part)
    due_on = clocks.due_after(clock, Resumed(work.at))
    if part is None:
        appeal.advance(work, verb, due_on=due_on)
    else:
        part.advance(work, verb, due_on=due_on)
        appeal.follow(work, part, due_on=due_on)
    clocks.mark(work, clock, Resumed(work.at))
