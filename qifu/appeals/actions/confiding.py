"""Keeping a case from others as the enterprise wants it (企业要求保密), and no longer."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from qifu.appeals import access, clocks, notices, veil
from qifu.appeals.actions.texts import optional, required
from qifu.appeals.lifecycle import work_step
from qifu.appeals.models import Appeal, Assignment, Confidentiality, Viewer
from qifu.appeals.models.numbers import take_left_out
from qifu.appeals.rules import Role
from qifu.journal.deed import Deed, deed
from qifu.journal.models import Text
from qifu.kernel.clock import local_date
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.notices.outbox import put_all
from qifu.organisations.models import User


def keep_confidential(
    appeal: Appeal, words: str = "", *, by: User, at: datetime, key: str = ""
) -> Confidentiality:
    """Keep a case from others from now on (企业要求保密), under a number nobody knows yet.

    Units that only help are let off, and whoever was named to see it has to be named anew.
    """
    with deed("appeal.kept_confidential", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        own = access.is_confidant(by, appeal)
        if not (own or access.is_clerk(by)):
            raise NotAllowed("保密由企业自己提出，或由县办受理员按企业的要求登记。")
        if appeal.confidential:
            raise StaleState("这件诉求已经保密了。")
        kept = _words(words, own=own, missing="没有写原因。请写企业是怎么要求的。")
        text = work.text("confidentiality", kept) if kept else None
        row = confide(work, appeal, text, by=by)
        if not own:
            hold = clocks.timing(appeal.county, at).hold
            put_all(work, [notices.kept_confidential(appeal)], hold=hold)
        return row


def confide(work: Deed, appeal: Appeal, words: Text | None, *, by: User) -> Confidentiality:
    """Make a case confidential within the deed that says why; it gets another number."""
    old, year = appeal.number, int(appeal.number[:4])
    number = take_left_out(appeal.county, year)
    helping = _let_off(work, appeal)
    work.change(
        appeal, expect={"number": old, "confidential": False}, confidential=True, number=number
    )
    running = list(appeal.clocks.filter(assignment__in=helping, stopped_at=None))
    if running:
        clocks.stop_all(work, running)
    _end_viewers(work, appeal)
    _hush(work, appeal, old)
    return work.add(
        Confidentiality(appeal=appeal, kept=True, words=words, old_number=old, by=by, at=work.at)
    )


def lift_confidence(
    appeal: Appeal, words: str = "", *, by: User, at: datetime, key: str = ""
) -> Confidentiality:
    """Let a case be seen as others are again (解除保密): the enterprise, or the director."""
    with deed("appeal.confidence_lifted", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        own = access.is_confidant(by, appeal)
        if not (own or access.can_lift_confidence(by)):
            raise NotAllowed("解除保密只由企业自己或县办主任决定。")
        if not appeal.confidential:
            raise StaleState("这件诉求没有保密。")
        if appeal.turn_aways.filter(to_erase=True).exists():
            raise StaleState("这件是已经移交的举报，不能解除保密。")
        kept = _words(words, own=own, missing="没有写原因。请写为什么可以解除保密。")
        text = work.text("confidentiality", kept) if kept else None
        work.change(appeal, expect={"confidential": True}, confidential=False)
        return work.add(Confidentiality(appeal=appeal, kept=False, words=text, by=by, at=at))


def record_reading(appeal: Appeal, *, by: User, at: datetime) -> None:
    """Write down that oversight opened a confidential case (amendment 14)."""
    with deed("appeal.confidential_read", county=appeal.county, by=by, at=at) as work:
        work.about(appeal)


def _words(words: str, *, own: bool, missing: str) -> str:
    """The enterprise need not say why; whoever decides for it does."""
    return optional("words", words) if own else required("words", words, missing)


def _let_off(work: Deed, appeal: Appeal) -> list[Assignment]:
    open_ = Q(role=Role.ASSIST, state__in=work_step("call_off").sources)
    helping = list(appeal.assignments.filter(open_).order_by("pk"))
    for part in helping:
        part.advance(work, "call_off", due_on=None)
    return helping


def _end_viewers(work: Deed, appeal: Appeal) -> None:
    today = local_date(work.at)
    named = Viewer.objects.in_county(appeal.county).filter(appeal=appeal)
    for row in named.filter(Q(valid_to=None) | Q(valid_to__gte=today)).order_by("pk"):
        work.change(row, valid_to=date.fromordinal(today.toordinal() - 1))


def _hush(work: Deed, appeal: Appeal, number: str) -> None:
    """Take the old number and what it tells out of the messages that name it."""
    rows = Notice.objects.in_county(appeal.county).filter(
        made_at__gte=appeal.submitted_at, body__contains=number
    )
    changes = [(row, {"body": veil.hushed(row.body, number)}) for row in rows.order_by("pk")]
    if changes:
        work.change_all(changes)
