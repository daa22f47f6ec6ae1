"""One line of a list of enterprises: what it says, or what is wrong with which cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qifu.enterprises import industries, uscc
from qifu.enterprises.actions.registering import LIMITS
from qifu.enterprises.addresses import Gazetteer
from qifu.enterprises.columns import Table
from qifu.enterprises.models import EnterpriseStatus, Size
from qifu.enterprises.sheets import Line
from qifu.kernel.errors import InvalidInput
from qifu.organisations import phones

# How a cell says that it has nothing to say.
NOTHING = {"-", "--", "—", "——", "/", "\\", "无", "N/A", "n/a", "NULL", "null"}
STATES = {
    EnterpriseStatus.IN_BUSINESS: "在营 存续 在业 开业 正常 存续（在营、开业、在册） 在营（开业）",
    EnterpriseStatus.SUSPENDED: "停产停业 停产 停业 歇业",
    EnterpriseStatus.MISSING: "失联",
    EnterpriseStatus.MOVED_OUT: "迁出",
    EnterpriseStatus.REVOKED: "吊销 吊销，未注销 吊销未注销",
    EnterpriseStatus.CANCELLED: "注销 吊销，已注销 吊销已注销",
}
STATE_OF = {
    unicodedata.normalize("NFKC", word): state
    for state, words in STATES.items()
    for word in words.split()
}
SIZE_OF = {word: size for size in list(Size)[:4] for word in (size.label, size.label[0])}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: `C17`, and the sentence."""

    cell: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.cell}：{self.sentence}"


@dataclass
class Entry:
    """What a line says; a particular that it is silent about is not in `says`."""

    line: Line
    says: dict[str, str] = field(default_factory=dict)
    # The township's code: as its column says it, else as the address does.
    township: str = ""
    township_by_address: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.says.get("name", "")

    @property
    def code(self) -> str:
        return self.says.get("uscc", "")


def read_entry(line: Line, table: Table, places: Gazetteer) -> Entry:
    """Read one line; every fault names its cell and nothing is guessed."""
    entry = Entry(line)
    for particular, column in table.columns.items():
        cell = unicodedata.normalize("NFKC", line.cell(column)).strip()
        cell = line.cell(column) if particular in ("name", "address") else cell
        if cell in NOTHING:
            cell = ""
        try:
            if cell.startswith(("=", "@")):
                raise InvalidInput(particular, "这一格是公式，系统不计算。请改成文字再导入。")
            value = READERS[particular](cell, places) if cell else ""
        except InvalidInput as error:
            entry.faults.append(Fault(line.name_of(column), str(error)))
            continue
        if value:
            entry.says[particular] = value
    _settle(entry, table, places)
    return entry


def _settle(entry: Entry, table: Table, places: Gazetteer) -> None:
    faulty = {fault.cell for fault in entry.faults}
    where = entry.line.name_of(table.columns["name"])
    if not entry.name and where not in faulty:
        entry.faults.append(Fault(where, "没有填企业名称。请填营业执照上的全称。"))
    entry.township = entry.says.pop("township", "")
    if not entry.township:
        entry.township_by_address = places.place_of(entry.says.get("address", ""))


def _name(cell: str, places: Gazetteer) -> str:
    if len(cell) < 2:
        raise InvalidInput("name", "企业名称只有一个字。请填营业执照上的全称。")
    return _short_enough("name")(cell, places)


def _code(cell: str, _places: Gazetteer) -> str:
    if "E+" in cell.upper():
        raise InvalidInput(
            "uscc", "代码被Excel改成了科学计数，后几位已丢失。请把这一列设成文本，重新填写。"
        )
    return uscc.clean(cell)


def _place(cell: str, places: Gazetteer) -> str:
    if code := places.named(cell):
        return code
    raise InvalidInput(
        "township", f"县里没有叫“{cell[:20]}”的乡镇、园区。请核对名称，不清楚可以不填。"
    )


def _industry(cell: str, _places: Gazetteer) -> str:
    bare = cell[1:] if cell[:1].isalpha() and cell[:1].isascii() else cell
    code = industries.clean(bare)
    found = industries.section(code)
    if bare != cell and found and found[0] != cell[0].upper():
        raise InvalidInput(
            "industry", f"行业代码的字母是{cell[0]}，数字却属于{found[0]}门类。请核对。"
        )
    return code


def _size(cell: str, _places: Gazetteer) -> str:
    if cell not in SIZE_OF:
        raise InvalidInput("size", "规模应是大型、中型、小型或微型。不清楚可以不填。")
    return SIZE_OF[cell]


def _state(cell: str, _places: Gazetteer) -> str:
    if cell not in STATE_OF:
        known = "、".join(EnterpriseStatus.labels)
        raise InvalidInput("status", f"状态“{cell[:12]}”不认识。请填{known}之一。")
    return STATE_OF[cell]


def _phone(cell: str, _places: Gazetteer) -> str:
    return phones.normalise(cell, field="contact_phone")


def _short_enough(particular: str) -> Callable[[str, Gazetteer], str]:
    label, limit = LIMITS[particular]

    def read(cell: str, _places: Gazetteer) -> str:
        if len(cell) > limit:
            raise InvalidInput(particular, f"{label}太长，最多{limit}字。请删减后再导入。")
        return cell

    return read


READERS: Mapping[str, Callable[[str, Gazetteer], str]] = {
    "name": _name,
    "uscc": _code,
    "short_name": _short_enough("short_name"),
    "township": _place,
    "industry": _industry,
    "size": _size,
    "contact_name": _short_enough("contact_name"),
    "contact_phone": _phone,
    "address": _short_enough("address"),
    "status": _state,
}
