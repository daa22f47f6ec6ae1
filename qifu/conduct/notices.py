"""What is told about complaints: that there is something, to two sides and to nobody else.

The kinds are secret ones: their words are wiped once they have left, and the office's list
of what could not be sent does not show them.
"""

from __future__ import annotations

from qifu.conduct.models import Complaint, ComplaintState
from qifu.notices.addresses import Address
from qifu.notices.models import Notice
from qifu.notices.outbox import Draft
from qifu.notices.registry import registry
from qifu.organisations.models import User

TO_SUPERVISOR = "有一件需要您处理的事，请登录查看。"
TO_PERSON = "您在本系统提交的事有新情况，请登录后在“我的”查看。"


def register() -> None:
    """Tell the outbox which kinds there are and when each is still true."""
    registry.declare("CONDUCT", still_true=_still_new, secret=True)
    registry.declare("CONDUCT-BACK", secret=True)


def to_supervisor(complaint: Complaint, reader: User) -> Draft:
    """Tell one supervisor that there is something to look at."""
    return Draft(
        kind="CONDUCT",
        to=Address.of_person(reader.pk),
        body=TO_SUPERVISOR,
        why="您是监督员。",
        dedup=f"CONDUCT:{complaint.pk}:{reader.pk}",
        about=complaint,
    )


def to_person(complaint: Complaint) -> Draft:
    """Tell the person that something has moved; what, he reads on his page."""
    return Draft(
        kind="CONDUCT-BACK",
        to=Address.of_person(complaint.submitted_by_id),
        body=TO_PERSON,
        why="您在本系统提交过。",
        dedup=f"CONDUCT-BACK:{complaint.pk}:{complaint.state}",
        about=complaint,
    )


def _still_new(notice: Notice) -> bool:
    rows = Complaint.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return rows.filter(state=ComplaintState.SENT).exists()
