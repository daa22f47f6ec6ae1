"""Who may take which step: pure questions about a person, a case and a unit's part.

Actions ask before they write; templates ask the same to show a button. Whether a person
may see the case at all is decided earlier, by `Appeal.objects.visible_to`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from qifu.appeals.lifecycle import URGEABLE, WITHDRAWABLE, WORK_NOTED, WORK_OPEN, State, Work
from qifu.appeals.models import Answer, Appeal, Assignment, Rating
from qifu.appeals.rules import Limits, Role
from qifu.enterprises.models.bindings import bound_enterprise_ids
from qifu.enterprises.sight import SEES_ALL
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import User, UserKind
from qifu.organisations.models.people import ADMINISTRATORS

CLERKS = ("OFFICE_OPERATOR", "OFFICE_DIRECTOR")
REVIEWERS = ("OFFICE_REVIEWER", "OFFICE_DIRECTOR")
OFFICE = ("OFFICE_OPERATOR", "OFFICE_REVIEWER", "OFFICE_CALLBACK", "OFFICE_DIRECTOR")
LIAISONS = ("LIAISON", "PLATFORM_ADMIN")
LEADERS = ("RESPONSIBLE_LEADER",)
# Units at which a case may be lodged and settled locally (属地化解, amendment 1).
LOCAL_KINDS = frozenset({"TOWNSHIP", "PARK", "ZONE", "DEPARTMENT", "UTILITY", "SCHOOL"})


def is_clerk(user: User) -> bool:
    """The office's operators and director accept and dispatch."""
    return user.reach.has(*CLERKS)


def is_reviewer(user: User) -> bool:
    """The office's reviewers and director pass answers on."""
    return user.reach.has(*REVIEWERS)


def is_caller(user: User) -> bool:
    """The office's callers and director call enterprises back."""
    return user.reach.has("OFFICE_CALLBACK", "OFFICE_DIRECTOR")


def is_office(user: User) -> bool:
    """Anybody of the county office."""
    return user.reach.has(*OFFICE)


def works_for(user: User, part: Assignment) -> bool:
    """The unit's liaison, or its heir's, or whom the unit gave the part to (二次分派)."""
    if part.unit_id in user.reach.units(*LIAISONS):
        return True
    return part.handler_id == user.pk and part.unit_id in user.reach.units()


def leads(user: User, part: Assignment) -> bool:
    """The unit's leader signs what goes out."""
    return part.unit_id in user.reach.units(*LEADERS)


def answers_for(user: User, part: Assignment) -> bool:
    """Whoever works for the unit, or leads it."""
    return works_for(user, part) or leads(user, part)


def speaks_for(user: User, appeal: Appeal) -> bool:
    """The person who submitted it, or who is bound to its enterprise today (amendment 9)."""
    if user.kind != UserKind.ENTERPRISE or user.county != appeal.county:
        return False
    if appeal.submitted_by_id == user.pk:
        return True
    return appeal.enterprise_id in bound_enterprise_ids(user, local_date(now()))


def can_register(user: User) -> bool:
    """Register a case for an enterprise: the office, and units for what comes to them."""
    return is_clerk(user) or bool(user.reach.units(*LIAISONS))


