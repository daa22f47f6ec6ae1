"""Who sees what an enterprise said of an answer (amendment 10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from qifu.appeals.access import LEADERS, LIAISONS, is_office
from qifu.appeals.limits import Limits
from qifu.appeals.models import Rating
from qifu.enterprises.sight import SEES_ALL
from qifu.organisations.models import User


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
