"""Who may do what with units, accounts and posts. The three administrators stay apart.

The system administrator (系统管理员) makes accounts, the security administrator
(安全管理员) says who may do what and unlocks, the auditor (审计管理员) reads the
journal; none of them sees a case. `None` is the installation's own command line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qifu.organisations.models import Post, PostKind, Unit, User
from qifu.organisations.models.people import ADMINISTRATORS, OFFICE_POSTS

Actor = User | None


def can_make_accounts(by: Actor, county: str) -> bool:
    """Tell whether the person makes and closes accounts."""
    return _is_system(by) or (_of(by, county) and _has(by, PostKind.SYS_ADMIN))


def can_appoint(by: Actor, county: str) -> bool:
    """Tell whether the person appoints to posts and relieves of them."""
    return _is_system(by) or (_of(by, county) and _has(by, PostKind.SEC_ADMIN))


def can_unlock(by: Actor, user: User) -> bool:
    """Tell whether the person lifts or sets a lock."""
    return can_appoint(by, user.county) and not _is_self(by, user)


def can_reset_password(by: Actor, user: User) -> bool:
    """Tell whether the person may give the user a new first password.

    No administrator may walk into another's account unseen, so each resets only those
    of the other sort; the security administrator's own is reset on the command line.
    """
    if _is_system(by):
        return True
    if by is None or not _of(by, user.county) or _is_self(by, user):
        return False
    if user.reach.has(PostKind.SYS_ADMIN, PostKind.AUDITOR):
        return by.reach.has(PostKind.SEC_ADMIN)
    return by.reach.has(PostKind.SYS_ADMIN) and not user.reach.has(PostKind.SEC_ADMIN)


def can_see_accounts(by: Actor, county: str) -> bool:
    """Tell whether the person sees the list of accounts."""
    return _of(by, county) and _has(by, *ADMINISTRATORS)


def can_read_journal(by: Actor, county: str) -> bool:
    """Tell whether the person reads the journal of accounts and posts."""
    return _of(by, county) and _has(by, PostKind.AUDITOR)


def can_keep_units(by: Actor, county: str) -> bool:
    """Tell whether the person keeps the register of units: the office does."""
    return _is_system(by) or (
        _of(by, county) and _has(by, PostKind.OFFICE_OPERATOR, PostKind.OFFICE_DIRECTOR)
    )


def can_file(by: Actor, unit: Unit) -> bool:
    """Tell whether the person may file the unit's leader and liaison (备案)."""
    own = by is not None and unit.pk in by.reach.units(
        PostKind.RESPONSIBLE_LEADER, PostKind.LIAISON
    )
    return can_file_anybody(by, unit) or (_of(by, unit.county) and own)


def can_file_others(by: Actor, unit: Unit) -> bool:
    """Tell whether the person may name somebody new in the filing.

    A liaison confirms who is there; otherwise he could make himself his own approver.
    """
    leads = by is not None and unit.pk in by.reach.own_units(PostKind.RESPONSIBLE_LEADER)
    return can_file_anybody(by, unit) or (_of(by, unit.county) and leads)


def can_file_anybody(by: Actor, unit: Unit) -> bool:
    """Tell whether the person may name people from outside the unit: the office may."""
    return _is_system(by) or (_of(by, unit.county) and _has(by, *OFFICE_POSTS))


def can_enter_absence(by: Actor, person: User, unit: Unit) -> bool:
    """Tell whether the person enters that somebody is away from the unit (外出).

    Himself, the unit's leader, or the office.
    """
    if by is None or not _of(by, unit.county) or person.county != unit.county:
        return False
    is_own = by.pk == person.pk
    return is_own or leads(by, {unit.pk}) or sees_all_absences(by)


def sees_all_absences(by: Actor) -> bool:
    """Tell whether the person sees everybody's absences: the office does."""
    return _has(by, *OFFICE_POSTS)


def leads(by: User, units: Iterable[int]) -> bool:
    """Tell whether the person himself leads one of the units, or what became of it."""
    return not by.reach.own_units(PostKind.RESPONSIBLE_LEADER).isdisjoint(units)


def can_give(by: Actor, person: User, on: date) -> bool:
    """Tell whether the person signs a leaver's things away: himself, his leader, the office."""
    if by is None or not _of(by, person.county):
        return False
    office = _has(by, PostKind.OFFICE_OPERATOR, PostKind.OFFICE_DIRECTOR)
    return by.pk == person.pk or office or leads(by, _units_of(person, on))


def can_prepare(by: Actor, person: User, on: date) -> bool:
    """Tell whether the person starts a hand-over and names the receivers (交接)."""
    keeps = can_appoint(by, person.county) or can_make_accounts(by, person.county)
    return by is not None and (keeps or can_give(by, person, on))


def _units_of(person: User, on: date) -> set[int]:
    """Return the units of the posts held, or of all that were when there is none left."""
    posts = Post.objects.in_county(person.county).filter(user=person)
    held = set(posts.in_force(on).values_list("unit_id", flat=True))
    return held or set(posts.values_list("unit_id", flat=True))


def can_see_deliveries(by: Actor, county: str) -> bool:
    """Tell whether the person sees which messages reached nobody: the office, who rings."""
    return _of(by, county) and _has(by, *OFFICE_POSTS)


def can_see_jobs(by: Actor, county: str) -> bool:
    """Tell whether the person watches what runs by itself."""
    return _of(by, county) and _has(by, PostKind.SYS_ADMIN, PostKind.OFFICE_DIRECTOR)


def can_see_units(by: Actor, county: str) -> bool:
    """Tell whether the person sees units and their people: every signed-in officer does."""
    return by is not None and _of(by, county) and bool(by.reach.roles)


def _is_system(by: Actor) -> bool:
    return by is None


def _of(by: Actor, county: str) -> bool:
    return by is not None and by.is_active and by.county == county


def _has(by: Actor, *kinds: str) -> bool:
    return by is not None and by.reach.has(*kinds)


def _is_self(by: Actor, user: User) -> bool:
    return by is not None and by.pk == user.pk
