"""The cases that came of one message (拆分), as far as whoever looks may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from qifu.appeals.models import Appeal, AppealQuerySet
from qifu.organisations.models import User


def with_siblings(cases: AppealQuerySet, user: User, on: date) -> AppealQuerySet:
    """Read along the numbers of the cases that were said in the same message."""
    near = Q(pk=OuterRef("split_from_id")) | Q(split_from=OuterRef("pk"))
    seen = Appeal.objects.visible_to(user, on).filter(near)
    return cases.annotate(siblings=ArraySubquery(seen.order_by("pk").values("number")))


def siblings_of(appeal: Appeal) -> Sequence[str]:
    """Return the numbers read along with the case."""
    found: Sequence[str] = getattr(appeal, "siblings", ())
    return found
