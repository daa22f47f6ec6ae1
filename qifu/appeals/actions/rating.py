"""The enterprise's word, once, after every outcome; and the end of a case without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qifu.appeals import access
from qifu.appeals.actions.texts import optional
from qifu.appeals.models import (
    Answer,
    Appeal,
    Assignment,
    Closure,
    Grade,
    Rating,
    Solved,
    UnitRating,
)
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
    """Rate a case (评价), once; it ends here.

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
        appeal.advance(work, "rate", closed_at=at, due_on=None)
        row = work.add(
            Rating(
                appeal=appeal,
                answer=answer,
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


def close_unrated(county: str, *, at: datetime) -> int:
    """End every case whose time for rating has passed, and return how many."""
    waiting = Appeal.objects.in_county(county).filter(
        state="TO_EVALUATE", due_on__lt=local_date(at)
    )
    ended = 0
    for appeal in waiting.order_by("due_on", "pk").iterator():
        try:
            close(appeal, by=None, at=at)
        except StaleState:
            continue  # rated at this very moment
        ended += 1
    return ended


def _closed(work: Deed, appeal: Appeal, by: User | None) -> Closure:
    appeal.advance(work, "close", closed_at=work.at, due_on=None)
    return work.add(Closure(appeal=appeal, by=by, at=work.at))


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
