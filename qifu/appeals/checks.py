"""What a reader of an answer looks for, found by comparing words (核对提示). Pure.

Hints only: they never stop anybody, and the person who signs decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DATE = re.compile(r"\d{1,2}月\d{1,2}日|\d{4}[-年]\d{1,2}|今天|明天|当天|本月|\d+个?工作日|\d+天内")
PHONE = re.compile(r"1\d{10}|0\d{2,3}[-－—]?\d{7,8}|(?<!\d)\d{7,8}(?!\d)")
CONTACT = re.compile(r"联系人|联系电话|请找|窗口")
QUESTION = re.compile(
    r"[^。！？!?；;，,\n]*(?:[？?]|(?:吗|呢|能不能|会不会|是不是|可不可以|怎么办)[^。！!；;，,\n]*)"
)
QUESTIONS_SHOWN = 3
SHORT = 20


@dataclass(frozen=True)
class Check:
    """One hint: found, or to be looked at."""

    passed: bool
    sentence: str


def checks(problem: str, answer: str) -> list[Check]:
    """Return what the answer has and what to look at, against what the enterprise said."""
    found = [
        _check(bool(DATE.search(answer)), "写了时间", "没有写时间，企业不知道哪天能办"),
        _check(
            bool(PHONE.search(answer) or CONTACT.search(answer)),
            "写了找谁、怎么联系",
            "没有写找谁、怎么联系",
        ),
    ]
    if len(answer.strip()) < SHORT:
        found.append(Check(False, "答复很短，请核对说清楚了没有"))
    asked = questions(problem)
    found += [Check(False, f"企业问了“{words}”，请核对答了没有") for words in asked]
    return found


def questions(problem: str) -> list[str]:
    """Return what the enterprise asked, in its words."""
    asked = [match.group().strip(" ？?。") for match in QUESTION.finditer(problem)]
    return [words for words in asked if len(words) > 3][:QUESTIONS_SHOWN]


def _check(passed: bool, good: str, bad: str) -> Check:
    return Check(passed, good if passed else bad)
