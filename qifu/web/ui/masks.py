"""Personal data as it is shown: enough to recognise, too little to use (脱敏).

Whoever needs the whole number opens it by a click that is logged.
"""

from __future__ import annotations

import re

COMPOUND_SURNAMES = (
    *("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容"),
    *("令狐", "司徒", "夏侯", "端木", "长孙", "宇文", "轩辕", "南宫"),
)
MOBILE = re.compile(r"1\d{10}")
LANDLINE = re.compile(r"0\d{9,11}")


def mask_phone(number: str) -> str:
    """Hide the middle of a number: `138****5678`, `0564-735**20`."""
    plain = re.sub(r"[\s－—-]", "", number)
    if MOBILE.fullmatch(plain):
        return f"{plain[:3]}****{plain[-4:]}"
    if LANDLINE.fullmatch(plain):
        area, local = _split(plain)
        return f"{area}-{local[:3]}{'*' * (len(local) - 5)}{local[-2:]}"
    if len(plain) > 4:
        return f"{plain[:2]}{'*' * (len(plain) - 4)}{plain[-2:]}"
    return "*" * len(plain)


def _split(plain: str) -> tuple[str, str]:
    # Only the area codes 01x and 02x have three digits.
    width = 3 if plain[1] in "12" else 4
    return plain[:width], plain[width:]


def mask_name(name: str) -> str:
    """Leave the surname and one star, whatever the length: `张*`, `欧阳*`."""
    name = name.strip()
    if not name:
        return ""
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]
    return f"{surname}*"
