"""When a notice may leave (勿扰时段), and how many a person gets in a day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from qifu.kernel.calendars import Calendar
from qifu.kernel.clock import SHANGHAI, local


@dataclass(frozen=True)
class Manners:
    """A county's manners: between which hours it speaks, and how often to one person.

    Defaults, not a county's rule: each county sets its own in its table of limits.
    """

    opens: time = time(8)
    closes: time = time(20)
    # Messages to one number in a day, what is urgent not counted.
    cap: int = 3

    def is_open(self, at: datetime, calendar: Calendar) -> bool:
        """Tell whether people are at work and may be spoken to."""
        here = local(at)
        return calendar.is_workday(here.date()) and self.opens <= here.time() < self.closes

    def next_opening(self, at: datetime, calendar: Calendar) -> datetime:
        """Return the first opening after this moment."""
        here = local(at)
        day = here.date() if here.time() < self.opens else here.date() + timedelta(days=1)
        return datetime.combine(calendar.on_or_after(day), self.opens, tzinfo=SHANGHAI)


MANNERS = Manners()


def when_may_leave(
    at: datetime, calendar: Calendar, *, urgent: bool, manners: Manners = MANNERS
) -> datetime:
    """Return the first moment from `at` on at which a notice may leave.

    What is urgent (★) leaves at once. Everything else waits out the night and the days on
    which nobody works, so that no telephone rings for what can only be done tomorrow.
    """
    if urgent or manners.is_open(at, calendar):
        return at
    return manners.next_opening(at, calendar)
