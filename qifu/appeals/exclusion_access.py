"""Who asks that a rating be left out of the figures, and who rules on it."""

from __future__ import annotations

from datetime import date, datetime

from qifu.appeals import clocks
from qifu.appeals.access import LEADERS
from qifu.appeals.catalogue import all_units
from qifu.appeals.models import Exclusion, Rating
from qifu.appeals.rating_access import can_see_rating
from qifu.enterprises.sight import SEES_ALL
from qifu.organisations.models import Post, User


def asks_for(user: User, rating: Rating) -> bool:
    """The leader of the unit whose rating it is."""
    return rating.unit_id in user.reach.units(*LEADERS)


def is_uncovered(user: User, rating: Rating, at: datetime) -> bool:
    """Tell whether the unit may see the rating yet (amendment 10)."""
    limits = clocks.timing(rating.county, at).limits
    count = Rating.objects.in_county(rating.county).filter(unit=rating.unit_id).count()
    return can_see_rating(user, rating, limits, at, count)


def rules(user: User) -> bool:
    """The office's director writes down what the panel found."""
    return user.reach.has("OFFICE_DIRECTOR")


def panel_people(exclusion: Exclusion, on: date) -> list[User]:
    """Return who may sit on the panel: of the office, oversight and the county's leaders.

    Nobody who has a post in the unit that asks.
    """
    posts = Post.objects.in_county(exclusion.county).in_force(on)
    unit = exclusion.unit
    own = posts.filter(unit__in=[unit.pk, *_heirs(unit.pk, exclusion.county)])
    rows = posts.filter(kind__in=SEES_ALL, user__is_active=True).select_related("user")
    rows = rows.exclude(user__in=own.values("user_id"))
    found = {post.user_id: post.user for post in rows.order_by("unit__code", "pk")}
    return list(found.values())


def _heirs(unit: int, county: str) -> list[int]:
    return [each.pk for each in all_units(county) if unit in each.absorbed]
