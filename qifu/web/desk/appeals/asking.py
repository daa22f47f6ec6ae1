"""Rows of cases in which a unit asks something of the office: who asks, and where to rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qifu.appeals import access
from qifu.appeals.asked import who_asks
from qifu.appeals.models import Appeal
from qifu.appeals.queue_names import CONSENTS, EXTENSIONS, RETURNS, Queue
from qifu.organisations.models import User
from qifu.web.desk.appeals.rows import Row, case_url

# What is asked, what the one who rules does about it, and where.
SAYS = {
    RETURNS: ("协办退单", "裁定", "return-rulings"),
    EXTENSIONS: ("申请延期", "裁定", "extension-rulings"),
    CONSENTS: ("申请请企业补充", "看申请", ""),
}


def asking_cases(
    rows: Sequence[Row], cases: Sequence[Appeal], queue: Queue, viewer: User
) -> list[Row]:
    """Mark the rows in which a unit asks; the others stand there by their own state."""
    units = who_asks(queue.asks, cases)
    mark, act, verb = SAYS[queue.asks]
    rules = access.is_reviewer if queue.asks == EXTENSIONS else access.is_clerk
    may = rules(viewer)
    return [
        replace(
            row,
            marks=(mark, *row.marks[:1]),
            sub=(f"{'、'.join(units[case.pk])}{mark}", *row.sub),
            act=act if may else "",
            act_url=case_url(case.number, verb),
        )
        if case.pk in units
        else row
        for row, case in zip(rows, cases, strict=True)
    ]
