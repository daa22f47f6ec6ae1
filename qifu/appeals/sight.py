"""Which people see which cases by what they are; `Appeal.objects.visible_to` puts it together."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from qifu.enterprises.models import Tie
from qifu.organisations.models import PostKind, User

# Who sees every confidential case: the office's director, and oversight, whose reading is
# written down (amendment 14).
SEES_CONFIDED = (PostKind.OFFICE_DIRECTOR, PostKind.SUPERVISOR)


def is_masked_from(viewer: User) -> bool:
    """Tell whether confidential cases stay masked for the person until he opens one."""
    return viewer.reach.has(PostKind.SUPERVISOR)


def tied(user: User, on: date) -> QuerySet[Tie, dict[str, int]]:
    """Return the enterprises that the person looks after on the day."""
    ties = Tie.objects.in_county(user.county).in_force(on).of_person(user)
    return ties.values("enterprise_id")  # type: ignore[return-value]
