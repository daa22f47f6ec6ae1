"""Which link a message carries: made when it leaves, for whoever really gets it.

A duty's holder is known only then, and a message that is cancelled in its minute of
undoing has made none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.conf import settings

from qifu.appeals import links
from qifu.appeals.actions import linking
from qifu.appeals.ladder import ReminderKind
from qifu.appeals.lifecycle import Work
from qifu.appeals.links import Subject
from qifu.appeals.models import (
    Answer,
    Appeal,
    Assignment,
    Extension,
    LinkStep,
    Reminder,
    StepLink,
    Supplement,
    SupplementState,
)
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.notices.addresses import Recipient
from qifu.notices.models import Notice
from qifu.organisations.models import User

LINK = StepLink._meta.label_lower
M = TypeVar("M", bound=CountyModel)
Wanted = tuple[LinkStep, Appeal, Subject]
OF_REMINDERS = {
    ReminderKind.CONTACT: LinkStep.CONTACT,
    ReminderKind.IDLE: LinkStep.NOTE,
}


class CaseLinks:
    """The links of cases, as the outbox asks for them."""

    def address(self, notice: Notice, to: Recipient, at: datetime) -> str:
        """Return the link's address, or that of the sign-in where there is nothing to open."""
        link = _link(notice, to, at)
        if link is not None:
            return links.address_of(link)
        return f"{settings.BASE_URL}{'/desk/' if to.person else '/'}"

    def shown(self, notices: Sequence[Notice]) -> Mapping[int, str]:
        """Return the addresses that left with these messages."""
        if not notices:
            return {}
        county = notices[0].county
        asked = {n.subject_id or 0: n.pk for n in notices if n.subject_type == LINK}
        rows = StepLink.objects.in_county(county)
        own = rows.filter(notice__in=[notice.pk for notice in notices])
        found = {link.notice_id: link for link in own.order_by("pk")}
        found |= {asked[link.pk]: link for link in rows.filter(pk__in=asked)}
        return {pk: links.address_of(link) for pk, link in found.items() if pk is not None}


def _link(notice: Notice, to: Recipient, at: datetime) -> StepLink | None:
    rows = StepLink.objects.in_county(notice.county)
    if notice.subject_type == LINK:
        return rows.filter(pk=notice.subject_id or 0).first()
    known = rows.filter(notice=notice.pk, revoked_at=None).first()
    if known is not None:
        # The message could not be handed over before; it may go to another now.
        if known.person_id in (to.person, None):
            return known
        linking.withdraw_from(known, at=at)
    person = _person(notice, to)
    wanted = _wanted(notice, person)
    if wanted is None:
        return None
    step, appeal, subject = wanted
    return linking.issue(step, appeal, subject, person=person, notice=notice, at=at)


def _person(notice: Notice, to: Recipient) -> User | None:
    if to.person is None or not notice.role:
        return None
    return User.objects.in_county(notice.county).filter(pk=to.person).first()


def _wanted(notice: Notice, person: User | None) -> Wanted | None:
    """Return which step the message asks for; None where it has been taken already."""
    if person is not None:
        return _of_staff(notice, person)
    match notice.kind:
        case "E3":
            return _supply(notice)
        case "E7":
            return _object(notice)
        case "E9" | "E10":
            return _rate(notice)
    return None


def _of_staff(notice: Notice, person: User) -> Wanted | None:
    if notice.kind == "U8":
        units = person.reach.units("RESPONSIBLE_LEADER")
        answer = linking.waiting_answer(notice.county, units, person)
        return (LinkStep.APPROVE, answer.appeal, answer) if answer else None
    if notice.subject_type == Reminder._meta.label_lower:
        row = _subject(Reminder, notice, "appeal", "assignment__appeal")
        if row is None or row.assignment is None:
            return None
        return _of_part(row.assignment, OF_REMINDERS.get(ReminderKind(row.kind)))
    part = _subject(Assignment, notice, "appeal")
    if part is None:
        return None
    return _of_part(part, LinkStep.CONTACT if notice.kind == "U9" else None)


def _of_part(part: Assignment, step: LinkStep | None) -> Wanted | None:
    if part.state == Work.DISPATCHED:
        return LinkStep.SIGN, part.appeal, part
    if part.state not in (Work.HANDLING, Work.SUPPLEMENT):
        return None
    return step or LinkStep.REPLY, part.appeal, part


def _supply(notice: Notice) -> Wanted | None:
    rows = Supplement.objects.in_county(notice.county).filter(
        appeal=notice.subject_id or 0, state=SupplementState.OPEN
    )
    row = rows.select_related("appeal").first()
    return (LinkStep.SUPPLY, row.appeal, row) if row else None


def _object(notice: Notice) -> Wanted | None:
    rows = Extension.objects.in_county(notice.county).filter(
        appeal=notice.subject_id or 0, granted__gt=0, objected_at=None
    )
    row = rows.select_related("appeal").order_by("pk").last()
    return (LinkStep.OBJECT, row.appeal, row) if row else None


def _rate(notice: Notice) -> Wanted | None:
    answers = Answer.objects.in_county(notice.county).filter(state=Answer.State.PUBLISHED)
    if notice.kind == "E9":
        answers = answers.filter(pk=notice.subject_id or 0)
    else:
        row = _subject(Reminder, notice, "appeal")
        answers = answers.filter(appeal=row.appeal_id) if row else answers.none()
    answer = answers.select_related("appeal").order_by("pk").last()
    return (LinkStep.RATE, answer.appeal, answer) if answer else None


def _subject(model: type[M], notice: Notice, *words: str) -> M | None:
    rows: CountyQuerySet[M] = CountyQuerySet(model)
    return (
        rows.in_county(notice.county)
        .filter(pk=notice.subject_id or 0)
        .select_related(*words)
        .first()
    )
