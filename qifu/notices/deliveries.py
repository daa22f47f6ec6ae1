"""Whether notices arrive: what reached nobody, and which numbers are dead (号码失效)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Max, Q

from qifu.notices.models import AddressKind, Fault, Notice, NoticeQuerySet, State
from qifu.notices.registry import registry

# So many failures of the number itself, and nothing that arrived since, make it dead.
DEAD_AFTER = 2


def failures(county: str) -> NoticeQuerySet:
    """Return what reached nobody, the newest first; never a code that was asked for."""
    secret = registry.secret
    failed = Notice.objects.in_county(county).failed().exclude(kind__in=secret)
    return failed.order_by("-due_at", "-pk")


def dead_numbers(county: str, numbers: Iterable[str]) -> frozenset[str]:
    """Return those of the numbers at which nobody can be reached any more."""
    wanted = {number for number in numbers if number}
    if not wanted:
        return frozenset()
    rows = (
        Notice.objects.in_county(county)
        .filter(address_kind=AddressKind.PHONE, address__in=wanted)
        .order_by()
        .values_list("address")
        .annotate(
            arrived=Max("pk", filter=Q(state__in=[State.SENT, State.DELIVERED])),
            dead=Count("pk", filter=Q(state=State.FAILED, fault=Fault.NUMBER)),
            newest=Max("pk", filter=Q(state=State.FAILED, fault=Fault.NUMBER)),
        )
    )
    return frozenset(
        number
        for number, arrived, dead, newest in rows
        if dead >= DEAD_AFTER and newest > (arrived or 0)
    )
