"""The lines that an import did not take, as an Excel file to mend and send again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import xlsxwriter

from qifu.enterprises.columns import Table
from qifu.enterprises.imported import Fault
from qifu.enterprises.sheets import Line

WHY = "未导入原因"
NUMBER = "原行号"


def write_rejected(
    stream: BinaryIO, table: Table, rejected: Sequence[tuple[Line, Sequence[Fault]]]
) -> None:
    """Write the lines as they were, each with its number and what is wrong with it.

    Every cell is text: what looks like a formula stays what was typed.
    """
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("未导入")
    bold = book.add_format({"bold": True})
    for at, heading in enumerate((*table.head.cells, NUMBER, WHY)):
        sheet.write_string(0, at, heading, bold)
    width = len(table.head.cells)
    for row, (line, faults) in enumerate(rejected, start=1):
        for at in range(width):
            sheet.write_string(row, at, line.cell(at))
        sheet.write_number(row, width, line.number)
        sheet.write_string(row, width + 1, "\n".join(str(fault) for fault in faults))
    sheet.set_column(0, width, 24)
    sheet.set_column(width + 1, width + 1, 70)
    sheet.freeze_panes(1, 0)
    book.close()
