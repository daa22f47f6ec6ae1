"""A case that is not for this system leaves it, with advice (转出, amendment 14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qifu.appeals import access, clocks, notices
from qifu.appeals.actions.calling_off import call_off
from qifu.appeals.actions.confiding import confide
from qifu.appeals.actions.splitting import words_of_split
from qifu.appeals.actions.texts import line, optional
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, Decline, PostBack, TurnAway
from qifu.appeals.rules import EXITS, ClockKind, DeclineReason
from qifu.attachments.actions import erase_by_rule as erase_files
from qifu.attachments.models import Attachment
from qifu.journal.deed import Deed, deed
from qifu.journal.erasure import Basis, erase_by_rule
from qifu.journal.models import Text
from qifu.journal.timeline import timeline
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.furniture import county_of
from qifu.organisations.models import User

LINE = 60
# What says that it went and where stays; nothing of what it was.
STAYS = frozenset({"went_to", "whom", "receipt"})


@dataclass(frozen=True)
class Departure:
    """By which exit a case leaves, where to, and whom the enterprise asks there."""

    exit: DeclineReason
    went_to: str
    whom: str
    went_on: date
    handed_over: bool = False
    receipt: str = ""
    words: str = ""


def turn_away(
    appeal: Appeal, said: Departure, *, by: User, at: datetime, key: str = ""
) -> TurnAway:
    """Let a case leave for where it belongs (转出): the enterprise is told where and whom to ask.

    What a report (举报) said is handed over in writing first; from then on the case is kept
    from everybody who need not know, and a moment later its words are erased.
    """
    with deed("appeal.turned_away", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以转出诉求。")
        _check(appeal, said, at)
        is_report = said.exit == DeclineReason.REPORT
        final = is_report or appeal.objections.exists()
        work.note(reason=said.exit, final=final, handed=said.handed_over)
        went_to = work.text("went_to", _line("went_to", said.went_to, "请写转到哪个单位。"))
        whom = work.text("whom", _line("whom", said.whom, "请写找谁、怎么联系，企业会看到。"))
        receipt = _words(work, "receipt", said.receipt)
        words = _words(work, "decline", said.words)
        _end(work, appeal)
        refused = work.add(
            Decline(appeal=appeal, reason=said.exit, words=words, final=final, by=by, at=at)
        )
        row = TurnAway(
            appeal=appeal,
            decline=refused,
            went_to=went_to,
            whom=whom,
            handed_over=said.handed_over,
            went_on=said.went_on,
            receipt=receipt,
            to_erase=is_report,
            by=by,
            at=at,
        )
        work.add(row)
        if is_report and not appeal.confidential:
            confide(work, appeal, None, by=by)
        told = notices.turned_away(appeal, county_of(appeal.county), row, final=final)
        put_all(work, [told], hold=clocks.timing(appeal.county, at).hold)
        return row


def erase_handed_over(county: str, *, at: datetime) -> int:
    """Erase what reports said that were handed over, once the enterprise is told (移交后删除).

    One that was interrupted goes on where it was.
    """
    out = at - clocks.timing(county, at).hold
    rows = TurnAway.objects.in_county(county).filter(to_erase=True, erased_at=None, at__lte=out)
    done = 0
    for row in rows.select_related("appeal").order_by("pk"):
        try:
            _erase(row, at=at)
        except StaleState:
            continue  # another round was faster
        done += 1
    return done


def _erase(row: TurnAway, *, at: datetime) -> None:
    appeal, basis = row.appeal, Basis.PURPOSE_SERVED
    posted = PostBack.objects.in_county(appeal.county).filter(order__appeal=appeal)
    given = (*appeal.answers.all(), *appeal.escalations.all(), *posted)
    files = Attachment.objects.kept_for(appeal.county, appeal, *given)
    erase_files(list(files), basis=basis, at=at, about=appeal)
    for text in _words_of(appeal):
        erase_by_rule(text, basis=basis, at=at, about=appeal)
    with deed("appeal.report_erased", county=appeal.county, by=None, at=at) as work:
        work.about(appeal)
        work.change(row, expect={"erased_at": None}, erased_at=at)


def _words_of(appeal: Appeal) -> list[Text]:
    """Return every text that was written about the case and is still there.

    Of a message that was split, the whole of it, but not what the other case says.
    """
    written = (each.data.get("texts", ()) for each in timeline(appeal))
    keys = {pk for texts in written for kind, pk, _ in texts if kind not in STAYS}
    shared, others = words_of_split(appeal)
    keys = {*keys, *(f"{each.pk}" for each in shared)} - {f"{pk}" for pk in others}
    texts = Text.objects.in_county(appeal.county).filter(pk__in=keys, erased_at=None)
    return list(texts.order_by("made_at", "pk"))


def _words(work: Deed, kind: str, typed: str) -> Text | None:
    kept = optional("words" if kind == "decline" else kind, typed)
    return work.text(kind, kept) if kept else None


def _end(work: Deed, appeal: Appeal) -> None:
    """Move the case, after the parts of those who still help, and stop what runs on it."""
    accepted = appeal.state == State.TO_DISPATCH
    helped = call_off(work, appeal) if accepted else []
    appeal.advance(work, "turn_away", due_on=None, closed_at=work.at)
    if helped:
        clocks.stop_all(work, list(appeal.clocks.filter(stopped_at=None).order_by("pk")))
    else:
        kind = ClockKind.DISPATCH if accepted else ClockKind.ACCEPT
        clocks.stop(work, clocks.running(appeal, kind))


def _line(field: str, words: str, missing: str) -> str:
    return line(field, words, missing, most=LINE)


def _check(appeal: Appeal, said: Departure, at: datetime) -> None:
    if said.exit not in EXITS:
        raise InvalidInput("exit", "请选为什么转出。不属于这几种的，请用“不予受理”。")
    if said.went_on > local_date(at):
        raise InvalidInput("went_on", "转出日期不能在今天之后，请核对。")
    if said.went_on < local_date(appeal.submitted_at):
        raise InvalidInput("went_on", "转出日期不能早于企业提出那天，请核对。")
    if said.exit == DeclineReason.REPORT and not said.handed_over:
        sentence = "举报和违纪违法线索要先书面移交，再在这里转出；转出后内容从本系统删除。"
        raise InvalidInput("handed_over", sentence)
    if said.handed_over and not said.receipt.strip():
        raise InvalidInput("receipt", "请写移送文号或收件回执，以后好查。")
