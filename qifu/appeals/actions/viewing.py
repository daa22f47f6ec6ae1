"""Letting somebody see one case that his work alone would not show him."""

from __future__ import annotations

from datetime import date, datetime

from qifu.appeals import access
from qifu.appeals.actions.texts import required
from qifu.appeals.models import Appeal, Viewer
from qifu.enterprises.models.bindings import bound_enterprise_ids
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed
from qifu.organisations.models import User
from qifu.organisations.models.people import ADMINISTRATORS


def name_viewer(
    appeal: Appeal,
    user: User,
    why: str,
    *,
    until: date | None = None,
    by: User,
    at: datetime,
    key: str = "",
) -> Viewer:
    """Let a colleague see one case (指定查看人), for a reason and, if so, until a day."""
    with deed("appeal.viewer_named", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.can_name_viewer(by, appeal):
            raise NotAllowed("只有县办主任可以指定查看人。")
        today = local_date(at)
        if not _may_be_named(user, appeal, today):
            raise InvalidInput("user", "只能指定本县的工作人员，或这家企业的人员。")
        if user.is_staff_person and user.reach_on(today).has(*ADMINISTRATORS):
            raise InvalidInput("user", f"{user}管系统，不看诉求。请指定办事的同志。")
        if until is not None and until < today:
            raise InvalidInput("until", "截止日期不能早于今天。")
        named = Viewer.objects.in_county(appeal.county).filter(appeal=appeal, user=user).first()
        if named is not None and (named.valid_to is None or named.valid_to >= today):
            raise InvalidInput("user", f"{user}已经可以查看这件诉求。")
        text = work.text("viewer", required("why", why, "请写明为什么需要查看。"))
        work.note(user=user.pk)
        if named is not None:
            over = {"valid_to": named.valid_to}
            work.change(named, expect=over, why=text, valid_from=today, valid_to=until)
            return named
        return work.add(
            Viewer(appeal=appeal, user=user, why=text, valid_from=today, valid_to=until)
        )


def _may_be_named(user: User, appeal: Appeal, on: date) -> bool:
    if user.county != appeal.county:
        return False
    # A colleague of the submitter sees a confidential case only by being named.
    return user.is_staff_person or appeal.enterprise_id in bound_enterprise_ids(user, on)
