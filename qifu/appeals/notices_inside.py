"""What is told within a unit: that one of its people has the case now (分派)."""

from __future__ import annotations

from qifu.appeals.lifecycle import WORK_OPEN, Work
from qifu.appeals.models import Assignment
from qifu.notices.addresses import Address
from qifu.notices.models import Notice
from qifu.notices.outbox import Draft
from qifu.notices.registry import registry


def register() -> None:
    """Tell the outbox of the kind and when it is still true."""
    registry.declare("U1H", still_true=_still_in_hand, urgent=True)


def given(part: Assignment, to: int, sub_assignment: int) -> Draft:
    """U1H: the unit gave the case to one of its people (分派), who may not look otherwise."""
    due = f"，{part.due_on.month}月{part.due_on.day}日24:00到期" if part.due_on else ""
    return Draft(
        kind="U1H",
        to=Address.of_person(to),
        body=f"编号{part.appeal.number}：本单位分派给您办理{due}，请登录查看。",
        why="您的单位把这件诉求分派给您。",
        dedup=f"U1H:{sub_assignment}",
        about=part,
    )


def _still_in_hand(notice: Notice) -> bool:
    """Tell whether the part is still that person's, and still to be moved."""
    parts = Assignment.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return parts.filter(handler=notice.person, state__in=(*WORK_OPEN, Work.SUPPLEMENT)).exists()
