"""Who may do what with enterprises and with those who speak for them.

`None` is the installation's own command line.
"""

from __future__ import annotations

from datetime import date

from qifu.enterprises.models import (
    Binding,
    BindingState,
    Enterprise,
    SpeaksAs,
    Tie,
    TieKind,
)
from qifu.enterprises.sight import SEARCHES, SEES_ALL
from qifu.organisations.models import PostKind, Unit, User
from qifu.organisations.models.people import OFFICE_POSTS

Actor = User | None

# Who keeps the entries of his own place.
KEEPERS = (PostKind.LIAISON, PostKind.PLATFORM_ADMIN)


def can_search(by: User) -> bool:
    """Tell whether the person has a list of enterprises at all."""
    return by.is_staff_person and by.reach.has(*SEARCHES)


def can_register(by: Actor, township: Unit) -> bool:
    """Tell whether the person enters an enterprise of the place: the office, or its liaison."""
    return _keeps(by, township.county, township.pk)


def can_correct(by: Actor, enterprise: Enterprise) -> bool:
    """Tell whether the person corrects the entry."""
    return _keeps(by, enterprise.county, enterprise.township_id)


def can_see_phone(by: Actor, enterprise: Enterprise, on: date) -> bool:
    """Tell whether the person opens the whole number, which is logged.

    Those who ring the enterprise do; a county leader or an inspector asks the office.
    """
    if by is None:
        return True
    if by.reach.has(*OFFICE_POSTS):
        return _of(by, enterprise.county)
    sees = Enterprise.objects.visible_to(by, on).filter(pk=enterprise.pk)
    return not by.reach.has(*SEES_ALL) and sees.exists()


def can_tie(by: Actor, county: str) -> bool:
    """Tell whether the person says who looks after whom."""
    return _is_office(by, county)


def can_invite(by: Actor, enterprise: Enterprise, on: date) -> bool:
    """Tell whether the person invites: the office, or the officer paired with it."""
    if by is None or _is_office(by, enterprise.county):
        return True
    if not _of(by, enterprise.county):
        return False
    ties = Tie.objects.in_county(enterprise.county).in_force(on)
    return ties.filter(user=by, enterprise=enterprise, kind=TieKind.PAIRING).exists()


def can_ask(by: Actor) -> bool:
    """Tell whether the person may ask to speak for an enterprise: never a staff account."""
    return by is not None and by.is_active and not by.is_staff_person


def can_rule(by: Actor, county: str) -> bool:
    """Tell whether the person approves or refuses requests."""
    return _is_office(by, county)


def can_remove(by: Actor, binding: Binding, on: date) -> bool:
    """Tell whether the person ends the binding, invitation or request.

    The office, whoever it concerns, the enterprise's administrator, and whoever invited.
    """
    if binding.state == BindingState.ENDED:
        return False
    if by is None or _is_office(by, binding.county):
        return True
    if not _of(by, binding.county):
        return False
    if by.pk == binding.person_id:
        return True
    invited = binding.state == BindingState.INVITED and by.pk == binding.made_by_id
    return invited or _is_admin(by, binding.enterprise_id, on)


def can_hand_over(by: Actor, enterprise: Enterprise, on: date) -> bool:
    """Tell whether the person names another administrator of the enterprise."""
    if by is None or _is_office(by, enterprise.county):
        return True
    return _of(by, enterprise.county) and _is_admin(by, enterprise.pk, on)


def _is_admin(by: User, enterprise: int, on: date) -> bool:
    if by.is_staff_person:
        return False
    own = Binding.objects.in_county(by.county).in_force(on).of_person(by)
    return own.filter(enterprise=enterprise, role=SpeaksAs.ADMIN).exists()


def _keeps(by: Actor, county: str, place: int | None) -> bool:
    if by is None or _is_office(by, county):
        return True
    return _of(by, county) and place in by.reach.units(*KEEPERS)


def _is_office(by: Actor, county: str) -> bool:
    return by is None or (_of(by, county) and by.reach.has(*OFFICE_POSTS))


def _of(by: User, county: str) -> bool:
    return by.is_active and by.county == county
