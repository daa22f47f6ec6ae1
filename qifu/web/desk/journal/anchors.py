"""The chain's end and its anchors, as oversight notes them down and compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qifu.journal.anchors import Anchor, Day, daily
from qifu.journal.register import Head, head_and_hashes
from qifu.web.ui.dates import desk_date, full_moment

DAYS = 14
AGREES = ("与日志一致", "green")
DIFFERS = ("与日志对不上", "red")
MISSING = ("没有锚点", "amber")
UNREADABLE = ("读不出来", "red")


@dataclass(frozen=True)
class AnchorRow:
    """The anchors of one day: how many, the last of them, and whether the journal agrees."""

    on: date
    count: int
    seq: int
    at: str
    hash: str
    verdict: tuple[str, str]

    @property
    def iso(self) -> str:
        return self.on.isoformat()

    @property
    def day(self) -> str:
        return desk_date(self.on)


@dataclass(frozen=True)
class End:
    """The newest event, and the anchors of the last days, the newest first."""

    head: Head | None
    rows: Sequence[AnchorRow]

    @property
    def at(self) -> str:
        return full_moment(self.head.at) if self.head else ""

    @property
    def newest(self) -> AnchorRow | None:
        return next((row for row in self.rows if row.seq), None)


def end_of(county: str, today: date) -> End:
    """Read the anchors of the last days and compare them with the journal, in one query."""
    days = daily(county, since=today - timedelta(days=DAYS - 1))
    numbers = [day.last.seq for day in days if day.last]
    head, hashes = head_and_hashes(county, numbers)
    return End(head, [_row(day, county, hashes) for day in _without_gaps(days, today)])


def _without_gaps(days: Sequence[Day], today: date) -> list[Day]:
    """Name the days between on which nobody wrote an anchor: the worker stood still."""
    if not days:
        return []
    written = {day.on: day for day in days}
    oldest = days[-1].on
    all_days = [today - timedelta(days=back) for back in range((today - oldest).days + 1)]
    return [written.get(on) or Day(on, 0, None) for on in all_days]


def _row(day: Day, county: str, hashes: Mapping[int, str]) -> AnchorRow:
    last = day.last
    if last is None:
        return AnchorRow(day.on, day.count, 0, "", "", UNREADABLE if day.count else MISSING)
    at = full_moment(datetime.fromisoformat(last.at))
    verdict = AGREES if _agrees(last, county, hashes) else DIFFERS
    return AnchorRow(day.on, day.count, last.seq, at, last.hash, verdict)


def _agrees(last: Anchor, county: str, hashes: Mapping[int, str]) -> bool:
    return last.county == county and hashes.get(last.seq) == last.hash
