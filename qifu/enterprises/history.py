"""What happened to an enterprise's entry, as sentences for those who keep it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qifu.enterprises.models import Enterprise
from qifu.journal.timeline import timeline
from qifu.organisations.models import User

TITLES = {
    "enterprise.registered": "登记企业",
    "enterprises.imported": "导入企业名录",
    "enterprise.corrected": "更正登记",
    "enterprise.phone_seen": "查看完整号码",
    "enterprise.tied": "安排包联",
    "enterprise.untied": "解除包联",
    "binding.invited": "邀请企业人员",
    "binding.accepted": "受邀人员登录，绑定生效",
    "binding.by_contact_phone": "登记的联系人登录，绑定生效",
    "binding.asked": "有人申请绑定",
    "binding.phone_seen": "查看申请人的完整号码",
    "binding.approved": "核准绑定",
    "binding.refused": "不予核准绑定",
    "binding.withdrawn": "本人撤回申请",
    "binding.ended": "解除绑定",
    "binding.admin_handed_over": "移交企业管理员",
}


@dataclass(frozen=True)
class Happening:
    """One line: when, what, and by whom; None is the system itself."""

    at: datetime
    title: str
    who: User | None


def happenings(enterprise: Enterprise, *, newest: int) -> list[Happening]:
    """Return the newest lines, the newest first."""
    entries = timeline(enterprise)[-newest:][::-1]
    people = _people(enterprise.county, (entry.actor for entry in entries))
    return [
        Happening(entry.at, TITLES.get(entry.kind, entry.kind), people.get(entry.actor or 0))
        for entry in entries
    ]


def _people(county: str, actors: Iterable[int | None]) -> dict[int, User]:
    return User.objects.in_county(county).in_bulk({pk for pk in actors if pk is not None})
