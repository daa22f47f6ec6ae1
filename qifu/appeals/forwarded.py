"""Cases from above, read for a page or a list: their order, and what was posted back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from qifu.appeals.models import Appeal, AppealQuerySet, PostBack, UpperOrder, UpperOrderQuerySet
from qifu.appeals.models.case import ERASED, WORDS
from qifu.appeals.posting import Owing
from qifu.appeals.queries import STEP_WORDS
from qifu.appeals.rules import POSTED_THROUGH, ReplyChannel
from qifu.organisations.models import User

ORDERED = ("number", "due_on", "posted_at")
# What the list of 待回填 shows: still owed, past its limit, posted back.
LATE, DONE = "late", "done"


@dataclass(frozen=True)
class Posting:
    """One time that an answer was posted back (回填)."""

    posted_on: date
    by: str
    proof: str


@dataclass(frozen=True)
class Order:
    """What came along from above, and what went back (上级来件)."""

    through: str
    number: str
    due_on: date
    posted_at: datetime | None
    posted: Sequence[Posting] = ()


def with_order(cases: AppealQuerySet) -> AppealQuerySet:
    """Read along what `order_of` tells, so that it asks nothing more."""
    orders = UpperOrder.objects.filter(county=OuterRef("county"), appeal=OuterRef("pk"))
    posts = PostBack.objects.filter(county=OuterRef("county"), order__appeal=OuterRef("pk"))
    posted = {"posted_on": "posted_on", "by": "by__name", "proof": "proof__body"}
    given = JSONObject(**posted, written="proof_id")
    return cases.annotate(
        ordered_by=ArraySubquery(orders.values(json=JSONObject(**{n: n for n in ORDERED}))),
        posted_up=ArraySubquery(posts.order_by("pk").values(json=given)),
    )


def order_of(appeal: Appeal) -> Order | None:
    """Return what was read along with the case; None of one that did not come from above."""
    rows: list[Mapping[str, Any]] = getattr(appeal, "ordered_by", [])
    if not rows:
        return None
    row, posted_at = rows[0], rows[0]["posted_at"]
    return Order(
        ReplyChannel(appeal.reply_channel).label,
        row["number"],
        date.fromisoformat(row["due_on"]),
        datetime.fromisoformat(posted_at) if posted_at else None,
        [_posting(each) for each in getattr(appeal, "posted_up", [])],
    )


def _posting(row: Mapping[str, Any]) -> Posting:
    proof = row["proof"] or (ERASED if row["written"] else "")
    return Posting(date.fromisoformat(row["posted_on"]), row["by"] or "", proof)


def orders_seen(user: User, on: date, owing: Owing, show: str) -> UpperOrderQuerySet:
    """Return what has to be posted back, is late, or was posted back, as far as one sees it."""
    seen = UpperOrder.objects.visible_to(user, on)
    known = seen.select_related(*(f"appeal__{name}" for name in WORDS))
    if show == DONE:
        return known.filter(posted_at__isnull=False, appeal__reply_channel__in=POSTED_THROUGH)
    owed: Q = owing.of("appeal__", "", late=show == LATE)
    return known.filter(owed)


def order_for(user: User, number: str, on: date) -> UpperOrder | None:
    """Return what came from above with a case that the person sees, with the case."""
    rows = UpperOrder.objects.visible_to(user, on).filter(appeal__number=number)
    return rows.select_related(*(f"appeal__{name}" for name in STEP_WORDS)).first()
