"""What should not be here at all: marks of classified papers, numbers of identity cards.

本系统为非涉密系统 (amendment 18). A warning, never a refusal: whoever writes looks again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class Caution(StrEnum):
    """Why somebody should look again."""

    CLASSIFIED = "密级标志"
    IDENTITY = "身份证号"


# 密级 and 保密期限 are printed with a star between them, 机密★10年 (GB/T 9704-2012, 7.2.2).
MARKS = re.compile(r"(?:秘密|机密)\s*★|绝密")
NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-8]\d(?:[ -]?\d){15}[ -]?[0-9Xx](?![0-9A-Za-z])")
# GB 11643-1999, 附录 A.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def cautions(words: Iterable[str]) -> list[Caution]:
    """Return what to look at again in texts and names of files, in a fixed order."""
    # Full-width figures are figures; a mark may be spaced out, but not over two texts.
    texts = [unicodedata.normalize("NFKC", each) for each in words]
    found = []
    if any(MARKS.search(each) for each in texts):
        found.append(Caution.CLASSIFIED)
    if any(_holds_identity(each) for each in texts):
        found.append(Caution.IDENTITY)
    return found


def is_identity_number(number: str) -> bool:
    """Tell whether 18 signs are the number of an identity card: its birthday and check digit."""
    number = number.upper()
    if not re.fullmatch(r"\d{17}[0-9X]", number):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if born.year < 1900:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number[:17], strict=True))
    return CHECKS[total % 11] == number[17]


def _holds_identity(text: str) -> bool:
    return any(is_identity_number(re.sub(r"[ -]", "", found)) for found in NUMBER.findall(text))
