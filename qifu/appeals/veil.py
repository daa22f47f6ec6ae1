"""What a message says of a confidential case: that there is something, and nothing else.

Every notice passes here on its way into the outbox, whoever writes it, so that a new kind
cannot forget. It goes to whom the case is confided: the named handler, the unit's leader,
the office's director, the enterprise's own number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qifu.appeals.models import Appeal, Assignment
from qifu.kernel.county import CountyModel
from qifu.notices.addresses import Address
from qifu.notices.outbox import Draft
from qifu.notices.registry import registry
from qifu.organisations.furniture import county_of

TO_STAFF = "有一件需要您处理的诉求，请登录查看。"
WHY_STAFF = "这件诉求企业要求保密，只通知负责和经办的同志。"
HIDDEN = "（保密）"
LEADER, DIRECTOR = "RESPONSIBLE_LEADER", "OFFICE_DIRECTOR"


def register() -> None:
    """Let the outbox ask here what a message may say."""
    registry.use_veil(veiled)


def veiled(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the messages as they may be sent; what says the same to the same is said once."""
    found: dict[tuple[Address, str], Draft] = {}
    open_: list[Draft] = []
    for draft in drafts:
        case = _case_of(draft.about)
        if case is None or not case.confidential:
            open_.append(draft)
            continue
        quiet = _quiet(draft, case)
        found.setdefault((quiet.to, quiet.body), quiet)
    return [*open_, *found.values()]


def hushed(body: str, number: str) -> str:
    """Return an older message without what it told of a case that is confidential now."""
    # A digest names other cases on other lines.
    lines = body.split("\n")
    if len(lines) == 1:
        return TO_STAFF
    return "\n".join(HIDDEN if number in line else line for line in lines)


def _quiet(draft: Draft, case: Appeal) -> Draft:
    to = draft.to
    if to.value:
        phone = county_of(case.county).office_phone
        return replace(draft, body=f"您反映的问题有新情况，请登录查看。县办电话{phone}")
    if to.role and to.role.startswith("OFFICE_"):
        to = replace(to, role=DIRECTOR)
    elif to.role:
        to = _confidant(to, draft.about)
    return replace(draft, to=to, body=TO_STAFF, why=WHY_STAFF)


def _confidant(to: Address, about: CountyModel | None) -> Address:
    part = about if isinstance(about, Assignment) else getattr(about, "assignment", None)
    handler = part.handler_id if part is not None else None
    if handler and to.role != LEADER:
        return Address.of_person(handler, kind=to.kind)
    return replace(to, role=LEADER)


def _case_of(about: CountyModel | None) -> Appeal | None:
    if about is None or isinstance(about, Appeal):
        return about
    found = getattr(about, "appeal", None)
    return found if isinstance(found, Appeal) else None
