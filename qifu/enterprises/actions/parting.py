"""Ending a binding, and naming another administrator."""

from __future__ import annotations

from datetime import datetime

from qifu.attachments.actions import let_go
from qifu.enterprises import access
from qifu.enterprises.models import (
    Binding,
    BindingState,
    Ending,
    Enterprise,
    SpeaksAs,
)
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.organisations.models import User
from qifu.organisations.models.people import OFFICE_POSTS


def remove_binding(binding: Binding, *, by: User | None, at: datetime, key: str = "") -> None:
    """End a binding, an invitation or a request (解除绑定).

    An administrator with colleagues names another before he leaves, so that an
    enterprise does not lose the one who keeps its list.
    """
    day = local_date(at)
    with deed("binding.ended", county=binding.county, by=by, at=at, key=key) as work:
        work.about(binding.enterprise)
        if not access.can_remove(by, binding, day):
            raise NotAllowed("只有本人、企业管理员、邀请人和县办可以解除绑定。")
        own = by is not None and by.pk == binding.person_id
        if own and binding.is_admin and _has_colleagues(binding, at):
            raise StaleState("您是这家企业的管理员。请先把管理员交给同事，再退出。")
        change: dict[str, object] = {"state": BindingState.ENDED, "ending": _ending(binding, by)}
        if binding.state == BindingState.ACTIVE:
            change["valid_to"] = day
        work.change(binding, expect={"state": binding.state, "role": binding.role}, **change)
        let_go(work, binding)


def withdraw_request(binding: Binding, *, by: User, at: datetime, key: str = "") -> None:
    """Take back one's own request before the office has ruled on it (撤回申请)."""
    with deed("binding.withdrawn", county=binding.county, by=by, at=at, key=key) as work:
        work.about(binding.enterprise)
        if by.pk != binding.person_id:
            raise NotAllowed("只有申请人本人可以撤回申请。")
        if binding.state != BindingState.ASKED:
            raise StaleState("县办已经办理这条申请，不用再撤回。请看最新的结果。")
        work.change(
            binding,
            expect={"state": BindingState.ASKED},
            state=BindingState.ENDED,
            ending=Ending.WITHDRAWN,
        )
        let_go(work, binding)


def hand_over_admin(
    enterprise: Enterprise, to: Binding, *, by: User | None, at: datetime, key: str = ""
) -> None:
    """Make another who speaks for the enterprise its administrator (移交管理员)."""
    county = enterprise.county
    with deed("binding.admin_handed_over", county=county, by=by, at=at, key=key) as work:
        work.about(enterprise)
        if not access.can_hand_over(by, enterprise, local_date(at)):
            raise NotAllowed("只有企业现任管理员和县办可以移交管理员。")
        active = Binding.objects.in_county(county).filter(
            enterprise=enterprise, state=BindingState.ACTIVE
        )
        if not active.filter(pk=to.pk).exists():
            raise StaleState("对方已不再代表这家企业，没有移交。请刷新后重选。")
        for former in active.filter(role=SpeaksAs.ADMIN).exclude(pk=to.pk):
            work.change(former, expect={"role": SpeaksAs.ADMIN}, role=SpeaksAs.USER)
        work.change(to, expect={"state": BindingState.ACTIVE}, role=SpeaksAs.ADMIN)


def _has_colleagues(binding: Binding, at: datetime) -> bool:
    standing = Binding.objects.in_county(binding.county).in_force(local_date(at))
    return standing.filter(enterprise=binding.enterprise_id).exclude(pk=binding.pk).exists()


def _ending(binding: Binding, by: User | None) -> Ending:
    if binding.state != BindingState.ACTIVE:
        return Ending.WITHDRAWN
    if by is not None and by.pk == binding.person_id:
        return Ending.LEFT
    if by is None or by.reach.has(*OFFICE_POSTS):
        return Ending.BY_OFFICE
    return Ending.REMOVED
