"""How a person comes to speak for an enterprise: by three ways and no other.

An invitation by its officer or the office, the phone that is registered as its contact,
or a request that the office approves. Until then he sees only what he himself wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from qifu.attachments.actions import keep_all, let_go
from qifu.attachments.models import Attachment
from qifu.enterprises import access, notices
from qifu.enterprises.licences import check_licence
from qifu.enterprises.models import (
    Binding,
    BindingState,
    Ending,
    Enterprise,
    EnterpriseStatus,
    SpeaksAs,
    Via,
)
from qifu.enterprises.models.bindings import REFUSALS
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations import phones
from qifu.organisations.models import User
from qifu.organisations.queries import is_staff_phone

# So that nobody tries out a register full of codes.
OPEN_REQUESTS = 5
WORDS = 200
OPEN = (BindingState.ASKED, BindingState.ACTIVE)


def invite(
    enterprise: Enterprise, phone: str, *, by: User | None, at: datetime, key: str = ""
) -> Binding:
    """Invite whoever has this phone to speak for the enterprise (邀请).

    It takes force when the phone signs in.
    """
    county = enterprise.county
    with deed("binding.invited", county=county, by=by, at=at, key=key) as work:
        work.about(enterprise)
        if not access.can_invite(by, enterprise, local_date(at)):
            raise NotAllowed("只有县办和这家企业的包联干部可以邀请企业人员。")
        number = _free_phone(county, phone)
        _lock(enterprise)
        rows = Binding.objects.in_county(county).filter(enterprise=enterprise)
        if rows.filter(person__phone=number, state=BindingState.ACTIVE).exists():
            raise StaleState("这个号码已经绑定这家企业，不用再邀请。")
        if rows.invited().filter(phone=number).exists():
            raise StaleState("这个号码已经邀请过，本人用它登录后就生效。")
        binding = work.add(
            Binding(
                enterprise=enterprise,
                phone=number,
                via=Via.INVITATION,
                state=BindingState.INVITED,
                made_at=at,
                made_by=by,
            )
        )
        put_all(work, [notices.invited(binding, enterprise)])
    return binding


def ask_binding(
    enterprise: Enterprise,
    words: str,
    *,
    files: Sequence[Attachment] = (),
    by: User,
    at: datetime,
    key: str = "",
) -> Binding:
    """Ask the office to be recognised as speaking for the enterprise (申请绑定).

    `words` say who he is and what he does there; a photo of the licence may go along.
    """
    county = enterprise.county
    with deed("binding.asked", county=county, by=by, at=at, key=key) as work:
        work.about(enterprise)
        if not access.can_ask(by) or by.county != county:
            raise NotAllowed("工作人员账号不能代表企业。请用企业人员的手机号登录。")
        _free_phone(county, by.phone)
        said = _words(words)
        check_licence(files)
        _lock(enterprise)
        own = Binding.objects.in_county(county).of_person(by)
        if standing := own.filter(enterprise=enterprise, state__in=OPEN).first():
            raise StaleState(_already(standing))
        if own.asked().count() >= OPEN_REQUESTS:
            raise InvalidInput(
                "uscc", f"您已有{OPEN_REQUESTS}家企业的申请在等县办核准。核准后再申请下一家。"
            )
        binding = work.add(
            Binding(
                enterprise=enterprise,
                person=by,
                said=work.text("binding.said", said),
                via=Via.OFFICE,
                state=BindingState.ASKED,
                made_at=at,
                made_by=by,
            )
        )
        keep_all(work, files, binding)
        return binding


def approve_binding(binding: Binding, *, by: User, at: datetime, key: str = "") -> None:
    """Recognise the person who asked (核准绑定)."""
    with deed("binding.approved", county=binding.county, by=by, at=at, key=key) as work:
        work.about(binding.enterprise)
        if not access.can_rule(by, binding.county):
            raise NotAllowed("只有县办可以核准企业人员的绑定。")
        person = _person(binding)
        _free_phone(binding.county, person.phone)
        _lock(binding.enterprise)
        _activate(work, binding, person, decided_by=by)
        let_go(work, binding)
        put_all(work, [notices.approved(binding)])


def refuse_binding(
    binding: Binding, reason: Ending, *, by: User, at: datetime, key: str = ""
) -> None:
    """Decline a request, with its reason, which the person is told (不予核准)."""
    with deed("binding.refused", county=binding.county, by=by, at=at, key=key) as work:
        work.about(binding.enterprise)
        if not access.can_rule(by, binding.county):
            raise NotAllowed("只有县办可以核准企业人员的绑定。")
        if reason not in REFUSALS:
            raise InvalidInput("reason", "请选择一条不予核准的理由，系统会告知申请人。")
        work.change(
            binding,
            expect={"state": BindingState.ASKED},
            state=BindingState.ENDED,
            ending=reason,
            decided_at=at,
            decided_by=by,
        )
        let_go(work, binding)
        put_all(work, [notices.refused(binding)])


def reveal_asker(binding: Binding, *, by: User, at: datetime) -> str:
    """Return the whole number of whoever asked, to ring him; it is recorded (查看完整号码)."""
    with deed("binding.phone_seen", county=binding.county, by=by, at=at) as work:
        work.about(binding.enterprise)
        if not access.can_rule(by, binding.county):
            raise NotAllowed("只有县办核实申请时可以查看完整号码。")
        return _person(binding).phone


def bind_by_phone(person: User, *, at: datetime) -> list[Binding]:
    """Bind whoever has just signed in to what his phone entitles him to.

    Invitations sent to it take force, and so does being the registered contact
    (登记的联系电话). Whoever was once removed is not let in again by this door.
    """
    if person.is_staff_person or is_staff_phone(person.county, person.phone):
        return []
    invited = (
        Binding.objects.in_county(person.county)
        .invited()
        .filter(phone=person.phone)
        .select_related("enterprise")
        .order_by("pk")
    )
    known = Binding.objects.in_county(person.county).of_person(person)
    contacts = Enterprise.objects.in_county(person.county).filter(
        contact_phone=person.phone, status=EnterpriseStatus.IN_BUSINESS
    )
    made: list[Binding] = []
    for binding in invited:
        # The same person signing in twice at once: the first has done it.
        with suppress(StaleState):
            made.append(_accept(binding, person, at))
    for enterprise in contacts.exclude(pk__in=known.values("enterprise_id")).order_by("pk"):
        with suppress(StaleState):
            made.append(_bind_contact(enterprise, person, at))
    return made


def _accept(binding: Binding, person: User, at: datetime) -> Binding:
    enterprise = binding.enterprise
    with deed("binding.accepted", county=person.county, by=person, at=at) as work:
        work.about(enterprise)
        _lock(enterprise)
        own = Binding.objects.in_county(person.county).of_person(person)
        if own.filter(enterprise=enterprise, state=BindingState.ACTIVE).exists():
            work.change(
                binding,
                expect={"state": BindingState.INVITED},
                state=BindingState.ENDED,
                ending=Ending.WITHDRAWN,
            )
            return binding
        # He may have asked the office as well: the invitation answers that request.
        for asked in own.asked().filter(enterprise=enterprise):
            work.change(asked, state=BindingState.ENDED, ending=Ending.WITHDRAWN)
            let_go(work, asked)
        _activate(work, binding, person, decided_by=binding.made_by)
    return binding


def _bind_contact(enterprise: Enterprise, person: User, at: datetime) -> Binding:
    with deed("binding.by_contact_phone", county=person.county, by=person, at=at) as work:
        work.about(enterprise)
        _lock(enterprise)
        own = Binding.objects.in_county(person.county).of_person(person)
        if own.filter(enterprise=enterprise).exists():
            raise StaleState
        return work.add(
            Binding(
                enterprise=enterprise,
                person=person,
                via=Via.CONTACT_PHONE,
                state=BindingState.ACTIVE,
                role=_role(enterprise, at),
                made_at=at,
                made_by=person,
                decided_at=at,
                valid_from=local_date(at),
            )
        )


def _activate(work: Deed, binding: Binding, person: User, *, decided_by: User | None) -> None:
    work.change(
        binding,
        expect={"state": binding.state},
        state=BindingState.ACTIVE,
        person=person,
        role=_role(binding.enterprise, work.at),
        decided_at=work.at,
        decided_by=decided_by,
        valid_from=local_date(work.at),
    )


def _role(enterprise: Enterprise, at: datetime) -> SpeaksAs:
    """Return 管理员 for the first who speaks for an enterprise, else 经办人."""
    standing = Binding.objects.in_county(enterprise.county).in_force(local_date(at))
    return SpeaksAs.USER if standing.filter(enterprise=enterprise).exists() else SpeaksAs.ADMIN


def _lock(enterprise: Enterprise) -> None:
    # Two who arrive at once would both find themselves the first.
    # NO KEY: cases may still be lodged for the enterprise meanwhile.
    rows = Enterprise.objects.in_county(enterprise.county)
    rows.select_for_update(no_key=True).get(pk=enterprise.pk)


def _free_phone(county: str, phone: str) -> str:
    number = phones.normalise_mobile(phone)
    if is_staff_phone(county, number):
        raise InvalidInput(
            "phone", "这是工作人员账号的号码，不能代表企业。请填企业人员自己的手机号。"
        )
    return number


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise InvalidInput("words", "没有写您是谁。请写姓名和在企业做什么，县办好核实。")
    if len(words) > WORDS:
        raise InvalidInput("words", f"说明太长，最多{WORDS}字。请只写姓名和在企业做什么。")
    return words


def _person(binding: Binding) -> User:
    if binding.state != BindingState.ASKED or binding.person is None:
        raise StaleState("这条申请已经办过或已撤回，请刷新列表。")
    return binding.person


def _already(standing: Binding) -> str:
    if standing.state == BindingState.ACTIVE:
        return "您已经绑定这家企业，不用再申请。"
    return "您已经申请过这家企业，正在等县办核准。"
