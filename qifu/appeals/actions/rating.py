"""The enterprise's word, once, after every outcome; and the end of a case without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qifu.appeals import access, clocks
from qifu.appeals.actions.calling import open_callback
from qifu.appeals.actions.calling_off import call_off, stop_clocks_of
from qifu.appeals.actions.texts import optional
from qifu.appeals.models import (
    Answer,
    Appeal,
    Assignment,
    CallbackReason,
    Closure,
    Grade,
    Rating,
    Solved,
    UnitRating,
)
from qifu.appeals.rules import ClockKind
from qifu.appeals.sampling import is_drawn
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import User
from qifu.organisations.queries import is_staff_phone

# Why it could have been better, offered after the grade is chosen.
TAGS = ("时间偏长", "没有全解决", "来回跑", "态度一般", "没有说清楚", "没人联系")


@dataclass(frozen=True)
class Manner:
    """How one unit behaved where the enterprise met it; either may be left out."""

    part: Assignment
    attitude: Grade | None = None
    speed: Grade | None = None


@dataclass(frozen=True)
class Verdict:
    """What the enterprise says: two facts, a grade, and why."""

    contacted: bool
    solved: Solved
    grade: Grade
    tags: Sequence[str] = ()
    words: str = ""
    shared: bool = False
    manners: Sequence[Manner] = field(default=())


def rate(
    answer: Answer, verdict: Verdict, *, by: User | None, at: datetime, key: str = ""
) -> Rating:
    """Rate a case (评价), once a round; it ends here, unless somebody has to call first.

    `by` is None where the enterprise came by its one-time link, without an account.
    """
    appeal = answer.appeal
    with deed("appeal.rated", county=answer.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        _check_rater(appeal, by)
        if unknown := set(verdict.tags) - set(TAGS):
            raise InvalidInput("tags", f"没有“{unknown.pop()}”这个选项，请重新选。")
        work.note(grade=verdict.grade, solved=verdict.solved, contacted=verdict.contacted)
        words = optional("words", verdict.words)
        text = work.text("rating", words) if words else None
        reason = _called_for(appeal, verdict, at)
        work.note(called=reason is not None)
        if reason is None:
            rest = call_off(work, appeal)
            appeal.advance(work, "rate", closed_at=at, due_on=None)
            stop_clocks_of(work, rest)
        else:
            _to_callback(work, appeal, "rate_unhappy", reason)
        row = work.add(
            Rating(
                appeal=appeal,
                answer=answer,
                cycle=appeal.cycle,
                unit=appeal.lead_unit,
                contacted=verdict.contacted,
                solved=verdict.solved,
                grade=verdict.grade,
                tags=[tag for tag in TAGS if tag in verdict.tags],
                words=text,
                shared=verdict.shared and text is not None,
                by=by,
                at=at,
            )
        )
        work.add_all(_manners(row, verdict))
        return row


def close(appeal: Appeal, *, by: User | None, at: datetime, key: str = "") -> Closure:
    """End a case that was not rated in time (办结，未评价); silence is not satisfaction.

    `by` is None where qifu does it overnight.
    """
    with deed("appeal.closed", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if by is not None and not access.is_office(by):
            raise NotAllowed("只有县办可以办结。")
        if appeal.due_on is not None and local_date(at) <= appeal.due_on:
            day = f"{appeal.due_on.month}月{appeal.due_on.day}日"
            raise StaleState(f"企业可以评价到{day}，期满未评价才能办结。")
        return _closed(work, appeal, by)


def _called_for(appeal: Appeal, verdict: Verdict, at: datetime) -> CallbackReason | None:
    # All of the unhappy; of what units settle by themselves, some (amendments 1 and 8).
    if verdict.grade <= Grade.POOR or verdict.solved == Solved.NO:
        return CallbackReason.UNHAPPY
    limits = clocks.timing(appeal.county, at).limits
    if appeal.local and is_drawn(appeal.county, appeal.number, "local", limits.local_sample):
        return CallbackReason.LOCAL
    return None


def _to_callback(work: Deed, appeal: Appeal, verb: str, reason: CallbackReason) -> None:
    timing = clocks.timing(appeal.county, work.at)
    days = timing.limits.days(ClockKind.CALLBACK)
    appeal.advance(work, verb, due_on=timing.due_on(days, work.at))
    open_callback(work, appeal, reason)


def close_unrated(county: str, *, at: datetime) -> int:
    """End every case whose time for rating has passed, or have it called; return how many.

    Of the silent some are drawn for a call (抽查回访), the rest end as 未评价.
    """
    waiting = Appeal.objects.in_county(county).filter(
        state="TO_EVALUATE", due_on__lt=local_date(at)
    )
    ended = 0
    for appeal in waiting.order_by("due_on", "pk").iterator():
        try:
            if _is_sampled(appeal, at):
                sample_silent(appeal, at=at)
            else:
                close(appeal, by=None, at=at)
        except StaleState:
            continue  # rated at this very moment
        ended += 1
    return ended


def sample_silent(appeal: Appeal, *, at: datetime) -> None:
    """Put a silent case on the list of calls (抽查回访); the system draws, nobody chooses."""
    with deed("appeal.sampled", county=appeal.county, by=None, at=at) as work:
        work.about(appeal)
        _to_callback(work, appeal, "sample", CallbackReason.SILENT)


def _is_sampled(appeal: Appeal, at: datetime) -> bool:
    limits = clocks.timing(appeal.county, at).limits
    percent = max(limits.silent_sample, limits.local_sample if appeal.local else 0)
    return is_drawn(appeal.county, f"{appeal.number}/{appeal.cycle}", "silent", percent)


def _closed(work: Deed, appeal: Appeal, by: User | None) -> Closure:
    rest = call_off(work, appeal)
    appeal.advance(work, "close", closed_at=work.at, due_on=None)
    stop_clocks_of(work, rest)
    return work.add(Closure(appeal=appeal, cycle=appeal.cycle, by=by, at=work.at))


def _check_rater(appeal: Appeal, by: User | None) -> None:
    if by is not None and by.is_staff_person:
        raise NotAllowed("工作人员不能替企业评价。")
    if by is not None and not access.speaks_for(by, appeal):
        raise NotAllowed("只有反映问题的企业可以评价。")
    phone = by.phone if by is not None else appeal.contact.body
    if is_staff_phone(appeal.county, phone):
        raise NotAllowed("这是工作人员的号码，不能评价。请用企业的手机号登录后评价。")


def _manners(row: Rating, verdict: Verdict) -> list[UnitRating]:
    return [
        UnitRating(
            rating=row,
            assignment=manner.part,
            unit=manner.part.unit,
            attitude=manner.attitude,
            speed=manner.speed,
        )
        for manner in verdict.manners
        if manner.attitude or manner.speed
    ]
