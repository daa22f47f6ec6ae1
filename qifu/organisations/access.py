"""Who may do what with units, accounts and posts. The three administrators stay apart.

The system administrator (系统管理员) makes accounts, the security administrator
(安全管理员) says who may do what and unlocks, the auditor (审计管理员) reads the
journal; none of them sees a case. `None` is the installation's own command line.
"""

from __future__ import annotations

from qifu.organisations.models import PostKind, Unit, User
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
    leads = by is not None and unit.pk in by.reach.units(PostKind.RESPONSIBLE_LEADER)
    return can_file_anybody(by, unit) or (_of(by, unit.county) and leads)


def can_file_anybody(by: Actor, unit: Unit) -> bool:
    """Tell whether the person may name people from outside the unit: the office may."""
    return _is_system(by) or (_of(by, unit.county) and _has(by, *OFFICE_POSTS))


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
