"""What a unit does with its part, entered into the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from qifu.appeals.actions import extending, noting, publishing, returning, supplementing, working
from qifu.appeals.lifecycle import PUBLISHED, WORK_NOTED, Work
from qifu.appeals.models import Answer, Assignment, Means, ReturnReason
from qifu.appeals.rules import REFUSING, Outcome, Role
from qifu.kernel.clock import local_date
from qifu.kernel.errors import StaleState
from tests.histories.here import Here
from tests.histories.registry import of_case, of_part
from tests.story import REFUSED, SOLVED


@of_part("work.sign", at=[Work.DISPATCHED], when=Here.is_worked, onward=True)
def sign(here: Here, part: Assignment) -> None:
    working.sign(part, by=here.liaison(part), at=here.at)


@of_part("work.return", at=[Work.DISPATCHED])
def send_back_to_office(here: Here, part: Assignment) -> None:
    returning.send_back_to_office(
        part,
        ReturnReason.OTHER_LEAD,
        "该别的单位办",
        proposed=here.pick([None, *here.units(part.unit_id)]),
        by=here.liaison(part),
        at=here.at,
    )


@of_part(
    "work.reply",
    "work.reply_unsigned",
    "work.settle_unsigned",
    at=[Work.HANDLING],
    when=Here.is_worked,
    onward=True,
)
def reply(here: Here, part: Assignment) -> None:
    working.reply(part, SOLVED, by=here.liaison(part), at=here.at)


@of_part("work.reply", at=[Work.HANDLING])
def reply_otherwise(here: Here, part: Assignment) -> None:
    """With any outcome, some of which need what was written down before."""
    soon = local_date(here.at) + timedelta(days=20)
    outcome = here.pick(list(Outcome))
    usual = REFUSED if outcome in REFUSING else SOLVED
    said = replace(usual, outcome=outcome, promised_on=soon, moved_to="县人行")
    working.reply(part, said, by=here.liaison(part), at=here.at)


@of_part(
    "work.approve",
    "work.settle",
    "work.track_local",
    at=[Work.APPROVAL],
    when=Here.is_signable,
    onward=True,
)
def approve(here: Here, part: Assignment) -> None:
    working.approve(_answer(here, part), by=here.leader(part), at=here.at)


@of_part("work.send_back", at=[Work.APPROVAL])
def send_back(here: Here, part: Assignment) -> None:
    working.send_back(_answer(here, part), "请写利率", by=here.leader(part), at=here.at)


@of_part(
    "work.send_back",
    at=[Work.APPROVAL],
    when=lambda here, part: not here.is_signable(part),
    onward=True,
)
def send_back_unsignable(here: Here, part: Assignment) -> None:
    """The promised day came before anybody signed, or who should sign drafted it himself."""
    send_back(here, part)


@of_part("work.hand_up", "case.hand_up", at=[Work.HANDLING], when=lambda here, _: here.appeal.local)
def hand_up(here: Here, part: Assignment) -> None:
    working.hand_up(part, "FUND", "清了两次", by=here.liaison(part), at=here.at)


@of_case(
    "case.recall_local",
    "work.recall_local",
    at=PUBLISHED,
    when=lambda here: here.appeal.local,
)
def recall_local(here: Here) -> None:
    part = here.lead
    if part is None:
        raise StaleState
    publishing.recall(_answer(here, part), by=here.leader(part), at=here.at)


@of_part(at=[Work.HANDLING])
def ask_extension(here: Here, part: Assignment) -> None:
    days = here.pick([1, 3, 5])
    extending.ask_extension(part, days, "评审会未开", by=here.liaison(part), at=here.at)


@of_part(at=[Work.HANDLING], when=lambda _, part: part.role == Role.LEAD)
def request_supplement(here: Here, part: Assignment) -> None:
    supplementing.request_supplement(part, "缺一份合同", by=here.liaison(part), at=here.at)


@of_part(at=WORK_NOTED)
def contact(here: Here, part: Assignment) -> None:
    noting.contact(
        part,
        here.at,
        here.pick(list(Means)),
        reached=here.pick([True, False]),
        by=here.liaison(part),
        at=here.at,
    )


@of_part(at=WORK_NOTED)
def note(here: Here, part: Assignment) -> None:
    noting.note(part, "银行要补抵押", by=here.liaison(part), at=here.at)


@of_part(at=WORK_NOTED)
def tell_meanwhile(here: Here, part: Assignment) -> None:
    noting.tell_meanwhile(part, "银行已受理", by=here.liaison(part), at=here.at)


@of_part(at=(Work.DISPATCHED, *WORK_NOTED))
def sub_assign(here: Here, part: Assignment) -> None:
    to = here.pick([here.leader(part), here.liaison_of(part)])
    noting.sub_assign(part, to, by=here.leader(part), at=here.at)


@of_part(
    at=(Work.DISPATCHED, *WORK_NOTED),
    when=lambda here, part: not here.is_worked(part),
    onward=True,
)
def name_handler(here: Here, part: Assignment) -> None:
    """What is confided to a unit's leader, or to nobody, he gives to one of his people."""
    noting.sub_assign(part, here.liaison_of(part), by=here.leader(part), at=here.at)


def _answer(here: Here, part: Assignment) -> Answer:
    found = here.answer_of(part)
    if found is None:
        raise StaleState
    return found
