"""Lists of made-up enterprises, as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from qifu.enterprises import uscc
from qifu.enterprises.actions.importing import Imported, import_enterprises
from qifu.enterprises.columns import find_table
from qifu.enterprises.sheets import read_table
from tests.cast import COUNTY, NOW

HEAD = (
    "企业名称",
    "统一社会信用代码",
    "所属乡镇",
    "行业代码",
    "规模",
    "联系人",
    "联系电话",
    "注册地址",
    "登记状态",
)


def code(number: int) -> str:
    """Return a sound code of a firm that does not exist."""
    return uscc.complete(f"91341524MA9{number:06d}")


def row(number: int, **changes: str) -> list[str]:
    """Return a sound line; `changes` are by the headings' order names."""
    said = {
        "name": f"安徽虚构{number}号竹木有限公司",
        "uscc": code(number),
        "township": "",
        "industry": "2041",
        "size": "小型",
        "contact": "夏青",
        "phone": f"1390005{number:04d}"[:11],
        "address": "金寨县油坊店乡街道",
        "status": "存续",
    }
    return list({**said, **changes}.values())


def as_csv(rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig") -> bytes:
    """Return the rows as a file."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([HEAD, *rows])
    return stream.getvalue().encode(encoding)


def bring(content: bytes, county: str = COUNTY) -> Imported:
    """Import the file as the command does."""
    return import_enterprises(find_table(read_table(content)), county=county, by=None, at=NOW)
