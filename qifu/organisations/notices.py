"""What officers hear about standing in and taking over: to whom, and the sentence."""

from __future__ import annotations

from datetime import datetime

from qifu.notices.addresses import Address
from qifu.notices.models import Notice
from qifu.notices.outbox import Draft
from qifu.notices.registry import registry
from qifu.organisations.models import Absence, HandOver, HandOverBlock, HandOverState, User

STANDING_IN = "STANDING_IN"
HANDED_OVER = "HANDED_OVER"


def register() -> None:
    """Tell the outbox which kinds there are and when each is still true."""
    registry.declare(STANDING_IN, still_true=_still_stands_in)
    registry.declare(HANDED_OVER, still_true=_still_to_sign)


def standing_in(away: Absence, at: datetime) -> Draft:
    """Tell the deputy for whom he stands in, where and until when."""
    begin, last = away.valid_from, away.last_day
    return Draft(
        kind=STANDING_IN,
        to=Address.of_person(away.deputy_id or 0),
        body=(
            f"{away.user.name}{begin.month}月{begin.day}日至{last.month}月{last.day}日外出，"
            f"{away.unit.short_name}的事由您代班，期间的通知发给您。时限照常计算。"
        ),
        why="您被定为代班人（B岗）。",
        dedup=f"{STANDING_IN}:{away.pk}:{at:%Y%m%d%H%M%S%f}",
        about=away,
    )


def handed_over(paper: HandOver, receiver: User, at: datetime) -> Draft:
    """Ask a receiver to sign for what is handed over to him."""
    day = paper.effective_on
    return Draft(
        kind=HANDED_OVER,
        to=Address.of_person(receiver.pk),
        body=(
            f"{paper.leaver.name}{paper.get_reason_display()}，{day.month}月{day.day}日起有事项"
            "移交给您。请登录工作台，在“交接”里核对并签字。"
        ),
        why="您被定为接收人。",
        dedup=f"{HANDED_OVER}:{paper.pk}:{receiver.pk}:{at:%Y%m%d%H%M%S%f}",
        about=paper,
    )


def _still_stands_in(notice: Notice) -> bool:
    rows = Absence.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    away = rows.filter(deputy=notice.person).first()
    return away is not None and away.valid_to > away.valid_from


def _still_to_sign(notice: Notice) -> bool:
    return (
        HandOverBlock.objects.in_county(notice.county)
        .filter(
            hand_over=notice.subject_id or 0,
            hand_over__state=HandOverState.OFFERED,
            receiver=notice.person,
            taken_at=None,
        )
        .exists()
    )
