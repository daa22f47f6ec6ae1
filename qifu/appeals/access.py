"""Who may take which step: pure questions about a person, a case and a unit's part.

Actions ask before they write; templates ask the same to show a button. Whether a person
may see the case at all is decided earlier, by `Appeal.objects.visible_to`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from qifu.appeals.lifecycle import (
    PUBLISHED,
    URGEABLE,
    WITHDRAWABLE,
    WORK_NOTED,
    WORK_OPEN,
    State,
    Work,
    case_step,
)
from qifu.appeals.limits import Limits
from qifu.appeals.models import Answer, Appeal, Assignment
from qifu.appeals.rules import Role
from qifu.appeals.sight import is_masked_from
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
    if appeal.confidential:
        return is_confidant(user, appeal)
    if appeal.submitted_by_id == user.pk:
        return True
    return appeal.enterprise_id in bound_enterprise_ids(user, local_date(now()))


def is_confidant(user: User, appeal: Appeal) -> bool:
    """The enterprise's one person to whom a case is confided (企业要求保密).

    Who submitted it; of what staff wrote down for it, who has the number that was left.
    """
    if user.kind != UserKind.ENTERPRISE or user.county != appeal.county:
        return False
    if appeal.submitted_by_id == user.pk:
        return True
    if not appeal.proxy or appeal.contact.body != user.phone:
        return False
    return appeal.enterprise_id in bound_enterprise_ids(user, local_date(now()))


def can_keep_confidential(user: User, appeal: Appeal) -> bool:
    """Keep a case from others: the enterprise, or a clerk because it said so."""
    return not appeal.confidential and (is_confidant(user, appeal) or is_clerk(user))


def can_lift_confidence(user: User) -> bool:
    """Decide that a case need not be kept from others: the director, besides the enterprise."""
    return user.reach.has("OFFICE_DIRECTOR")


def is_read_aloud(user: User, appeal: Appeal) -> bool:
    """Tell whether the person's reading of the case is written down (amendment 14)."""
    return appeal.confidential and is_masked_from(user)


def can_register(user: User) -> bool:
    """Register a case for an enterprise: the office, and units for what comes to them."""
    return is_clerk(user) or bool(user.reach.units(*LIAISONS))


def can_accept(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.SUBMITTED and is_clerk(user)


def can_decline(user: User, appeal: Appeal) -> bool:
    return can_accept(user, appeal)


def can_turn_away(user: User, appeal: Appeal) -> bool:
    """Say that it belongs to the petition office, a court or the discipline inspection (转出)."""
    return appeal.state in case_step("turn_away").sources and is_clerk(user)


def can_answer(user: User, appeal: Appeal) -> bool:
    """Answer on the spot (咨询直答)."""
    return can_accept(user, appeal)


def can_dispatch(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.TO_DISPATCH and is_clerk(user)


def can_merge(user: User, appeal: Appeal) -> bool:
    """Let it go with another case (合并); one with which others go stays (no chains)."""
    mine = appeal.state in (State.SUBMITTED, State.TO_DISPATCH) and is_clerk(user)
    # Once answered with another, it goes on by itself.
    alone = appeal.merged_into_id is None
    return mine and alone and not (appeal.followers or appeal.confidential)


def can_unmerge(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.MERGED and is_clerk(user)


def can_take_back(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.DISPATCHED and is_clerk(user)


def can_take_over(user: User, appeal: Appeal) -> bool:
    return appeal.local and appeal.state in (State.LOCAL, State.APPROVAL) and is_clerk(user)


def can_review(user: User, appeal: Appeal) -> bool:
    return appeal.state == State.REVIEW and is_reviewer(user)


def can_recall(user: User, appeal: Appeal, answer: Answer) -> bool:
    """Undo a publication: whoever could publish it."""
    if appeal.state not in PUBLISHED or answer.follows_id:
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
    open_ = (*WORK_OPEN, Work.SUPPLEMENT)
    return part.state in open_ and answers_for(user, part)


def can_report_promise(user: User, part: Assignment) -> bool:
    """Say whether what was promised is done, and plan the way to it."""
    return part.state == Work.TRACKING and works_for(user, part)


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
