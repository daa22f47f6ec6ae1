"""Telling the office at once what cannot wait for the next round of the day (O2).

Urgent words in a case that nobody has looked at yet, several enterprises that say the same
within days, messages that do not arrive. Each once, at any hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from qifu.appeals import clocks
from qifu.appeals.alike import compare
from qifu.appeals.catalogue import office_unit
from qifu.appeals.duplicates import MOST, WORDS, told_of
from qifu.appeals.lifecycle import State
from qifu.appeals.limits import Alarms
from qifu.appeals.models import Appeal
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone
from qifu.notices.addresses import Address
from qifu.notices.deliveries import share_failed
from qifu.notices.outbox import Draft, send_now

WHY = "您在县办值守，这类情况当时就通知，每件只通知一次。"
DUTIES = ("OFFICE_OPERATOR", "OFFICE_DIRECTOR")


def alarm(county: str, *, at: datetime) -> int:
    """Tell the office of all that it has not been told of yet; return how many things."""
    alarms = clocks.timing(county, at).limits.alarms
    office = office_unit(county, local_date(at))
    if office is None:
        return 0
    found = [*_cases(county, alarms, at), *_failing(county, alarms, at)]
    return sum(_tell(county, office.pk, key, body, at) for key, body in found)


def _cases(county: str, alarms: Alarms, at: datetime) -> Iterator[tuple[str, str]]:
    recent = Appeal.objects.in_county(county).filter(
        submitted_at__gte=at - timedelta(days=alarms.days), confidential=False
    )
    # The newest that a glance can compare; a place that gets more has people who look.
    rows = list(recent.select_related(*WORDS).order_by("-submitted_at", "-pk")[:MOST])
    for appeal in rows:
        if appeal.state in (State.SUBMITTED, State.LOCAL) and _is_urgent(appeal, alarms):
            yield f"urgent:{appeal.pk}", f"编号{appeal.number}：企业说得很急，请马上看。"
    least = clocks.timing(county, at).limits.duplicate[1]
    for group in _groups(rows, least):
        firms = {(each.enterprise_id, each.contact.body) for each in group}
        if len(firms) >= alarms.similar:
            first = min(group, key=lambda each: each.pk)
            said = f"{alarms.days}天内{len(firms)}家企业反映了同样的事"
            yield f"group:{first.pk}", f"{said}，最早的是编号{first.number}，请看要不要合并处置。"


def _is_urgent(appeal: Appeal, alarms: Alarms) -> bool:
    return any(word in appeal.problem.body for word in alarms.words)


def _groups(rows: list[Appeal], least: float) -> Iterator[list[Appeal]]:
    """Yield, for each case, those that say the same as the earliest of them."""
    left = sorted(rows, key=lambda each: each.pk)
    while left:
        first, *rest = left
        mine = told_of(first)
        same = [each for each in rest if compare(mine, told_of(each)).is_likely(least)]
        yield [first, *same]
        left = [each for each in rest if each not in same]


def _failing(county: str, alarms: Alarms, at: datetime) -> Iterator[tuple[str, str]]:
    failed, sent = share_failed(county, since=at - timedelta(days=1))
    if sent >= alarms.least and failed * 100 > alarms.percent * sent:
        body = f"一天内{sent}条通知有{failed}条没有送达，请到“发送失败”处理，并看短信通道。"
        yield f"failing:{local_date(at)}", body


def _tell(county: str, office: int, key: str, body: str, at: datetime) -> int:
    try:
        with deed("appeals.alarmed", county=county, by=None, at=at, key=f"alarm:{key}") as work:
            work.note(what=key.partition(":")[0])
            for duty in DUTIES:
                to, dedup = Address.of_duty(office, duty), f"O2:{key}:{duty}"
                send_now(work, Draft("O2", to, body, WHY, dedup))
    except AlreadyDone:
        return 0
    return 1
