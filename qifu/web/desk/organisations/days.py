"""The day that a page of the register shows: today, or one that the reader chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from qifu.kernel.clock import local_date, now
from qifu.web.ui.dates import full_date

# The notice is of 2018-09-28; the first Monday after it.
IN_2018 = date(2018, 10, 1)


@dataclass(frozen=True)
class DaySwitch:
    """The chosen day, and the links to the two that are wanted most."""

    day: date
    today: date
    error: str

    @property
    def iso(self) -> str:
        return self.day.isoformat()

    @property
    def words(self) -> str:
        return "今天" if self.day == self.today else full_date(self.day)

    @property
    def links(self) -> list[dict[str, object]]:
        return [
            {
                "label": label,
                "url": f"?{urlencode({'on': day.isoformat()})}",
                "current": day == self.day,
            }
            for label, day in ((full_date(IN_2018), IN_2018), ("今天", self.today))
        ]


def chosen_day(request: HttpRequest) -> DaySwitch:
    """Read `?on=2018-10-01`; anything else is today, with a word about it."""
    today = local_date(now())
    typed = request.GET.get("on", "")
    if not typed:
        return DaySwitch(today, today, "")
    try:
        return DaySwitch(date.fromisoformat(typed[:10]), today, "")
    except ValueError:
        return DaySwitch(today, today, "日期不对，先显示今天。请按2018-10-01的样子填写。")
