"""Which answers are still to be posted back to the platform above (待回填), and by when.

Read from what stands: a case from above whose answer went out, or that ended without one,
and that was not posted back since. Recalled, it is owed no more; answered anew, once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from qifu.appeals import clocks
from qifu.appeals.clocks import Timing
from qifu.appeals.models import Appeal
from qifu.appeals.rules import POSTED_THROUGH
from qifu.kernel.clock import local_date, start_of_day
from qifu.kernel.deadlines import read
from qifu.kernel.marks import Started
from qifu.kernel.readings import NO_CLOCK, Reading, briefly, desk_day, reading
from qifu.workdays.almanac import almanac


@dataclass(frozen=True)
class Owing:
    """The moments by which a query tells what is owed upwards, and what is late."""

    # Answers that went out later can still be recalled: nothing of them goes further yet.
    out: datetime
    # What came out before this moment is past its limit.
    late_before: datetime

    def of(self, to_case: str = "", to_order: str = "upper_order__", *, late: bool = False) -> Q:
        """Return what is owed, or late; the prefixes lead to the case and to its order."""
        sign, moment = ("lt", self.late_before) if late else ("lte", self.out)
        published, closed = f"{to_case}published_at", f"{to_case}closed_at"
        came_out = Q(**{f"{published}__{sign}": moment}) | Q(
            **{published: None, f"{closed}__{sign}": moment}
        )
        posted = f"{to_order}posted_at"
        not_since = Q(**{posted: None}) | Q(**{f"{posted}__lt": Coalesce(F(published), F(closed))})
        return Q(**{f"{to_case}reply_channel__in": POSTED_THROUGH}) & came_out & not_since


def owing(timing: Timing, at: datetime) -> Owing:
    """Return what counts at this moment."""
    first = today = local_date(at)
    days = timing.limits.post_back_days
    while timing.calendar.add(first - timedelta(days=1), days) >= today:
        first -= timedelta(days=1)
    return Owing(at - timing.hold, start_of_day(first))


def came_out_at(appeal: Appeal) -> datetime | None:
    """Return when there was something to post back: the answer, or the end without one."""
    return appeal.published_at or appeal.closed_at


def is_owed(appeal: Appeal, posted_at: datetime | None) -> bool:
    """Tell whether the case has something that the platform above does not have yet."""
    out = came_out_at(appeal)
    if appeal.reply_channel not in POSTED_THROUGH or out is None:
        return False
    return posted_at is None or posted_at < out


def post_back_reading(appeal: Appeal, at: datetime, *, brief: bool = False) -> Reading:
    """Read the office's own time for posting it back, from when the answer came out."""
    out = came_out_at(appeal)
    if out is None:
        return NO_CLOCK
    timing = clocks.timing(appeal.county, out)
    days = timing.limits.post_back_days
    mark = Started(out, days, timing.calendar.version, timing.limits.version)
    deadline = read((mark,), almanac(appeal.county))
    full = reading(deadline, at, say_day=desk_day)
    return briefly(full, deadline, desk_day) if brief else full


def post_back_day(appeal: Appeal) -> date | None:
    """Return the last day for posting it back."""
    out = came_out_at(appeal)
    if out is None:
        return None
    timing = clocks.timing(appeal.county, out)
    return timing.due_on(timing.limits.post_back_days, out)
