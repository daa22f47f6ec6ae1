"""What the tests of reminders share: moments of late 2026, a case that has begun."""

from __future__ import annotations

from datetime import date, datetime

from qifu.appeals.actions.noting import contact
from qifu.appeals.models import Means, Reminder
from qifu.kernel.clock import SHANGHAI
from qifu.notices.models import Notice
from qifu.notices.ports import MailboxPort
from qifu.organisations.models import Unit
from tests.cast import COUNTY
from tests.story import Story

PORT = MailboxPort()


def on(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """Return a moment of late 2026; the 24th of November is a Tuesday."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def begun(story: Story, *assists: Unit) -> Story:
    """The unit has signed for it and rung the enterprise."""
    story.accepted().dispatched(*assists).wait(hours=1).signed()
    part = story.part(story.cast.finance)
    contact(part, story.at, Means.PHONE, reached=True, by=story.cast.zhu, at=story.at)
    return story


def reminders(*kinds: str) -> list[tuple[str, int, date | None]]:
    rows = Reminder.objects.in_county(COUNTY).order_by("pk")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return [(row.kind, row.rung, row.due_on) for row in rows]


def bodies(kind: str) -> list[str]:
    rows = Notice.objects.in_county(COUNTY).filter(kind=kind).order_by("pk")
    return [row.body for row in rows]
