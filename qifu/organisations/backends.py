"""How a session finds its user again: one query brings the account and its posts."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from qifu.journal import reference
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import Post, User
from qifu.organisations.reach import Reach


class CountyBackend(BaseBackend):
    """Loads whoever is signed in. Signing in itself is an action of this room."""

    def get_user(self, user_id: int) -> User | None:
        """Return the account with its reach already read, unless it was deactivated.

        `reference_stamp` comes along: with `journal.reference.known` the request then
        reads units and limits without asking whether they have changed.
        """
        posts = (
            Post.objects.across_counties("the session knows a person, not a county")
            .filter(county=OuterRef("county"))
            .reached_by(OuterRef("pk"), local_date(now()))
            .values(
                json=JSONObject(
                    kind="kind",
                    unit_id="unit_id",
                    unit__short_name="unit__short_name",
                    unit__absorbed="unit__absorbed",
                    acting="acting",
                )
            )
        )
        user = (
            User.objects.across_counties("the session knows a person, not a county")
            .filter(pk=user_id, is_active=True)
            .annotate(
                held_posts=ArraySubquery(posts), reference_stamp=reference.stamp_beside("county")
            )
            .first()
        )
        if user is not None:
            user.reach = Reach.of(user.county, getattr(user, "held_posts", ()))
        return user
