"""Dates as the three kinds of reader see them, written before the template.

Formatting in Python is what keeps a list of 25 rows fast; templates only print.
"""

from __future__ import annotations

from datetime import date, datetime

from qifu.kernel.clock import local
from qifu.kernel.readings import desk_day

WEEKDAYS = "一二三四五六日"

# `11-26（周四）`: the desk writes days as its deadline sentences do.
desk_date = desk_day


def weekday(day: date) -> str:
    """Name the day of the week (周四)."""
    return f"周{WEEKDAYS[day.weekday()]}"


def short_date(day: date) -> str:
    """Write a date where there is no room for the weekday: `11-26`."""
    return f"{day:%m-%d}"


def portal_date(day: date) -> str:
    """Write a date for an enterprise: `11月26日`."""
    return f"{day.month}月{day.day}日"


def letter_date(day: date) -> str:
    """Write a date inside an official letter: `11月26日（周四）`."""
    return f"{portal_date(day)}（{weekday(day)}）"


def full_date(day: date) -> str:
    """Write a date that must stand for years: `2026年11月26日`."""
    return f"{day.year}年{portal_date(day)}"


def moment(at: datetime) -> str:
    """Write when something happened, in county time: `11-24 09:10`."""
    return f"{local(at):%m-%d %H:%M}"


def full_moment(at: datetime) -> str:
    """Write a moment with its year: `2026-11-24 09:10`."""
    return f"{local(at):%Y-%m-%d %H:%M}"


def clock_time(at: datetime) -> str:
    """Write only the time of day, in county time: `09:10`."""
    return f"{local(at):%H:%M}"


def day_line(at: datetime) -> str:
    """Write the line above a list: `11月24日 周二 09:42`."""
    there = local(at)
    return f"{portal_date(there.date())} {weekday(there.date())} {there:%H:%M}"
