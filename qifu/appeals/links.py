"""What a one-time link (免登链接) is opened with, and whether it still opens its step.

The token is signed over the link's row with the installation's key, so nobody makes one up
and nobody reads one in the database. Whether it opens is asked anew each time: of the row
(used, revoked, expired), of the case (the step is done, by whomever) and of the person (he
lost the post, or the case is no longer his to see).
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from qifu.appeals import access, clocks
from qifu.appeals.lifecycle import WITH_UNITS, WORK_NOTED, State, Work
from qifu.appeals.models import (
    Answer,
    Appeal,
    Assignment,
    Contact,
    Extension,
    LinkStep,
    ProcessNote,
    StepLink,
    Supplement,
    SupplementState,
)
from qifu.appeals.queries import ANSWER_WORDS, STEP_WORDS
from qifu.kernel.clock import local_date

SALT = "qifu.step-link"
TOKEN = re.compile(r"(\d{6})-([0-9]{1,18})-([A-Za-z0-9_-]{27})")
Subject = Assignment | Answer | Supplement | Extension
CASE = tuple(f"appeal__{name}" for name in STEP_WORDS)


class Fate(StrEnum):
    """Whether a link opens its step, and if not, why."""

    OPEN = "OPEN"
    # It was used itself; the step was done otherwise; the answer was taken back.
    USED = "USED"
    DONE = "DONE"
    RECALLED = "RECALLED"
    # Time, or too many visits: a new one may be had.
    EXPIRED = "EXPIRED"
    WORN = "WORN"
    # Somebody took it back; it is not this person's step any more.
    REVOKED = "REVOKED"
    LOST = "LOST"
    # The enterprise had it kept from others meanwhile: whoever sees it signs in.
    CONFIDED = "CONFIDED"


RENEWABLE = frozenset({Fate.EXPIRED, Fate.WORN})


@dataclass(frozen=True)
class Door:
    """A link with what it leads to."""

    link: StepLink
    subject: Subject | None
    fate: Fate

    @property
    def appeal(self) -> Appeal:
        return self.link.appeal

    @property
    def part(self) -> Assignment:
        return cast("Assignment", self.subject)

    @property
    def answer(self) -> Answer:
        return cast("Answer", self.subject)


def token_of(link: StepLink) -> str:
    """Return what the link is opened with."""
    return f"{link.county}-{link.pk}-{_signature(link)}"


def address_of(link: StepLink) -> str:
    """Return the whole address, as a message shows it."""
    return f"{settings.BASE_URL}{path_of(link)}"


def path_of(link: StepLink) -> str:
    """Return the path of the page that the link opens."""
    face = "" if link.is_of_enterprise else "/desk"
    return f"{face}/links/{token_of(link)}/"


def open_door(token: str, at: datetime, *, enterprise: bool) -> Door | None:
    """Return what a token leads to; None where it was never signed by us."""
    found = TOKEN.fullmatch(token)
    if found is None:
        return None
    links = StepLink.objects.in_county(found[1]).filter(pk=int(found[2]))
    words = (f"appeal__{name}" for name in STEP_WORDS)
    link = links.select_related("person", *words).first()
    if link is None or not constant_time_compare(_signature(link), found[3]):
        return None
    return door_of(link, at) if link.is_of_enterprise == enterprise else None


def door_of(link: StepLink, at: datetime) -> Door:
    """Return the link with its subject and its fate at this moment."""
    subject = subject_of(link)
    return Door(link, subject, _fate(link, subject, at))


def subject_of(link: StepLink) -> Subject | None:
    """Return the part, answer, supplement or extension that the step is about."""
    subject: Subject | None
    match link.step:
        case LinkStep.APPROVE | LinkStep.RATE:
            answers = Answer.objects.in_county(link.county).filter(pk=link.subject_id)
            subject = answers.select_related(
                "measures", "by", "assignment__unit", *ANSWER_WORDS
            ).first()
        case LinkStep.SUPPLY:
            asked = Supplement.objects.in_county(link.county).filter(pk=link.subject_id)
            subject = asked.select_related("words", "assignment__unit").first()
        case LinkStep.OBJECT:
            longer = Extension.objects.in_county(link.county).filter(pk=link.subject_id)
            subject = longer.select_related("ruling", "assignment__unit").first()
        case _:
            parts = Assignment.objects.in_county(link.county).filter(pk=link.subject_id)
            subject = parts.select_related("unit").first()
    return _joined(subject, link.appeal)


def _joined(subject: Subject | None, appeal: Appeal) -> Subject | None:
    """Let the subject and its part know the case that was read with the link."""
    if subject is None:
        return None
    subject.appeal = appeal
    if not isinstance(subject, Assignment) and subject.assignment is not None:
        subject.assignment.appeal = appeal
    return subject


def _signature(link: StepLink) -> str:
    # The moment too: after a restored backup a key may be given out a second time.
    said = f"{link.county}:{link.pk}:{link.number}:{link.made_at.timestamp():.6f}"
    digest = salted_hmac(SALT, said, algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:20]).decode().rstrip("=")


def _fate(link: StepLink, subject: Subject | None, at: datetime) -> Fate:
    if link.appeal.confidential:
        return Fate.CONFIDED
    if link.revoked_at is not None:
        return Fate.REVOKED
    if link.used_at is not None:
        return Fate.USED
    if subject is None:
        return Fate.LOST
    fate = _of_enterprise(link, subject) if link.is_of_enterprise else _of_staff(link, subject, at)
    if fate is not Fate.OPEN:
        return fate
    if at >= link.expires_at:
        return Fate.EXPIRED
    most = clocks.timing(link.county, at).limits.link_openings
    return Fate.WORN if link.openings >= most else Fate.OPEN


def _of_enterprise(link: StepLink, subject: Subject) -> Fate:
    appeal = link.appeal
    if not appeal.contact.body:
        return Fate.LOST
    match subject:
        case Answer():
            published = subject.published_at
            if subject.state != Answer.State.PUBLISHED or published is None:
                return Fate.RECALLED
            if link.made_at < published:
                return Fate.RECALLED
            return Fate.OPEN if appeal.state == State.TO_EVALUATE else Fate.DONE
        case Supplement():
            return Fate.OPEN if subject.state == SupplementState.OPEN else Fate.DONE
        case Extension():
            still = appeal.state in (*WITH_UNITS, State.SUPPLEMENT)
            granted = bool(subject.granted) and subject.objected_at is None
            return Fate.OPEN if still and granted else Fate.DONE
    return Fate.LOST


def _of_staff(link: StepLink, subject: Subject, at: datetime) -> Fate:
    person = link.person
    if person is None or not person.is_active or person.is_locked(at):
        return Fate.LOST
    part = subject.assignment if isinstance(subject, Answer) else subject
    if not isinstance(part, Assignment):
        return Fate.LOST
    approves = link.step == LinkStep.APPROVE
    if not (access.leads(person, part) if approves else access.works_for(person, part)):
        return Fate.LOST
    seen = Appeal.objects.visible_to(person, local_date(at))
    if not seen.filter(pk=link.appeal_id).exists():
        return Fate.LOST
    return Fate.OPEN if _is_to_do(link, subject, part) else Fate.DONE


def _is_to_do(link: StepLink, subject: Subject, part: Assignment) -> bool:
    match link.step:
        case LinkStep.APPROVE:
            waits = isinstance(subject, Answer) and subject.state == Answer.State.PENDING
            return waits and part.state == Work.APPROVAL
        case LinkStep.SIGN:
            return part.state == Work.DISPATCHED
        case LinkStep.REPLY:
            return part.state == Work.HANDLING
    if part.state not in WORK_NOTED:
        return False
    if link.step == LinkStep.CONTACT:
        made = Contact.objects.in_county(link.county).filter(reached=True)
        return not made.filter(assignment=part, at__gte=link.made_at).exists()
    published = link.step == LinkStep.INTERIM
    notes = ProcessNote.objects.in_county(link.county).filter(published=published)
    return not notes.filter(assignment=part, at__gte=link.made_at).exists()
