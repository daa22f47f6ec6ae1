"""The county's table of limits: how many days a step has, how many of a sample are called. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qifu.appeals.rules import COUNTERSIGNED, ClockKind, Role

# For a table of limits from before there was such a line (amendment 10).
RATING_COVER: Mapping[str, Any] = {"least": 3, "calendar_days": 30}

# For a table of limits from before there was such a line (b3): 每15个工作日阶段答复，按月催.
TRACKING_USUAL: Mapping[str, Any] = {"days": 15, "warn": 1, "urge": 1, "soon": 5}
# … and before there was one for duplicates.
DUPLICATE: Mapping[str, Any] = {"calendar_days": 60, "percent": 30, "most": 5}
# … and before anybody was asked whether the trouble is back (E12).
ASKED_BACK: Mapping[str, Any] = {"calendar_days": 25, "percent": 20}
# … and before the office was told of anything at once (O2).
ALARMS: Mapping[str, Any] = {
    "similar": 3,
    "days": 3,
    "percent": 5,
    "least": 20,
    "words": ["爆炸", "泄漏", "坍塌", "伤亡", "死人", "跳楼", "围堵", "断链", "全线停产"],
}
# … and before a panel could exclude a rating (amendment 10).
PANEL: Mapping[str, Any] = {"people": 3}
# … and before the day of the level above shortened a limit.
UPPER: Mapping[str, Any] = {"days": 1}
# … and before there were links that open a step.
LINKS: Mapping[str, Any] = {"hours": 72, "firm_hours": 360, "times": 30, "again": 3}

# … and before an answer was posted back to the platform above.
POST_BACK: Mapping[str, Any] = {"days": 1}


@dataclass(frozen=True)
class Alarms:
    """What the office is told of at once (O2).

    `similar` enterprises that say the same within `days`; `words` that cannot wait; more than
    `percent` of a day's messages lost, out of `least` at least.
    """

    similar: int
    days: int
    percent: int
    least: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Limits:
    """One version of the county's table of limits: step -> its row, days are working days."""

    version: int
    table: Mapping[str, Mapping[str, Any]]

    def days(self, kind: ClockKind, *, nature: str = "", role: str = Role.LEAD) -> int:
        """Return the working days of a step (domain b3)."""
        if kind is ClockKind.TRACKING:
            return self.tracking["days"]
        if kind is ClockKind.CONTACT:
            return int(self.table["FIRST_CONTACT"]["days"])
        if kind is not ClockKind.HANDLE:
            return int(self.table[kind]["days"])
        return int(self.table[Role.ASSIST if role == Role.ASSIST else nature]["days"])

    @property
    def days_before_upper(self) -> int:
        """Working days by which a case from above is answered before its upper deadline."""
        return int(self.table.get("UPPER", UPPER)["days"])

    @property
    def take_back_minutes(self) -> int:
        """Minutes in which an unsigned dispatch can be taken back."""
        return int(self.table["TAKE_BACK"]["minutes"])

    @property
    def hold_seconds(self) -> int:
        """Seconds that an outward notice waits, in which the step can be undone."""
        return int(self.table["HOLD"]["seconds"])

    @property
    def rating_days(self) -> int:
        """Working days in which the enterprise rates before the case closes unrated."""
        return int(self.table["RATING"]["days"])

    @property
    def rework_days(self) -> int:
        """Working days that a unit has at least when its answer is sent back."""
        return int(self.table["REWORK"]["least_days"])

    @property
    def extension_total(self) -> int:
        """Working days that a limit may come to with its extension."""
        return int(self.table["EXTENSION"]["days"])

    @property
    def supplement_days(self) -> int:
        """Working days in which the enterprise supplies what is missing."""
        return int(self.table["SUPPLEMENT"]["days"])

    @property
    def again_days(self) -> int:
        """Working days for a case that is handled once more (二次办理)."""
        return int(self.table["REWORK"]["days"])

    @property
    def reopen_days(self) -> int:
        """Calendar days after the end in which the enterprise may have it handled again."""
        return int(self.table["REOPEN"]["calendar_days"])

    @property
    def silent_sample(self) -> int:
        """Per cent of unrated cases that the office calls (amendment 8)."""
        return int(self.table["SILENT_SAMPLE"]["percent"])

    @property
    def local_sample(self) -> int:
        """Per cent of cases settled locally, and of withdrawals, that the office calls."""
        return int(self.table["LOCAL_SAMPLE"]["percent"])

    @property
    def objection_days(self) -> int:
        """Working days in which the enterprise may object to a decline."""
        return int(self.table["OBJECTION"]["days"])

    @property
    def rating_cover(self) -> tuple[int, int]:
        """How many ratings, or else how many calendar days, hide whose grade it is."""
        row = self.table.get("RATING_COVER", RATING_COVER)
        return int(row["least"]), int(row["calendar_days"])

    @property
    def tracking(self) -> Mapping[str, int]:
        """Working days while a promise is open: `days` between stage replies, `warn` before
        and `urge` after a day, `soon` for the list of what is due soon."""
        row = {**TRACKING_USUAL, **self.table.get("TRACKING", {})}
        return {name: int(row[name]) for name in TRACKING_USUAL}

    @property
    def duplicate(self) -> tuple[int, float, int]:
        """Calendar days looked back for the same problem, shared words (0-1), most shown."""
        row = self.table.get("DUPLICATE", DUPLICATE)
        return int(row["calendar_days"]), int(row["percent"]) / 100, int(row["most"])

    @property
    def asked_back(self) -> tuple[int, int]:
        """Calendar days after the end, and per cent of what was solved, asked if it is back."""
        row = {**ASKED_BACK, **self.table.get("ASKED_BACK", {})}
        return int(row["calendar_days"]), int(row["percent"])

    @property
    def alarms(self) -> Alarms:
        """What the office is told of at once."""
        row = {**ALARMS, **self.table.get("ALARMS", {})}
        numbers = {name: int(row[name]) for name in ("similar", "days", "percent", "least")}
        return Alarms(**numbers, words=tuple(row["words"]))

    @property
    def post_back_days(self) -> int:
        """Working days in which the office posts an answer back to the platform above."""
        return int(self.table.get("POST_BACK", POST_BACK)["days"])

    @property
    def panel(self) -> int:
        """How many people at least rule on whether a rating is left out."""
        return int(self.table.get("PANEL", PANEL)["people"])

    def link_hours(self, *, of_enterprise: bool) -> int:
        """Hours in which a link that opens a step can be used."""
        return self._links["firm_hours" if of_enterprise else "hours"]

    @property
    def link_openings(self) -> int:
        """How often a link may be opened before it is worn out."""
        return self._links["times"]

    @property
    def links_again(self) -> int:
        """How many new links for the same step a person may ask for in a day."""
        return self._links["again"]

    @property
    def _links(self) -> Mapping[str, int]:
        return {**LINKS, **self.table.get("LINK", {})}

    def needs_leader(self, nature: str, outcome: str) -> bool:
        """Tell whether the unit's leader signs this answer (amendment 2)."""
        return nature not in self.table["UNSIGNED"]["natures"] or outcome in COUNTERSIGNED
