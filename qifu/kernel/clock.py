"""Time as people in the county read it; the only place that asks what time it is.

Faces, jobs and commands call `now`; rules and actions are given the time.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """Return the same moment as a clock in the county shows it."""
    return at.astimezone(SHANGHAI)


def local_date(at: datetime) -> date:
    """Return the day on which the moment falls in the county."""
    return local(at).date()


def start_of_day(day: date) -> datetime:
    """Return 00:00 of the day in the county."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


def end_of_day(day: date) -> datetime:
    """Return 23:59:59 of the day in the county: the moment a deadline ends."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=SHANGHAI)
