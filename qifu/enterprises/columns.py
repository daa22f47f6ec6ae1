"""Which column of a table is which particular of an enterprise, by its heading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qifu.enterprises.addresses import plain
from qifu.enterprises.sheets import Line, Unreadable

# The first heading is the one that our own files use.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("企业名称", "名称", "单位名称", "公司名称", "企业全称", "市场主体名称"),
    "uscc": ("统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码", "统一代码"),
    "short_name": ("简称", "企业简称"),
    "township": ("所属乡镇", "乡镇", "属地", "所在乡镇", "所在乡镇（园区）", "乡镇（园区）"),
    "industry": ("行业代码", "国民经济行业代码"),
    "size": ("规模", "企业规模", "规模类型", "企业划型"),
    "contact_name": ("联系人", "联系人姓名", "企业联系人"),
    "contact_phone": ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "联系人电话"),
    "address": ("地址", "住所", "注册地址", "企业地址", "企业住所", "经营地址", "住所地"),
    "status": ("状态", "登记状态", "经营状态", "企业状态"),
}
# Titles and notes may stand above the headings.
SEARCHED = 10


@dataclass(frozen=True)
class Table:
    """The headings, the lines below them, and which column holds which particular."""

    head: Line
    lines: Sequence[Line]
    columns: Mapping[str, int]

    @property
    def unread(self) -> list[str]:
        """Return the headings that nothing is taken from."""
        used = set(self.columns.values())
        return [cell for at, cell in enumerate(self.head.cells) if cell and at not in used]


def find_table(lines: Sequence[Line]) -> Table:
    """Find the headings.

    Raises:
        Unreadable: no column says that it holds names.
    """
    for at, line in enumerate(lines[:SEARCHED]):
        columns = _match(line)
        if "name" in columns:
            return Table(line, lines[at + 1 :], columns)
    raise Unreadable(f"前{SEARCHED}行里没有“企业名称”这一列。请在表头写上“企业名称”，再导入。")


def _match(line: Line) -> dict[str, int]:
    cells = [re.sub(r"[*:]", "", plain(cell)) for cell in line.cells]
    found = {}
    for field, headings in HEADINGS.items():
        # Where a table has two of them, the better heading wins.
        hits = [plain(heading) for heading in headings if plain(heading) in cells]
        if hits:
            found[field] = cells.index(hits[0])
    return found
