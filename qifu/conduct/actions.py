"""Complaining of conduct (反映干部作风), and what oversight does about it."""

from __future__ import annotations

from datetime import datetime

from qifu.appeals.access import speaks_for
from qifu.appeals.actions.texts import line, optional, required
from qifu.appeals.models import Appeal
from qifu.conduct import access, notices
from qifu.conduct.models import Complaint, ComplaintState, ComplaintStep, take_number
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.models import Unit, User

NAME_MAX = 40
# 全国纪检监察举报电话: where nobody in this system could look at it impartially.
NOBODY = "您反映的是监督单位或监督员本人，这里没有别的监督员可以看。请直接拨打12388举报。"


def said(words: str) -> str:
    """Return what was said as it is kept, or refuse with a sentence."""
    return required("words", words, "还没写。请写明什么时候、什么事、怎么做的。")


def named(officer: str) -> str:
    """Return the officer's name as it is kept; it may be left out."""
    name = optional("officer", officer)
    return line("officer", name, "", most=NAME_MAX) if name else ""


def complain(
    unit: Unit,
    words: str,
    *,
    officer: str = "",
    appeal: Appeal | None = None,
    by: User,
    at: datetime,
    key: str = "",
) -> Complaint:
    """Say how an officer of a unit behaved (反映干部作风); only oversight reads it.

    Raises:
        InvalidInput: nothing was said, or no supervisor could look at it impartially.
    """
    with deed("conduct.complained", county=unit.county, by=by, at=at, key=key) as work:
        if not access.may_complain(by):
            raise NotAllowed("这里由企业人员反映。工作人员请按规定向监督单位反映。")
        if appeal is not None and not speaks_for(by, appeal):
            raise NotAllowed("只能写您自己的诉求。")
        body, name = said(words), named(officer)
        row = work.add(
            Complaint(
                number=take_number(unit.county, local_date(at).year),
                state=ComplaintState.SENT,
                unit=unit,
                officer_name=work.text("conduct_officer", name) if name else None,
                officer=_officer(unit.county, name),
                appeal=appeal,
                words=work.text("conduct", body),
                submitted_by=by,
                submitted_at=at,
            )
        )
        work.about(row)
        readers = access.readers(row, local_date(at))
        if not readers:
            raise InvalidInput("unit", NOBODY)
        put_all(work, [notices.to_supervisor(row, reader) for reader in readers])
        return row


def take_up(
    complaint: Complaint, words: str = "", *, by: User, at: datetime, key: str = ""
) -> ComplaintStep:
    """Take a complaint up (受理), so that the person knows that somebody looks into it."""
    with deed("conduct.taken_up", county=complaint.county, by=by, at=at, key=key) as work:
        body = optional("words", words)
        return _step(work, complaint, ComplaintState.SENT, ComplaintState.TAKEN_UP, body, by)


def answer(
    complaint: Complaint, words: str, *, by: User, at: datetime, key: str = ""
) -> ComplaintStep:
    """End it with words that the person reads (办结)."""
    with deed("conduct.answered", county=complaint.county, by=by, at=at, key=key) as work:
        body = required("words", words, "还没写答复。请写明核实的情况和处理，反映人会原样看到。")
        return _step(work, complaint, ComplaintState.TAKEN_UP, ComplaintState.ANSWERED, body, by)


def record_reading(complaint: Complaint, *, by: User, at: datetime) -> None:
    """Write down that a supervisor opened a complaint (amendment 14)."""
    with deed("conduct.read", county=complaint.county, by=by, at=at) as work:
        work.about(complaint)


def _step(
    work: Deed,
    complaint: Complaint,
    source: ComplaintState,
    target: ComplaintState,
    words: str,
    by: User,
) -> ComplaintStep:
    work.about(complaint)
    # Whoever made it sees it, too, and must not answer himself.
    if not (access.oversees(by) and access.sees(by, complaint, local_date(work.at))):
        raise NotAllowed("只有监督员可以办理作风反映，和自己、本单位有关的要回避。")
    if complaint.state != source:
        now = ComplaintState(complaint.state).label
        raise StaleState(f"这一件现在是“{now}”，不能再办这一步。请刷新页面看最新情况。")
    text = work.text("conduct_answer", words) if words else None
    work.change(complaint, expect={"state": source}, state=target)
    row = work.add(ComplaintStep(complaint=complaint, state=target, words=text, by=by, at=work.at))
    put_all(work, [notices.to_person(complaint)])
    return row


def _officer(county: str, name: str) -> User | None:
    """Return the one account of that name; of two nobody knows which is meant."""
    if not name:
        return None
    found = list(User.objects.in_county(county).staff().filter(name=name)[:2])
    return found[0] if len(found) == 1 else None
