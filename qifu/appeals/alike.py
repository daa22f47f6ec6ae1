"""How alike two problems are, and why: words in common, whose they are, how far apart. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# Runs of signs that carry meaning; what stands between them parts two words.
RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
# In every problem, and so no sign that two are one.
COMMON = frozenset(
    re.findall("..", "我们希望县里帮助协调解决问题企业公司不能能否没有现在已经一直怎么")
)
# With fewer in common nobody can tell.
LEAST = 4
# Of strangers more must be said alike than of one enterprise or one telephone.
OF_STRANGERS = 1.6
NEAR, RECENT = 7, 30


@dataclass(frozen=True)
class Told:
    """What is compared of one case."""

    words: str
    on: date
    enterprise: int | None = None
    phone: str = ""
    category: str = ""


@dataclass(frozen=True)
class Alike:
    """What two cases have in common, each thing by itself, so that a clerk sees why."""

    shared: frozenset[str]
    # Of the shorter one's pairs of signs, how much the other has as well; 0-1.
    share: float
    same_enterprise: bool
    same_phone: bool
    same_category: bool
    days: int

    @property
    def same_voice(self) -> bool:
        """One enterprise, or one telephone, said both."""
        return self.same_enterprise or self.same_phone

    @property
    def points(self) -> int:
        """How strongly it all speaks for one and the same; 0-100, only for the order."""
        near = 10 if self.days <= NEAR else 5 if self.days <= RECENT else 0
        facts = 20 * self.same_enterprise + 10 * self.same_phone + 10 * self.same_category
        return round(50 * self.share) + facts + near

    def is_likely(self, least_share: float) -> bool:
        """Tell whether it is worth a clerk's look; unsure is no."""
        if len(self.shared) < LEAST:
            return False
        if self.same_voice:
            return self.share >= least_share
        return self.same_category and self.share >= min(1.0, OF_STRANGERS * least_share)


def compare(one: Told, other: Told) -> Alike:
    """Compare two problems; it does not matter which comes first."""
    mine, theirs = pairs(one.words), pairs(other.words)
    shared = mine & theirs
    fewer = min(len(mine), len(theirs))
    return Alike(
        shared=shared,
        share=len(shared) / fewer if fewer else 0.0,
        same_enterprise=one.enterprise is not None and one.enterprise == other.enterprise,
        same_phone=bool(one.phone) and one.phone == other.phone,
        same_category=bool(one.category) and one.category == other.category,
        days=abs((one.on - other.on).days),
    )


def pairs(words: str) -> frozenset[str]:
    """Return the pairs of neighbouring signs in a text, but those that every text has."""
    return frozenset(
        run[at : at + 2]
        for run in RUNS.findall(words.lower())
        for at in range(len(run) - 1)
        if run[at : at + 2] not in COMMON
    )


def marked(words: str, shared: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield the text in stretches, each with whether the other has it, too."""
    lower = words.lower() if len(words.lower()) == len(words) else words
    hit = [False] * len(words)
    for at in range(len(words) - 1):
        if lower[at : at + 2] in shared:
            hit[at] = hit[at + 1] = True
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or hit[at] != hit[start]:
            yield words[start:at], hit[start]
            start = at
