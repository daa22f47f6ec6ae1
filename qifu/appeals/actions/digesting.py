"""The rounds of the day (每日提醒): each once, late rather than not at all, never at night."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q

from qifu.appeals import clocks, digests
from qifu.appeals.catalogue import office_unit
from qifu.appeals.ladder import Pace, latest_round
from qifu.appeals.lifecycle import WORK_OPEN, Work
from qifu.appeals.models import Appeal, Assignment, Digest
from qifu.appeals.queues import horizon, tally
from qifu.journal.deed import deed
from qifu.kernel.clock import local, local_date
from qifu.kernel.errors import AlreadyDone
from qifu.notices.addresses import Address
from qifu.notices.deliveries import failures
from qifu.notices.links import PLACE
from qifu.notices.outbox import Draft, put_all
from qifu.organisations.furniture import county_of
from qifu.organisations.models import Unit
from qifu.organisations.queries import holders

WHY = {
    "LIAISON": "您是本单位的专职人员，每个工作日两次，没有急的不发。",
    "RESPONSIBLE_LEADER": "您是本单位的分管负责同志，有待审签的才发。",
    "OFFICE_OPERATOR": "您是县办受理员，每个工作日两次，没有待办的不发。",
    "OFFICE_DIRECTOR": "您是县办主任，每个工作日两次，没有待办的不发。",
}
SIGNERS = ("OFFICE_OPERATOR", "OFFICE_DIRECTOR")
FAILED_WITHIN = timedelta(days=7)


def send_digests(county: str, *, at: datetime) -> int:
    """Send the newest round of today that was not sent yet; return how many desks got one.

    After downtime the newest one says all that the missed ones would have said.
    """
    timing = clocks.timing(county, at)
    pace = Pace.of(timing.limits)
    round_at = latest_round(local(at).time(), pace)
    if round_at is None or not pace.manners.is_open(at, timing.calendar):
        return 0
    today = local_date(at)
    sent = Digest.objects.in_county(county).filter(on=today, round_at=round_at)
    if sent.exists():
        return 0
    key = f"digest:{today}:{round_at}"
    try:
        with deed("appeals.digested", county=county, by=None, at=at, key=key) as work:
            mark = f"{today}:{round_at:%H%M}"
            drafts = [*_to_units(county, pace, timing, at, mark), *_to_office(county, at, mark)]
            work.note(on=today, round=f"{round_at:%H:%M}", addressees=len(drafts))
            work.add(Digest(on=today, round_at=round_at, made_at=at, addressees=len(drafts)))
            put_all(work, drafts, hold=timing.hold)
    except AlreadyDone:
        return 0
    return len(drafts)


def _to_units(
    county: str, pace: Pace, timing: clocks.Timing, at: datetime, mark: str
) -> list[Draft]:
    today = local_date(at)
    urgent = Q(due_on__lte=timing.calendar.add(today, 1)) | Q(
        state__in=[Work.DISPATCHED, Work.APPROVAL]
    )
    rows = Assignment.objects.in_county(county).filter(urgent, state__in=WORK_OPEN)
    parts = list(rows.select_related("appeal").order_by("due_on", "pk"))
    signed = _signed(county, today)
    # The liaison sees no confidential case; whoever is confided one is told by himself.
    common = [part for part in parts if not part.appeal.confidential]
    sheets = digests.sheets(common, today, timing.calendar)
    drafts = [
        _draft("U2", unit, "LIAISON", sheet.body(today, pace.lines, signed), mark)
        for unit, sheet in sheets.items()
    ]
    waiting = digests.approvals(parts)
    return drafts + [
        _draft("U8", unit, "RESPONSIBLE_LEADER", f"{words}最急的一件{PLACE}{signed}", mark)
        for unit, words in waiting.items()
    ]


def _to_office(county: str, at: datetime, mark: str) -> list[Draft]:
    office = office_unit(county, local_date(at))
    if office is None:
        return []
    failed = failures(county).filter(due_at__gte=at - FAILED_WITHIN).count()
    cases = Appeal.objects.in_county(county).open().filter(confidential=False)
    counted = tally(cases, horizon(county, at))
    words = digests.of_office(counted, failed)
    if not words:
        return []
    return [_draft("O1", office.pk, role, f"县办待办：{words}。", mark) for role in SIGNERS]


def _draft(kind: str, unit: int, role: str, body: str, mark: str) -> Draft:
    dedup = f"{kind}:{unit}:{role}:{mark}"
    return Draft(kind, Address.of_duty(unit, role), body, WHY[role], dedup)


def _signed(county: str, today: date) -> str:
    """Name who of the office can be rung: `——县办张三 0564-7350000`."""
    furniture = county_of(county)
    office: Unit | None = office_unit(county, today)
    if office is None:
        return f"——{furniture.office_name} {furniture.office_phone}"
    people = [user for role in SIGNERS for user in holders(county, office.pk, role, on=today)]
    name = people[0].name if people else ""
    return f"——{furniture.office_name}{name} {furniture.office_phone}"
