"""Whether notices arrive: what reached nobody, and which numbers are dead (号码失效)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from qifu.notices.models import AddressKind, Fault, Notice, NoticeQuerySet, State
from qifu.notices.registry import registry

# So many failures of the number itself, and nothing that arrived since, make it dead.
DEAD_AFTER = 2


def failures(county: str) -> NoticeQuerySet:
    """Return what reached nobody, the newest first; never a code that was asked for."""
    secret = registry.secret
    failed = Notice.objects.in_county(county).failed().exclude(kind__in=secret)
    return failed.order_by("-due_at", "-pk")


def share_failed(county: str, *, since: datetime) -> tuple[int, int]:
    """Return how many messages written since then reached nobody, and how many left at all."""
    left = Notice.objects.in_county(county).filter(
        made_at__gte=since, state__in=[State.SENT, State.DELIVERED, State.FAILED]
    )
    counted = left.aggregate(all=Count("pk"), failed=Count("pk", filter=Q(state=State.FAILED)))
    return counted["failed"], counted["all"]


def dead_numbers(county: str, numbers: Iterable[str]) -> frozenset[str]:
    """Return those of the numbers at which nobody can be reached any more."""
    wanted = {number for number in numbers if number}
    if not wanted:
        return frozenset()
    missed = _missed(Notice.objects.in_county(county)).filter(address__in=wanted)
    counted = missed.order_by().values("address").annotate(times=Count("pk"))
    return frozenset(row["address"] for row in counted if row["times"] >= DEAD_AFTER)


def dead_number(column: str) -> Subquery:
    """Return, beside a row that has a county, the failure that made the number dead, or null.

    For a page that reads one number along with its row, at the cost of no statement.
    """
    mine = Notice.objects.filter(county=OuterRef("county"), address=OuterRef(column))
    nth = _missed(mine).exclude(address="").order_by("pk").values("pk")
    return Subquery(nth[DEAD_AFTER - 1 : DEAD_AFTER])


def _missed(notices: NoticeQuerySet) -> NoticeQuerySet:
    """Return those that failed at the number itself, with nothing that arrived there since."""
    since = Notice.objects.filter(
        Q(state=State.SENT) | Q(state=State.DELIVERED),
        county=OuterRef("county"),
        address=OuterRef("address"),
        address_kind=AddressKind.PHONE,
        pk__gt=OuterRef("pk"),
    )
    dead = {"address_kind": AddressKind.PHONE, "state": State.FAILED, "fault": Fault.NUMBER}
    return notices.filter(~Exists(since), **dead)
