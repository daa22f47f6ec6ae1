"""Saying who looks after an enterprise."""

from __future__ import annotations

from datetime import datetime

from qifu.enterprises import access
from qifu.enterprises.models import Enterprise, Tie, TieKind
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import Unit, User


def tie(
    enterprise: Enterprise,
    to: User | Unit,
    kind: TieKind,
    *,
    by: User | None,
    at: datetime,
    key: str = "",
) -> Tie:
    """Let an officer or a unit look after an enterprise from today on (结对)."""
    day = local_date(at)
    whom = {"user": to} if isinstance(to, User) else {"unit": to}
    with deed("enterprise.tied", county=enterprise.county, by=by, at=at, key=key) as work:
        work.about(enterprise)
        if not access.can_tie(by, enterprise.county):
            raise NotAllowed("只有县办可以安排企业的包联和责任单位。")
        if to.county != enterprise.county:
            raise InvalidInput("to", "包联人和企业应在同一个县。请重新选择。")
        if isinstance(to, User) and not to.is_staff_person:
            raise InvalidInput("to", "企业人员不能包联企业。请选择工作人员。")
        standing = Tie.objects.in_county(enterprise.county).in_force(day)
        if standing.filter(enterprise=enterprise, kind=kind, **whom).exists():
            raise StaleState("这家企业已经由其包联，没有重复安排。")
        return work.add(Tie(enterprise=enterprise, kind=kind, valid_from=day, **whom))


def untie(tied: Tie, *, by: User | None, at: datetime, key: str = "") -> None:
    """End a tie from today on (解除结对); the past stays as it was."""
    with deed("enterprise.untied", county=tied.county, by=by, at=at, key=key) as work:
        work.about(tied.enterprise)
        if not access.can_tie(by, tied.county):
            raise NotAllowed("只有县办可以调整企业的包联和责任单位。")
        work.change(tied, expect={"valid_to": None}, valid_to=local_date(at))
