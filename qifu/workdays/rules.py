"""What a yearly notice must look like before it may change anybody's deadline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from qifu.kernel.calendars import SATURDAY
from qifu.kernel.errors import InvalidInput
from qifu.workdays.named_days import NamedDay

FIRST_YEAR = 2007
BASIS_LENGTH = 60
NAME_LENGTH = 30
# 《全国年节及纪念日放假办法》: a notice without one of them was not copied whole.
FIXED = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节"))


def is_as_the_week_says(day: NamedDay) -> bool:
    """Tell whether the day needs no entry, because the week says the same."""
    return day.is_workday == (day.on.weekday() < SATURDAY)


def check_basis(document: str) -> None:
    """Refuse an edit that does not say on what paper it rests (文号或依据)."""
    if not document.strip():
        raise InvalidInput("document", "没有写文号或依据。请填放假通知的文号，或更正的依据。")
    if len(document.strip()) > BASIS_LENGTH:
        raise InvalidInput("document", f"文号或依据超过{BASIS_LENGTH}个字。请只写文号。")


def check_notice(year: int, days: Sequence[NamedDay], today: date) -> None:
    """Refuse a notice that cannot be one: wrong year, doubles, or not the whole of it."""
    if not FIRST_YEAR <= year <= today.year + 2:
        raise InvalidInput(
            "year", f"年度{year}不能录入。请填{FIRST_YEAR}到{today.year + 2}之间的年度。"
        )
    twice = [day for day, count in Counter(day.on for day in days).items() if count > 1]
    if twice:
        raise InvalidInput("days", f"{min(twice)}写了两次。请只留一次。")
    for day in sorted(days):
        _check_day(year, day)
    _check_whole(year, days)


def _check_day(year: int, day: NamedDay) -> None:
    # The notice for a year may reach back into the last days of the year before (元旦).
    if day.on.year != year and (day.on.year, day.on.month) != (year - 1, 12):
        raise InvalidInput("days", f"{day.on}不在{year}年。请核对年度和日期。")
    if day.is_workday and is_as_the_week_says(day):
        raise InvalidInput("days", f"{day.on}本来就是工作日，不用写上班。请核对日期。")
    if len(day.name) > NAME_LENGTH:
        raise InvalidInput("days", f"{day.on}的名称超过{NAME_LENGTH}个字。请只写节日的名称。")


def _check_whole(year: int, days: Sequence[NamedDay]) -> None:
    off = {day.on for day in days if not day.is_workday}
    for month, day, name in FIXED:
        if date(year, month, day) not in off:
            raise InvalidInput(
                "days", f"放假的日子里没有{month}月{day}日（{name}）。请核对通知是否写全。"
            )
