"""What the enterprise does, entered into the register."""

from __future__ import annotations

from qifu.appeals.actions import (
    accepting,
    again,
    extending,
    rating,
    supplementing,
    withdrawing,
)
from qifu.appeals.lifecycle import URGEABLE, WITHDRAWABLE, State
from qifu.appeals.models import Answer, Extension, Grade, Solved, Supplement, WithdrawalReason
from qifu.kernel.errors import StaleState
from tests.histories.here import Here
from tests.histories.registry import of_case


def _can_speak(here: Here) -> bool:
    return here.speaker is not None


@of_case("case.supply", "work.supply", at=[State.SUPPLEMENT], when=_can_speak, onward=True)
def supply(here: Here) -> None:
    supplementing.supply(_open(here), "合同在这里", by=here.cast.boss, at=here.at)


@of_case("case.rate", at=[State.TO_EVALUATE], onward=True)
def rate_well(here: Here) -> None:
    verdict = rating.Verdict(contacted=True, solved=Solved.YES, grade=Grade.GOOD)
    rating.rate(_published(here), verdict, by=here.speaker, at=here.at)


@of_case("case.rate_unhappy", at=[State.TO_EVALUATE])
def rate_badly(here: Here) -> None:
    verdict = rating.Verdict(contacted=False, solved=Solved.NO, grade=Grade.POOR, words="没放款")
    rating.rate(_published(here), verdict, by=here.speaker, at=here.at)


@of_case("case.object", at=[State.DECLINED], when=_can_speak)
def object_to_decline(here: Here) -> None:
    accepting.object_to_decline(here.appeal, "没有起诉", by=here.cast.boss, at=here.at)


@of_case("case.reopen", "work.handle_again", at=[State.CLOSED], when=_can_speak)
def reopen(here: Here) -> None:
    again.reopen(here.appeal, "又停了", by=here.cast.boss, at=here.at)


@of_case(
    "case.withdraw", "case.withdraw_sampled", "work.call_off", at=WITHDRAWABLE, when=_can_speak
)
def withdraw(here: Here) -> None:
    reason = here.pick(list(WithdrawalReason))
    withdrawing.withdraw(here.appeal, reason, by=here.cast.boss, at=here.at)


@of_case(at=URGEABLE, when=_can_speak)
def urge(here: Here) -> None:
    withdrawing.urge(here.appeal, words="什么时候好", by=here.cast.boss, at=here.at)


@of_case(
    at=WITHDRAWABLE,
    when=lambda here: (
        _can_speak(here) and any(row.granted and row.objected_at is None for row in here.extensions)
    ),
)
def object_to_extension(here: Here) -> None:
    extending.object_to_extension(_granted(here), "等不了", by=here.cast.boss, at=here.at)


def _granted(here: Here) -> Extension:
    row = next((row for row in here.extensions if row.granted), None)
    if row is None:
        raise StaleState
    return row


def _open(here: Here) -> Supplement:
    row = next(iter(here.supplements), None)
    if row is None:
        raise StaleState
    return row


def _published(here: Here) -> Answer:
    row = next((row for row in here.answers if row.state == Answer.State.PUBLISHED), None)
    if row is None:
        raise StaleState
    return row
