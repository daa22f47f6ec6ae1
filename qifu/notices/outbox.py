"""Putting notices in, inside a deed, and sending them, outside of one.

Putting is part of the step it tells of: one bulk INSERT in the caller's deed, so a
notice exists exactly when its step does, and the journal knows of it.

Sending is not a deed and writes no event: the state, attempts and receipt of a notice
are facts of delivery that a telephone company brings about, four times a minute and
for every county, and nothing that is counted or inspected is derived from them. They
are written here and nowhere else, each by one UPDATE that names the attempt it speaks
for. This is the only exemption from "every write is in a deed".
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from qifu.journal.deed import Deed
from qifu.kernel.clock import local_date, start_of_day
from qifu.kernel.county import CountyModel
from qifu.notices.addresses import Address, Recipient
from qifu.notices.hours import when_may_leave
from qifu.notices.models import AddressKind, Fault, Notice, NoticeQuerySet, State
from qifu.notices.ports import DeadNumber, Refused, SmsPort, Unreachable, open_port
from qifu.notices.registry import registry
from qifu.workdays.almanac import current

logger = logging.getLogger(__name__)

# How long a step can be undone before anybody outside hears of it; a county's rules
# may say otherwise and pass their own.
HOLD = timedelta(seconds=60)
# A sender that has not reported within this time is taken for dead.
LEASE = timedelta(minutes=5)
BATCH = 20
DAY = timedelta(days=1)
ARRIVED = (State.SENT, State.DELIVERED)
# Waits after the first, second … failed attempt; when they are used up it has failed.
BACKOFF = tuple(timedelta(seconds=s) for s in (30, 120, 600, 1800))


@dataclass(frozen=True)
class Draft:
    """A notice to be: its kind, whom it is for, what it says and why he gets it."""

    kind: str
    to: Address
    body: str
    why: str
    dedup: str
    about: CountyModel | None = None


def put_all(work: Deed, drafts: Sequence[Draft], *, hold: timedelta = HOLD) -> list[Notice]:
    """Put notices into the outbox as part of the deed (待发)."""
    said = registry.veiled(drafts)
    return work.add_all([_notice(draft, work.at, hold) for draft in said])


def send_now(work: Deed, draft: Draft) -> Notice:
    """Put one notice that is sent as soon as the deed has committed.

    For what cannot be undone and is waited for, as a sign-in code. If the process dies
    in between, the worker sends it with its next round.
    """
    (notice,) = put_all(work, [draft], hold=timedelta(0))
    transaction.on_commit(partial(sweep_one, notice, at=work.at), robust=True)
    return notice


def sweep(*, at: datetime, port: SmsPort | None = None, batch: int = BATCH) -> int:
    """Send what is due, over all counties, and return how many were dealt with."""
    due = Notice.objects.across_counties("one worker sends for every county").due(at)
    return _send_claimed(_claim(due, at, batch), at, port or open_port())


def sweep_one(notice: Notice, *, at: datetime, port: SmsPort | None = None) -> int:
    """Send this one if it is due and nobody else is sending it."""
    rows = Notice.objects.in_county(notice.county).filter(pk=notice.pk).due(at)
    return _send_claimed(_claim(rows, at, 1), at, port or open_port())


def _notice(draft: Draft, at: datetime, hold: timedelta) -> Notice:
    registry.kind(draft.kind)
    about = draft.about
    return Notice(
        kind=draft.kind,
        dedup=draft.dedup,
        address_kind=draft.to.kind,
        address=draft.to.value,
        person=draft.to.person,
        unit=draft.to.unit,
        role=draft.to.role,
        subject_type=about._meta.label_lower if about is not None else "",
        subject_id=about.pk if about is not None else None,
        body=draft.body,
        why=draft.why,
        made_at=at,
        hold_until=at + hold,
        due_at=at + hold,
    )


def _claim(rows: NoticeQuerySet, at: datetime, batch: int) -> list[Notice]:
    with transaction.atomic():
        mine = list(rows.select_for_update(skip_locked=True).order_by("due_at", "pk")[:batch])
        for notice in mine:
            notice.state = State.SENDING
            notice.attempts += 1
        Notice._base_manager.filter(pk__in=[notice.pk for notice in mine]).update(
            state=State.SENDING, attempts=F("attempts") + 1, due_at=at + LEASE
        )
    return mine


def _send_claimed(mine: list[Notice], at: datetime, port: SmsPort) -> int:
    for notice in mine:
        try:
            _send(notice, at, port)
        except Unreachable as error:
            _later(notice, at, str(error), Fault.CHANNEL)
        except Exception:
            # One notice that trips over a fault of ours must not hold up the others.
            logger.exception("Notice %s could not be sent", notice.pk)
            _later(notice, at, "系统内部错误，稍后自动重试", Fault.OURS)
    return len(mine)


def _send(notice: Notice, at: datetime, port: SmsPort) -> None:
    opening = _may_leave(notice, at)
    if opening > at:
        _postpone(notice, opening, "夜间和非工作日不打扰，顺延")
        return
    if not registry.kind(notice.kind).still_true(notice):
        _finish(notice, port, state=State.CANCELLED, failure="发出前情况已变化，不再发送")
        return
    to = _recipient(notice, at)
    if to is None:
        _finish(
            notice,
            port,
            state=State.FAILED,
            failure="该岗位或账号当前无人，未能送出",
            fault=Fault.NOBODY,
        )
        return
    if notice.address_kind == AddressKind.ACCOUNT:
        _finish(notice, port, state=State.DELIVERED, person=to.person, sent_at=at, failure="")
        return
    if _had_enough(notice, to, at):
        manners, calendar = registry.manners(notice.county, at), current(notice.county)
        tomorrow = manners.next_opening(start_of_day(local_date(at)) + DAY, calendar)
        _postpone(notice, tomorrow, f"此人今天已收到{manners.cap}条，顺延")
        return
    try:
        words = registry.words(notice, to, at)
        receipt = port.send(phone=to.phone, body=words, key=f"{notice.county}-{notice.pk}")
    except Refused as error:
        # The number is kept: two that are dead make a visit.
        fault = Fault.NUMBER if isinstance(error, DeadNumber) else Fault.CHANNEL
        _finish(
            notice,
            port,
            state=State.FAILED,
            person=to.person,
            address=to.phone,
            failure=str(error)[:200],
            fault=fault,
        )
        return
    _finish(
        notice,
        port,
        state=State.SENT,
        person=to.person,
        address=to.phone,
        sent_at=at,
        receipt=receipt,
        failure="",
    )


def _recipient(notice: Notice, at: datetime) -> Recipient | None:
    if notice.address:
        return Recipient(notice.person, notice.address)
    if notice.person is not None:
        found = registry.book.person(county=notice.county, person=notice.person, at=at)
    else:
        found = registry.book.on_duty(
            county=notice.county, unit=notice.unit or 0, role=notice.role, at=at
        )
    if found and notice.address_kind == AddressKind.PHONE and not found.phone:
        return None
    return found


def _may_leave(notice: Notice, at: datetime) -> datetime:
    kind = registry.kind(notice.kind)
    if kind.urgent or notice.address_kind == AddressKind.ACCOUNT:
        return at  # a page of messages wakes nobody
    manners = registry.manners(notice.county, at)
    return when_may_leave(at, current(notice.county), urgent=False, manners=manners)


def _had_enough(notice: Notice, to: Recipient, at: datetime) -> bool:
    """Tell whether the person has had as many messages today as he shall get."""
    if not registry.kind(notice.kind).capped:
        return False
    today = Notice.objects.in_county(notice.county).filter(
        address_kind=AddressKind.PHONE,
        address=to.phone,
        kind__in=registry.counted,
        state__in=ARRIVED,
        sent_at__gte=start_of_day(local_date(at)),
    )
    return today.count() >= registry.manners(notice.county, at).cap


def _postpone(notice: Notice, until: datetime, why: str) -> None:
    changes = {"due_at": until, "postponed": notice.postponed + 1}
    _mark(notice, state=State.QUEUED, failure=why, **changes)


def _later(notice: Notice, at: datetime, why: str, fault: Fault) -> None:
    tried = notice.attempts - notice.postponed
    if tried > len(BACKOFF):
        _mark(notice, state=State.FAILED, failure=why[:200], fault=fault)
        return
    wait = BACKOFF[tried - 1]
    _mark(notice, state=State.QUEUED, due_at=at + wait, failure=why[:200])


def _finish(notice: Notice, port: SmsPort, **changes: Any) -> None:
    if registry.kind(notice.kind).secret and not port.shows_words:
        changes["body"] = ""
    _mark(notice, **changes)


def _mark(notice: Notice, **changes: Any) -> None:
    # Names the attempt: a sender that was taken for dead and comes back marks nothing.
    still_mine = Notice._base_manager.filter(
        pk=notice.pk, county=notice.county, state=State.SENDING, attempts=notice.attempts
    )
    if still_mine.update(**changes):
        for name, value in changes.items():
            setattr(notice, name, value)
