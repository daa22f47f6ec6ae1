"""The months before: cases drawn by chance, the same every time, each lived through.

Their words are those of the demo's finished cases, said by other firms on other days.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

# How far back the oldest lies, and the youngest: by today all of them have ended.
OLDEST, YOUNGEST = 420, 45
SEED = "county-341524"
# What comes up more often in which months: hiring after Spring Festival, power in the
# flood season, money towards the year's end.
SEASONS = {"talent": {2, 3}, "utility": {6, 7, 8}, "finance": {11, 12, 1}}
FINISHED = {"rated", "unrated", "local_rated"}
GRADES = (5, 5, 5, 5, 4, 4, 4, 3, 3, 2)
WORDS = ("茶", "竹", "板栗", "油茶", "电子", "机械", "建材", "纺织", "食品", "药材", "光伏", "家居")
PLACES = (
    "云岭",
    "青山",
    "红石",
    "梅河",
    "松岭",
    "清溪",
    "石门",
    "白塔",
    "金竹",
    "长冲",
    "双龙",
    "天河",
)
KINDS = (
    ("有限公司", "SMALL"),
    ("专业合作社", "MICRO"),
    ("加工厂", "MICRO"),
    ("实业有限公司", "MEDIUM"),
)
NAMES = ("程", "汪", "廖", "沈", "吴", "胡", "尹", "余", "周", "姜", "方", "马")
INDUSTRIES = ("1530", "2041", "1373", "0169", "3981", "3484", "3091", "1711", "1495", "2730")


def more_firms(count: int, townships: Sequence[str]) -> list[dict[str, Any]]:
    """Return so many invented enterprises besides those that are written out."""
    made = []
    for place in range(min(count, len(PLACES) * len(WORDS) * len(KINDS))):
        rest, word = divmod(place, len(WORDS))
        kind, first = divmod(rest, len(PLACES))
        ending, size = KINDS[kind]
        short = f"{PLACES[first]}{WORDS[word]}{ending.removesuffix('有限公司')}"
        made.append(
            {
                "name": f"金寨县{PLACES[first]}{WORDS[word]}{ending}",
                "short": short,
                "township": townships[place % len(townships)],
                "industry": INDUSTRIES[place % len(INDUSTRIES)],
                "size": size,
                "contact": NAMES[place * 5 % len(NAMES)] + "经理",
            }
        )
    return made


def more_cases(
    count: int, told: Sequence[dict[str, Any]], firms: Sequence[str], today: date
) -> Iterator[dict[str, Any]]:
    """Yield so many rows as in cases.toml; no two of them say the same."""
    chance = random.Random(SEED)  # Not a secret: the same county every time.
    patterns = [row for row in told if row["road"] in FINISHED and "ground" not in row]
    days = range(YOUNGEST, OLDEST)
    said: set[tuple[str, str]] = set()
    while len(said) < count:
        ago, firm = chance.choice(days), chance.choice(firms)
        day = today - timedelta(days=ago)
        (pattern,) = chance.choices(patterns, [_weight(row, day) for row in patterns])
        since = day - timedelta(days=chance.randrange(2, 20))
        problem = f"{pattern['problem']}这个情况从{since.year}年{since.month}月{since.day}日开始。"
        if (firm, problem) not in said:
            said.add((firm, problem))
            row = {**pattern, "firm": firm, "ago": ago, "problem": problem}
            yield {**row, **_ending(row, chance)}


def _weight(row: dict[str, Any], day: date) -> int:
    months = SEASONS.get(row["category"].partition(".")[0], set())
    return 6 if day.month in months else 2


def _ending(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    if row["road"] == "local_rated":
        return {"grade": chance.choice((5, 5, 4, 4, 3))}
    lot = chance.random()
    if lot < 0.06:
        return {"road": "withdrawn", "words": "问题已经解决了，不用再办。"}
    if lot < 0.16:
        return {"road": "unrated"}
    grade = chance.choice(GRADES)
    # Only who is dissatisfied is called back, and says so.
    unhappy = {"solved": "NO", "called": "说明了情况，能理解，希望以后快一点。"}
    kept = {"road": "rated", "grade": grade, "solved": "YES", "tags": []}
    return {**kept, **(unhappy if grade <= 2 else {"called": None})}
