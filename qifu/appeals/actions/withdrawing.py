"""The enterprise takes its case back (撤回), or asks where it stands (催一催)."""

from __future__ import annotations

from datetime import datetime

from qifu.appeals import access, clocks, notices
from qifu.appeals.actions.calling import open_callback
from qifu.appeals.actions.calling_off import call_off
from qifu.appeals.actions.merging import in_order, leave_parent
from qifu.appeals.actions.texts import optional
from qifu.appeals.actions.tracking import call_off_promises
from qifu.appeals.lifecycle import URGEABLE, State
from qifu.appeals.models import Appeal, CallbackReason, Urge, Withdrawal, WithdrawalReason
from qifu.appeals.rules import ClockKind
from qifu.appeals.sampling import is_drawn
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date, start_of_day
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.models import User


def withdraw(
    appeal: Appeal,
    reason: WithdrawalReason,
    *,
    words: str = "",
    by: User,
    at: datetime,
    key: str = "",
) -> Withdrawal:
    """Take a case back before it is answered (撤回); some are called, in case of pressure."""
    with deed("appeal.withdrawn", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.speaks_for(by, appeal):
            raise NotAllowed("只有反映问题的企业可以撤回。")
        state = appeal.state
        timing = clocks.timing(appeal.county, at)
        drawn = is_drawn(appeal.county, appeal.number, "withdrawn", timing.limits.local_sample)
        work.note(reason=reason, state=state, sampled=drawn)
        kept = optional("words", words)
        text = work.text("withdrawal", kept) if kept else None
        call_off(work, appeal)
        running = list(appeal.clocks.filter(stopped_at=None).order_by("pk"))
        if drawn:
            days = timing.limits.days(ClockKind.CALLBACK)
            _leave(work, appeal, "withdraw_sampled", due_on=timing.due_on(days, at))
        else:
            _leave(work, appeal, "withdraw", closed_at=at, due_on=None)
        if running:
            clocks.stop_all(work, running)
        if state == State.TRACKING:
            call_off_promises(work, appeal)
        if drawn:
            open_callback(work, appeal, CallbackReason.WITHDRAWN)
        return work.add(
            Withdrawal(
                appeal=appeal, reason=reason, words=text, state=state, sampled=drawn, by=by, at=at
            )
        )


def urge(appeal: Appeal, *, words: str = "", by: User, at: datetime, key: str = "") -> Urge:
    """Ask where a case stands (催一催), once a day; whoever holds it is told today."""
    with deed("appeal.urged", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.speaks_for(by, appeal):
            raise NotAllowed("只有反映问题的企业可以催办。")
        if appeal.state not in URGEABLE:
            raise StaleState(f"这件诉求现在是“{appeal.get_state_display()}”，不用催了。")
        if appeal.urges.filter(at__gte=start_of_day(local_date(at))).exists():
            raise StaleState("今天已经催过一次，县办和承办单位都看到了。急事请打电话问县办。")
        kept = optional("words", words)
        text = work.text("urge", kept) if kept else None
        # Of a merged case the pressure is the parent's, whose unit handles both.
        parent = appeal.merged_into if appeal.state == State.MERGED else None
        for each in in_order(*filter(None, (appeal, parent))):
            work.change(each, urged=each.urged + 1)
        timing = clocks.timing(appeal.county, at)
        if draft := notices.urged(parent or appeal, at):
            put_all(work, [draft], hold=timing.hold)
        return work.add(Urge(appeal=appeal, words=text, by=by, at=at))


def _leave(work: Deed, appeal: Appeal, verb: str, **changes: object) -> None:
    """Take the case back; one that goes with another leaves it (合并的随之撤销)."""
    if appeal.state != State.MERGED:
        appeal.advance(work, verb, **changes)
        return
    row = leave_parent(work, appeal, verb, **changes)
    work.change(row, expect={"undone_at": None}, undone_at=work.at, undone_by=work.by)
