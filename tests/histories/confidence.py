"""Kept from others as the enterprise wants it (企业要求保密), entered into the register."""

from __future__ import annotations

from qifu.appeals.actions import confiding, contacts
from qifu.appeals.lifecycle import ENDED, State
from tests.histories.here import Here
from tests.histories.registry import of_case

OPEN = frozenset(State) - ENDED


@of_case(at=OPEN, when=lambda here: not here.appeal.confidential)
def keep_confidential(here: Here) -> None:
    own = here.speaker is not None and here.pick([True, False])
    by = here.cast.boss if own else here.clerk
    confiding.keep_confidential(here.appeal, "企业怕被打听", by=by, at=here.at)


@of_case(at=frozenset(State), when=lambda here: here.appeal.confidential)
def lift_confidence(here: Here) -> None:
    own = here.speaker is not None and here.pick([True, False])
    by = here.cast.boss if own else here.cast.wang
    confiding.lift_confidence(here.appeal, "事情已经公开", by=by, at=here.at)


@of_case(at=frozenset(State), when=lambda here: here.appeal.confidential)
def read_by_oversight(here: Here) -> None:
    confiding.record_reading(here.appeal, by=here.cast.feng, at=here.at)


@of_case(at=OPEN)
def show_contact(here: Here) -> None:
    contacts.show_contact(here.appeal, by=here.clerk, at=here.at)
