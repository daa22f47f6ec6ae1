"""`./manage.py workday 2026-09-29 +3`: which day is the third working day after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from qifu.kernel.calendars import Calendar
from qifu.workdays.almanac import almanac, shipped_calendar

FARTHEST = 10_000


class Command(BaseCommand):
    """Print a working day, counted as every deadline is counted."""

    help = "数工作日：某日之后（或之前）第几个工作日是哪一天。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("day", help="哪一天，例如 2026-09-29；当天不计")
        parser.add_argument("count", type=int, help="第几个工作日，例如 +3 或 -3")
        parser.add_argument("--county", default=settings.COUNTY, help="县的六位代码")
        parser.add_argument("--explain", action="store_true", help="逐日列出怎么数的")

    def handle(self, *args: Any, **options: Any) -> None:
        start, count = _day(options["day"]), options["count"]
        if abs(count) > FARTHEST:
            raise CommandError(f"最多数{FARTHEST}个工作日。")
        calendar = self._calendar(options["county"])
        end = calendar.add(start, count)
        self.stdout.write(end.isoformat())
        if options["explain"]:
            for line in explained(calendar, start, end):
                self.stdout.write(line)
        for year in calendar.unpublished(min(start, end), max(start, end)):
            self.stderr.write(f"{year}年节假日安排未公布，暂按周一至周五减去固定节日计算。")

    def _calendar(self, county: str) -> Calendar:
        try:
            known = almanac(county)
        except Error:
            known = None
        if known is not None and known.newest:
            return known.current
        self.stderr.write(f"{county}还没有自己的日历，按随系统带来的日历计算。")
        return shipped_calendar()


def explained(calendar: Calendar, start: date, end: date) -> Iterator[str]:
    """Go through the days from the start, saying which of them counts and why not."""
    step = timedelta(days=1 if end >= start else -1)
    day, number = start, 0
    yield f"{start} 周{'一二三四五六日'[start.weekday()]} 起点，当天不计"
    while day != end:
        day += step
        name, works = calendar.name(day), calendar.is_workday(day)
        number += works
        said = f"{name} 不计" if not works else f"{name} 第{number}个".strip()
        yield f"{day} 周{'一二三四五六日'[day.weekday()]} {said}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}”不是日期。请写成 2026-09-29 的样子。") from None
