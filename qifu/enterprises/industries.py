"""The classes of business, GB/T 4754-2017: which section a code lies in."""

from __future__ import annotations

import re

from qifu.kernel.errors import InvalidInput

CODE = re.compile(r"[0-9]{2,4}")

# (letter, name, last division of the section)
SECTIONS = (
    ("A", "农、林、牧、渔业", 5),
    ("B", "采矿业", 12),
    ("C", "制造业", 43),
    ("D", "电力、热力、燃气及水生产和供应业", 46),
    ("E", "建筑业", 50),
    ("F", "批发和零售业", 52),
    ("G", "交通运输、仓储和邮政业", 60),
    ("H", "住宿和餐饮业", 62),
    ("I", "信息传输、软件和信息技术服务业", 65),
    ("J", "金融业", 69),
    ("K", "房地产业", 70),
    ("L", "租赁和商务服务业", 72),
    ("M", "科学研究和技术服务业", 75),
    ("N", "水利、环境和公共设施管理业", 79),
    ("O", "居民服务、修理和其他服务业", 82),
    ("P", "教育", 83),
    ("Q", "卫生和社会工作", 85),
    ("R", "文化、体育和娱乐业", 90),
    ("S", "公共管理、社会保障和社会组织", 96),
    ("T", "国际组织", 97),
)


def section(code: str) -> tuple[str, str] | None:
    """Return letter and name of the section (门类), or None where there is none."""
    division = int(code[:2]) if CODE.fullmatch(code) else 0
    if division == 0:
        return None
    return next(((letter, name) for letter, name, last in SECTIONS if division <= last), None)


def clean(text: str) -> str:
    """Return a code of two to four digits, or blank (未登记)."""
    code = text.strip()
    if code and section(code) is None:
        raise InvalidInput(
            "industry", "行业代码应是2至4位数字，前两位在01至97之间（GB/T 4754）。不清楚可以不填。"
        )
    return code
