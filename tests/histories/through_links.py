"""Steps that are taken through a one-time link (免登链接), entered into the register."""

from __future__ import annotations

from functools import partial

from qifu.appeals import links
from qifu.appeals.actions import extending, linking, noting, rating, supplementing, working
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.links import Fate, Subject
from qifu.appeals.models import (
    Answer,
    Assignment,
    Extension,
    Grade,
    LinkStep,
    Means,
    Solved,
    StepLink,
    Supplement,
    SupplementState,
)
from qifu.kernel.errors import StaleState
from qifu.organisations.models import User
from tests.histories.here import Here
from tests.histories.registry import of_case, of_part
from tests.story import SOLVED


@of_part("work.sign", at=[Work.DISPATCHED], when=lambda here, _: not here.appeal.confidential)
def sign_by_link(here: Here, part: Assignment) -> None:
    link = _opened(here, LinkStep.SIGN, part, here.liaison(part))
    linking.use(link, working.sign, part=part, at=here.at)


@of_part("work.reply", at=[Work.HANDLING], when=lambda here, _: not here.appeal.confidential)
def reply_by_link(here: Here, part: Assignment) -> None:
    link = _opened(here, LinkStep.REPLY, part, here.liaison(part))
    linking.use(link, working.reply, part=part, said=SOLVED, at=here.at)


@of_part(
    "work.approve",
    "work.settle",
    at=[Work.APPROVAL],
    when=lambda here, _: not here.appeal.confidential,
)
def approve_by_link(here: Here, part: Assignment) -> None:
    answer = here.answer_of(part)
    if answer is None:
        raise StaleState
    link = _opened(here, LinkStep.APPROVE, answer, here.leader(part))
    linking.use(link, working.approve, answer=answer, at=here.at)


@of_part(at=[Work.HANDLING], when=lambda here, _: not here.appeal.confidential)
def contact_by_link(here: Here, part: Assignment) -> None:
    link = _opened(here, LinkStep.CONTACT, part, here.liaison(part))
    said = partial(noting.contact, part, here.at, Means.PHONE, reached=True)
    linking.use(link, said, at=here.at)


@of_case("case.rate", at=[State.TO_EVALUATE], when=lambda here: not here.appeal.confidential)
def rate_by_link(here: Here) -> None:
    """Whoever holds the phone of the contact, with an account or without."""
    answer = next((row for row in here.answers if row.state == Answer.State.PUBLISHED), None)
    if answer is None:
        raise StaleState
    verdict = rating.Verdict(contacted=True, solved=Solved.YES, grade=here.pick(list(Grade)))
    link = _opened(here, LinkStep.RATE, answer, None)
    linking.use(link, rating.rate, answer=answer, verdict=verdict, at=here.at)


@of_case(
    "case.supply",
    "work.supply",
    at=[State.SUPPLEMENT],
    when=lambda here: not here.appeal.confidential,
)
def supply_by_link(here: Here) -> None:
    rows = [row for row in here.supplements if row.state == SupplementState.OPEN]
    row: Supplement | None = next(iter(rows), None)
    if row is None:
        raise StaleState
    link = _opened(here, LinkStep.SUPPLY, row, None)
    linking.use(link, supplementing.supply, supplement=row, words="合同在这里", at=here.at)


@of_case(at=[State.HANDLING, State.APPROVAL], when=lambda here: _longer(here))
def object_by_link(here: Here) -> None:
    row = _longer(here)
    if row is None:
        raise StaleState
    link = _opened(here, LinkStep.OBJECT, row, None)
    act = extending.object_to_extension
    linking.use(link, act, extension=row, words="等不了", at=here.at)


@of_part(at=[Work.DISPATCHED], when=lambda here, _: not here.appeal.confidential)
def ask_for_a_new_link(here: Here, part: Assignment) -> None:
    """The old one was opened too late; who lost his phone takes one back."""
    person = here.liaison(part)
    old = linking.issue(LinkStep.SIGN, here.appeal, part, person=person, notice=None, at=here.at)
    late = links.door_of(old, old.expires_at)
    new = linking.ask_again(late, at=here.at)
    linking.revoke(new, by=here.pick([person, here.clerk]), at=here.at)


def _opened(here: Here, step: LinkStep, subject: Subject, person: User | None) -> StepLink:
    """Have a link sent and open it; what it opens must still be to do."""
    link = linking.issue(step, here.appeal, subject, person=person, notice=None, at=here.at)
    door = links.door_of(link, here.at)
    if door.fate is not Fate.OPEN:
        raise StaleState
    linking.visit(link, at=here.at)
    return link


def _longer(here: Here) -> Extension | None:
    if here.appeal.confidential:
        return None
    return next((row for row in here.extensions if row.granted and not row.objected_at), None)
