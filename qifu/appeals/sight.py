"""Which people see which cases by what they are; `Appeal.objects.visible_to` puts it together."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from qifu.appeals.rules import POSTED_THROUGH
from qifu.enterprises.models import Tie
from qifu.organisations.models import PostKind, User

# Who sees every confidential case: the office's director, and oversight, whose reading is
# written down (amendment 14).
SEES_CONFIDED = (PostKind.OFFICE_DIRECTOR, PostKind.SUPERVISOR)

# What came from the city or the province; few, so that an index of its own serves them.
FROM_ABOVE = Q(reply_channel__in=POSTED_THROUGH)


def is_masked_from(viewer: User) -> bool:
    """Tell whether confidential cases stay masked for the person until he opens one."""
    return viewer.reach.has(PostKind.SUPERVISOR)


def tied(user: User, on: date) -> QuerySet[Tie, dict[str, int]]:
    """Return the enterprises that the person looks after on the day."""
    ties = Tie.objects.in_county(user.county).in_force(on).of_person(user)
    return ties.values("enterprise_id")  # type: ignore[return-value]
