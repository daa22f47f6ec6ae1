"""Reading the State Council's notice as it is printed (放假通知的文字).

`一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。`
What cannot be read is handed back as it was: nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from qifu.workdays.named_days import NamedDay, each_day

NUMBERED = re.compile(r"^\s*[一二三四五六七八九十]+、\s*")
BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
DAY = r"(?:(?P<{0}y>\d{{4}})年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日"
SPAN = re.compile(DAY.format("a") + r"(?:[至到—－~-]+" + DAY.format("b") + ")?")
WEEKDAY = re.compile(r"[（(][^（）()]*?(?:周|星期)(?P<day>[一二三四五六日天])[）)]")
LONGEST = 15


@dataclass(frozen=True)
class Wording:
    """What a pasted notice says: the days, and the lines that could not be read."""

    days: tuple[NamedDay, ...]
    unread: tuple[str, ...]


def read_notice(text: str, year: int) -> Wording:
    """Read the days off from work and the make-up workdays out of a notice's lines."""
    days: list[NamedDay] = []
    unread: list[str] = []
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        if "放假" not in line and "上班" not in line:
            continue
        found = _read_line(line, year) if "：" in line or ":" in line else None
        if found is None:
            if NUMBERED.match(line) or "上班" in line:
                unread.append(line)
            continue
        days.extend(found)
    return Wording(tuple(sorted(set(days))), tuple(unread))


def _read_line(line: str, year: int) -> list[NamedDay] | None:
    name, _, rest = NUMBERED.sub("", line).replace(":", "：").partition("：")
    days: list[NamedDay] = []
    month = 0
    for sentence in re.split("[。；;]", rest):
        works = "上班" in sentence
        if not works and "放假" not in sentence:
            continue
        spans, month = _spans(BRACKETS.sub("", sentence), year, month)
        if not spans or not _weekdays_agree(sentence, spans):
            return None
        days.extend(NamedDay(day, works, name.strip()) for span in spans for day in span)
    return days or None


def _spans(sentence: str, year: int, month: int) -> tuple[list[list[date]], int]:
    spans = []
    for match in SPAN.finditer(sentence):
        first_month = int(match["am"] or month)
        last_month = int(match["bm"] or first_month)
        month = last_month
        first = _date(match["ay"], first_month, match["ad"], year)
        last = _date(match["by"] or match["ay"], last_month, match["bd"] or match["ad"], year)
        if first is None or last is None or not 0 <= (last - first).days < LONGEST:
            return [], month
        spans.append(list(each_day(first, last)))
    return spans, month


def _date(said_year: str | None, month: int, day: str, year: int) -> date | None:
    # The notice for a year says the year before in full, or means its last days.
    try:
        return date(int(said_year or year), month, int(day))
    except ValueError:
        return None


def _weekdays_agree(sentence: str, spans: list[list[date]]) -> bool:
    """Check the weekdays in brackets against the dates: a wrong year shows here."""
    said = [
        "一二三四五六日".index(found["day"].replace("天", "日"))
        for found in WEEKDAY.finditer(sentence)
    ]
    ends = [day for span in spans for day in ((span[0], span[-1]) if len(span) > 1 else span)]
    if len(said) != len(ends):
        return not said
    return said == [day.weekday() for day in ends]
