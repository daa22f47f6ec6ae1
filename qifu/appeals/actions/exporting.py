"""Taking rows out of the house: nothing is changed, but it is known who took what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from qifu.appeals import access
from qifu.journal.deed import deed
from qifu.kernel.errors import NotAllowed
from qifu.organisations.models import User


def record_export(
    *,
    count: int,
    filters: Mapping[str, str],
    searched: bool = False,
    by: User,
    at: datetime,
    key: str = "",
) -> None:
    """Write down that somebody exported a list (导出): how many rows, by which conditions.

    `filters` are codes. What was typed into the search may name a person, so only that
    something was typed is kept.
    """
    with deed("appeals.exported", county=by.county, by=by, at=at, key=key) as work:
        if not access.can_export(by):
            raise NotAllowed("您的岗位不能导出诉求清单。")
        work.note(count=count, filters=dict(filters), searched=searched)
