"""What units ask of the office while their case stands elsewhere: 协办退单, 延期, 请企业补充."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from qifu.appeals.lifecycle import WORK_ENDED, Work
from qifu.appeals.models import (
    Appeal,
    Assignment,
    EscalationRequest,
    Extension,
    Supplement,
    SupplementState,
)
from qifu.appeals.queue_names import EXTENSIONS, RETURNS
from qifu.appeals.rules import Role


def asked_of_office(name: str) -> Exists:
    """Return the condition that a unit asks something of the office about the case (退单 …)."""
    return Exists(_asking(name).filter(county=OuterRef("county"), appeal=OuterRef("pk")))


def who_asks(name: str, cases: Sequence[Appeal]) -> Mapping[int, Sequence[str]]:
    """Name the units that ask about each of the cases, by its key, with one query."""
    found: dict[int, list[str]] = {}
    if not cases:
        return found
    rows = _asking(name).filter(county=cases[0].county, appeal__in=cases)
    unit = "unit__short_name" if name == RETURNS else "assignment__unit__short_name"
    for case, who in rows.order_by("pk").values_list("appeal", unit):
        found.setdefault(case, []).append(who)
    return found


def _asking(name: str) -> QuerySet[Any]:
    if name == RETURNS:
        # A LEAD's stands in the case's own state.
        return Assignment.objects.filter(role=Role.ASSIST, state=Work.RETURNING)
    rows: QuerySet[Any] = Supplement.objects.filter(state=SupplementState.ASKED)
    if name == EXTENSIONS:
        rows = Extension.objects.filter(ruled_at=None)
    return rows.exclude(assignment__state__in=WORK_ENDED)


def open_extensions(county: str) -> QuerySet[Extension]:
    """Return the extensions on which the office has still to rule."""
    rows = Extension.objects.in_county(county).filter(ruled_at=None)
    return rows.exclude(assignment__state__in=WORK_ENDED)


def open_requests(county: str) -> QuerySet[EscalationRequest]:
    """Return the requests to go further up on which the office has still to rule (提级申请)."""
    rows = EscalationRequest.objects.in_county(county)
    return rows.filter(ruled_at=None, assignment__state=Work.HANDLING)
