"""Tables as people have them: CSV of any Chinese encoding, and XLSX. What a file is, its
content says. Nothing in it is ever computed: a formula arrives as its own text.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

LARGEST = 20 * 1024 * 1024
# An XLSX is packed: this is what it may unpack to.
UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 60
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Unreadable(Exception):
    """The file cannot be read as a table; the text says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One line of the table, with the number that Excel shows beside it."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Return the cell's text; a short line has blank ones."""
        return self.cells[column] if column < len(self.cells) else ""

    def name_of(self, column: int) -> str:
        """Name the cell as Excel does: `C17`."""
        return f"{get_column_letter(column + 1)}{self.number}"


def read_table(content: bytes) -> list[Line]:
    """Return the lines that are not blank.

    Raises:
        Unreadable: it is no table, or too large.
    """
    if len(content) > LARGEST:
        raise Unreadable("文件超过20MB。请分成几个文件，逐个导入。")
    if content.startswith(OLD_EXCEL):
        raise Unreadable("这是旧版Excel文件（.xls）。请在Excel里另存为.xlsx，再导入。")
    rows = _workbook(content) if content.startswith(b"PK") else _text(content)
    lines = [line for line in _lines(rows) if any(line.cells)]
    if not lines:
        raise Unreadable("文件是空的。请核对是不是选错了文件。")
    return lines


def _lines(rows: Iterable[Iterable[Any]]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise Unreadable(f"文件超过{MOST_ROWS}行。请分成几个文件，逐个导入。")
        yield Line(number, tuple(_plain(cell) for cell in row)[:MOST_COLUMNS])


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _workbook(content: bytes) -> Iterator[tuple[Any, ...]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise Unreadable("这个文件不是Excel表格。请选.xlsx或.csv文件。")
            if sum(entry.file_size for entry in packed.infolist()) > UNPACKED:
                raise Unreadable("表格展开后太大。请只留企业名单一张表，再导入。")
        book = load_workbook(io.BytesIO(content), read_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
    except Unreadable:
        raise
    except Exception as error:
        # A damaged workbook fails in as many ways as it has parts.
        raise Unreadable("Excel文件已损坏，读不出来。请用Excel打开另存一次，再导入。") from error


def _text(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    head = next((line for line in text.splitlines() if line.strip()), "")
    comma = max(",\t;", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    except csv.Error as error:
        raise Unreadable("CSV文件的格式不对，读不出来。请用Excel打开另存为.xlsx。") from error


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text):
            return text
    raise Unreadable("这个文件不是表格，或文字编码认不出来。请选.xlsx，或存成UTF-8的.csv文件。")
