"""Links that open one step (免登链接): made, opened, used up, asked for again, taken back.

Each of these is in the journal. Using one is the step itself, whose event says so.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from qifu.appeals import access, clocks, links, notices
from qifu.appeals.links import RENEWABLE, Door, Fate, Subject
from qifu.appeals.models import OF_ENTERPRISE, Answer, Appeal, Assignment, LinkStep, StepLink
from qifu.journal.alongside import alongside
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date, start_of_day
from qifu.kernel.errors import NotAllowed, StaleState, TooOften
from qifu.notices.models import Notice
from qifu.notices.outbox import send_now
from qifu.organisations.models import User

T = TypeVar("T")

GONE = "这一步已经有人办了，或者不再由您来办，不用再要链接。"


class TooManyLinks(TooOften):
    """New links for the same step were asked for too often."""


def issue(
    step: LinkStep,
    appeal: Appeal,
    subject: Subject,
    *,
    person: User | None,
    notice: Notice | None,
    at: datetime,
) -> StepLink:
    """Make the link that a message carries, as it leaves (发出链接)."""
    with deed("link.issued", county=appeal.county, by=None, at=at) as work:
        return _made(work, step, appeal, subject, person, notice)


def withdraw_from(link: StepLink, *, at: datetime) -> None:
    """Take a link back because its message goes to somebody else after all."""
    with deed("link.revoked", county=link.county, by=None, at=at) as work:
        _revoke(work, link, None)


def visit(link: StepLink, *, at: datetime) -> None:
    """Write down that the link was opened (打开链接); nothing else changes by that."""
    for _ in range(3):
        with suppress(StaleState):
            with deed("link.opened", county=link.county, by=None, at=at) as work:
                work.about(link)
                work.note(link=link.number, step=link.step, person=link.person_id)
                known = {"openings": link.openings}
                work.change(link, expect=known, openings=link.openings + 1, opened_at=at)
            return
        # Opened twice at the same moment: count from what the other one wrote.
        link.openings = StepLink.objects.in_county(link.county).get(pk=link.pk).openings


def use(link: StepLink, act: Callable[..., T], **given: Any) -> T:
    """Take the step that the link opens, as its person; the link is used up by that.

    Raises:
        StaleState: it was used already, or taken back meanwhile; nothing was written.
    """
    with alongside(partial(_spend, link)):
        return act(**{**given, "by": link.person})


def ask_again(door: Door, *, at: datetime, key: str = "") -> StepLink:
    """Send a new link for the same step to the same phone (再要一个链接).

    Raises:
        StaleState: the step is done, or not his any more.
        TooManyLinks: he has had as many as he can today.
    """
    if door.subject is None or door.fate not in RENEWABLE:
        raise StaleState(GONE)
    step = LinkStep(door.link.step)
    return send_link(step, door.subject, to=door.link.person, at=at, key=key)


def send_link(
    step: LinkStep, subject: Subject, *, to: User | None, at: datetime, key: str = ""
) -> StepLink:
    """Send a link for this step to the phone of its person, or of the case's contact.

    Raises:
        StaleState: the step is not to be taken now, or not by him.
        TooManyLinks: he has had as many as he can today.
    """
    appeal = subject.appeal
    with deed("link.asked", county=appeal.county, by=to, at=at, key=key) as work:
        link = _made(work, step, appeal, subject, to, None)
        if links.door_of(link, at).fate is not Fate.OPEN:
            raise StaleState(GONE)
        _refuse_flood(link, at)
        send_now(work, notices.link_asked(link))
        return link


def revoke(link: StepLink, *, by: User, at: datetime, key: str = "") -> StepLink:
    """Take a link back before it is used (作废链接): its holder, or the office."""
    with deed("link.revoked", county=link.county, by=by, at=at, key=key) as work:
        if not (access.is_clerk(by) or link.person_id == by.pk):
            raise NotAllowed("只有县办受理员和链接本人可以作废链接。")
        _revoke(work, link, by)
        return link


def next_steps(part: Assignment, person: User, at: datetime) -> list[LinkStep]:
    """Return the steps of this part for which the person may have a link now."""
    if access.can_sign(person, part):
        return [LinkStep.SIGN]
    steps = []
    if access.can_note(person, part):
        steps += [LinkStep.CONTACT, LinkStep.INTERIM, LinkStep.NOTE]
    if access.can_reply(person, part):
        steps.append(LinkStep.REPLY)
    return steps


def waiting_answer(county: str, units: frozenset[int], person: User) -> Answer | None:
    """Return the most urgent answer that waits for this leader and is not his own."""
    answers = Answer.objects.in_county(county).filter(
        state=Answer.State.PENDING,
        assignment__unit__in=units,
        assignment__state="APPROVAL",
        appeal__confidential=False,
    )
    rows = answers.exclude(by=person).select_related("appeal__contact", "assignment__unit")
    return rows.order_by("assignment__due_on", "pk").first()


def _made(
    work: Deed,
    step: LinkStep,
    appeal: Appeal,
    subject: Subject,
    person: User | None,
    notice: Notice | None,
) -> StepLink:
    limits = clocks.timing(appeal.county, work.at).limits
    hours = limits.link_hours(of_enterprise=step in OF_ENTERPRISE)
    link = work.add(
        StepLink(
            step=step,
            appeal=appeal,
            subject_id=subject.pk,
            person=person,
            notice=notice,
            made_at=work.at,
            expires_at=work.at + timedelta(hours=hours),
        )
    )
    work.about(link)
    work.note(link=link.number, step=step, person=link.person_id)
    return link


def _spend(link: StepLink, work: Deed) -> None:
    unspent = {"used_at": None, "revoked_at": None}
    work.change(link, expect=unspent, used_at=work.at)
    work.note(link=link.number)


def _revoke(work: Deed, link: StepLink, by: User | None) -> None:
    work.about(link)
    work.note(link=link.number, step=link.step, person=link.person_id)
    if link.used_at is not None:
        raise StaleState("这个链接已经用过了，不用作废。")
    unspent = {"used_at": None, "revoked_at": None}
    work.change(link, expect=unspent, revoked_at=work.at, revoked_by=by)


def _refuse_flood(link: StepLink, at: datetime) -> None:
    most = clocks.timing(link.county, at).limits.links_again
    today = StepLink.objects.in_county(link.county).filter(
        appeal=link.appeal_id,
        step=link.step,
        person=link.person_id,
        notice=None,
        made_at__gte=start_of_day(local_date(at)),
    )
    # The one that this deed has just written is among them.
    if today.count() > most:
        raise TooManyLinks(f"今天已发过{most}次这一步的链接。请用最新的一条短信，或登录办理。")