def can_accept(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.SUBMITTED and is_clerk(user)


def can_decline(user: User, appeal: Appeal) -> bool:
    return can_accept(user, appeal)


def can_answer(user: User, appeal: Appeal) -> bool:
    """Answer on the spot (咨询直答)."""
    return can_accept(user, appeal)


def can_dispatch(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.TO_DISPATCH and is_clerk(user)


def can_take_back(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.DISPATCHED and is_clerk(user)


def can_take_over(user: User, appeal: Appeal) -> bool:
    return appeal.local and appeal.state in (State.LOCAL, State.APPROVAL) and is_clerk(user)


def can_review(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.REVIEW and is_reviewer(user)


def can_recall(user: User, appeal: Appeal, answer: Answer) -> bool:
    """Undo a publication: whoever could publish it."""
    if appeal.state != State.TO_EVALUATE:
        return False
    if appeal.local:
        return answer.assignment is not None and leads(user, answer.assignment)
    return is_reviewer(user) if answer.assignment_id else is_clerk(user)


def can_close(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.TO_EVALUATE and is_office(user)


def can_sign(user: User, part: Assignment) -> bool:
    return part.state == Work.DISPATCHED and works_for(user, part)


def can_reply(user: User, part: Assignment) -> bool:
    return part.state == Work.HANDLING and works_for(user, part)


def can_approve(user: User, part: Assignment) -> bool:
    return part.state == Work.APPROVAL and leads(user, part)


def can_hand_up(user: User, appeal: Appeal, part: Assignment) -> bool:
    return (
        appeal.state == State.LOCAL
        and part.role == Role.LEAD
        and part.state == Work.HANDLING
        and works_for(user, part)
    )


def can_object(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.DECLINED and speaks_for(user, appeal)


def can_rate(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.TO_EVALUATE and speaks_for(user, appeal)


def can_ask_supplement(user: User, appeal: Appeal) -> bool:
    """Ask the enterprise before accepting; once, which the action looks at."""
    return can_accept(user, appeal)


def can_return(user: User, part: Assignment) -> bool:
    """Send the part back unsigned; once, which the action looks at."""
    return part.state == Work.DISPATCHED and works_for(user, part)


def can_rule_return(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.RETURN_REVIEW and is_clerk(user)


def can_ask_extension(user: User, part: Assignment) -> bool:
    """Ask for more time: the handler or the leader; in time and once, the action says."""
    return part.state == Work.HANDLING and answers_for(user, part)


def can_ask_consent(user: User, part: Assignment) -> bool:
    """Ask that the enterprise supply something: the LEAD, while it handles."""
    return part.state == Work.HANDLING and part.role == Role.LEAD and works_for(user, part)


def can_note(user: User, part: Assignment) -> bool:
    """Write down a contact or a note, or tell the enterprise how far things are."""
    return part.state in WORK_NOTED and works_for(user, part)


def can_sub_assign(user: User, part: Assignment) -> bool:
    """Give the part to one of the unit's people."""
    open_ = (Work.DISPATCHED, Work.HANDLING, Work.SUPPLEMENT, Work.APPROVAL)
    return part.state in open_ and answers_for(user, part)


def can_supply(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.SUPPLEMENT and speaks_for(user, appeal)


def can_call_back(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.CALLBACK and is_caller(user)


def can_remind(user: User, part: Assignment) -> bool:
    """The office urges a unit that has something to move (县办催办)."""
    return part.state in WORK_OPEN and is_office(user)


def can_withdraw(user: User, appeal: Appeal) -> bool:
    return appeal.state in WITHDRAWABLE and speaks_for(user, appeal)


def can_urge(user: User, appeal: Appeal) -> bool:
    return appeal.state in URGEABLE and speaks_for(user, appeal)


def can_reopen(user: User, appeal: Appeal, limits: Limits, at: datetime) -> bool:
    """Ask once more: within the days set, and once (the action looks at the latter)."""
    if appeal.state != State.CLOSED or appeal.closed_at is None:
        return False
    return at - appeal.closed_at <= timedelta(days=limits.reopen_days) and speaks_for(user, appeal)


def can_name_viewer(user: User, appeal: Appeal) -> bool:
    """The office's director lets somebody see one case."""
    return user.reach.has("OFFICE_DIRECTOR")


def sees_internal(user: User) -> bool:
    """Staff read the whole timeline; an enterprise reads its public entries only."""
    return user.kind == UserKind.STAFF


def can_see_contact(user: User, appeal: Appeal) -> bool:
    """Open the enterprise's whole number, which is logged: whoever may have to ring it.

    A county leader or an inspector asks the office.
    """
    return sees_internal(user) and (is_office(user) or not user.reach.has(*SEES_ALL))


def can_export(user: User) -> bool:
    """Take a list out: whoever has a list; keeping the system shows no case."""
    return bool(user.reach.roles.difference(ADMINISTRATORS))


def can_see_rating(user: User, rating: Rating, limits: Limits, at: datetime, count: int) -> bool:
    """See grade and reasons: the office and those above at once, the unit when it is covered.

    `count` says how many ratings the unit has. Before there are a few of them, or some
    time has passed, the unit would know whose grade it is (amendment 10).
    """
    if user.reach.has(*SEES_ALL):
        return True
    if rating.unit_id not in user.reach.units(*LIAISONS, *LEADERS):
        return False
    least, days = limits.rating_cover
    return count >= least or at - rating.at >= timedelta(days=days)


def can_see_rating_words(
    user: User, rating: Rating, limits: Limits, at: datetime, count: int
) -> bool:
    """Read the enterprise's own words: the office and oversight, others if it let them."""
    if is_office(user) or user.reach.has("SUPERVISOR"):
        return True
    return rating.shared and can_see_rating(user, rating, limits, at, count)
