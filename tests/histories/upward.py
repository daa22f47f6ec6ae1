"""Upwards and back (提级、转上级), entered into the register."""

from __future__ import annotations

from datetime import date, timedelta

from qifu.appeals.actions import coming_back, escalating
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Assignment, Escalation, EscalationRequest, StuckBy, UpperResult
from qifu.appeals.models.upward import Level
from qifu.appeals.rules import Role
from qifu.kernel.clock import local_date
from qifu.kernel.errors import StaleState
from tests.histories.here import Here
from tests.histories.registry import of_case, of_part


@of_part(
    at=[Work.HANDLING],
    when=lambda here, part: part.role == Role.LEAD and not here.appeal.local,
)
def ask_escalation(here: Here, part: Assignment) -> None:
    escalating.ask_escalation(part, _plea(here), by=here.liaison(part), at=here.at)


@of_part(at=[Work.HANDLING], when=lambda here, part: _request(here, part))
def deny_escalation(here: Here, part: Assignment) -> None:
    request = _request(here, part)
    if request is None:
        raise StaleState
    escalating.deny_escalation(request, "县里能办", by=here.clerk, at=here.at)


@of_part("work.escalate", at=[Work.HANDLING], when=lambda _, part: part.role == Role.LEAD)
def send_up(here: Here, part: Assignment) -> None:
    escalating.escalate(
        part.appeal,
        _plea(here),
        _told(here),
        part=part,
        request=_request(here, part),
        by=here.clerk,
        at=here.at,
    )


@of_case("case.escalate", at=[State.TO_DISPATCH])
def send_up_at_once(here: Here) -> None:
    """No unit of the county could do anything about it."""
    escalating.escalate(here.appeal, _plea(here), _told(here), by=here.clerk, at=here.at)


@of_case(at=[State.ESCALATED])
def enter_upper(here: Here) -> None:
    escalating.enter_upper(_above(here), _told(here), by=here.clerk, at=here.at)


@of_case("case.come_back", "work.come_back", at=[State.ESCALATED], onward=True)
def come_back(here: Here) -> None:
    result, today = here.pick(list(UpperResult)), local_date(here.at)
    said = coming_back.UpperReply(result, "同意先行用地", today)
    coming_back.come_back(_above(here), said, by=here.clerk, at=here.at)


def _plea(here: Here) -> escalating.Plea:
    level, why = here.pick(list(Level)), here.pick(list(StuckBy))
    return escalating.Plea(level, "市自然资源和规划局", why, "跑了两次市局", "请批临时指标")


def _told(here: Here) -> escalating.UpperFacts:
    """What is known above: nothing yet, the number, or the day too."""
    days = here.pick([0, 2, 9])
    day: date | None = local_date(here.at) + timedelta(days=days) if days else None
    return escalating.UpperFacts("CITY", here.pick(["", "皖N-2026-118"]), day)


def _request(here: Here, part: Assignment) -> EscalationRequest | None:
    return next((row for row in here.requests if row.assignment_id == part.pk), None)


def _above(here: Here) -> Escalation:
    rows = Escalation.objects.in_county(here.cast.county).filter(appeal=here.appeal)
    words = ("appeal__contact", "assignment__unit")
    row = rows.select_related(*words).order_by("pk").last()
    if row is None:
        raise StaleState
    if row.assignment is not None:
        row.assignment.appeal = row.appeal
    return row
