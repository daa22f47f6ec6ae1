"""Who is told what about a case, in which words, and whether it still is so when it leaves.

No case content in a message, one action, and who is speaking; where a step can be taken by
a link (免登链接), the words hold its place and never the link itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from qifu.appeals.lifecycle import WORK_GIVEN_UP, WORK_OPEN, State, Work
from qifu.appeals.models import OF_ENTERPRISE, Answer, Appeal, Assignment, StepLink, TurnAway
from qifu.appeals.rules import Role
from qifu.kernel.clock import local_date
from qifu.notices.addresses import Address
from qifu.notices.links import PLACE
from qifu.notices.models import Notice
from qifu.notices.outbox import Draft
from qifu.notices.registry import registry
from qifu.organisations.models import County

WHY_ENTERPRISE = "您在本系统反映了问题，留的是这个号码。"
WHY_LIAISON = "您是本单位的专职人员。"


def register() -> None:
    """Tell the outbox which kinds there are and when each is still true."""
    registry.declare("E1", urgent=True)
    registry.declare("E1D", still_true=_still_declined)
    registry.declare("E1T", still_true=_still_declined)
    registry.declare("E4", still_true=_still_dispatched)
    registry.declare("E9", still_true=_still_published, urgent=True)
    registry.declare("U1", still_true=_still_to_sign, urgent=True)
    registry.declare("E3", still_true=_still_missing)
    registry.declare("E6", urgent=True)
    registry.declare("E7")
    registry.declare("E7M")
    registry.declare("U9", still_true=_still_handled, urgent=True)
    registry.declare("U10", still_true=_still_open)
    registry.declare("E1M", still_true=_still_merged)
    registry.declare("E1S")
    registry.declare("E1U")
    registry.declare("E19")
    registry.declare("LINK", urgent=True)


def received(appeal: Appeal, county: County, by_when: date, local: str = "") -> Draft:
    """E1: we have it; who looks at it and by when."""
    about = f"“{appeal.category.name}”问题" if appeal.category else "问题"
    who = (
        f"{local}正在办理"
        if local
        else f"{county.office_name}将在{_day(by_when)}前交办并告知责任单位"
    )
    body = f"已收到您反映的{about}，编号{appeal.number}。{who}。电话{county.office_phone}"
    return _to_enterprise("E1", appeal, body, dedup=f"E1:{appeal.pk}")


def declined(
    appeal: Appeal, county: County, reason: str, advice: str, decline: int, *, final: bool
) -> Draft:
    """Tell the enterprise why not, where to turn instead, and whether it may object."""
    object_ = "这是最终答复。" if final else "有不同意见可以提出一次异议。"
    body = (
        f"您反映的问题（编号{appeal.number}）不予受理：{reason}。{advice}{object_}"
        f"电话{county.office_phone}"
    )
    return _to_enterprise("E1D", appeal, body, dedup=f"E1D:{decline}")


def turned_away(appeal: Appeal, county: County, row: TurnAway, *, final: bool) -> Draft:
    """E1T: it is not handled here; where it went, whom to ask, and whether one may object."""
    went = "已转到" if row.handed_over else "请找"
    object_ = "" if final else "有不同意见可以提出一次异议。"
    body = (
        f"您反映的问题（编号{appeal.number}）不在本系统办理，{went}{row.went_to.body}，"
        f"{row.whom.body}。{object_}电话{county.office_phone}"
    )
    return _to_enterprise("E1T", appeal, body, dedup=f"E1T:{row.decline_id}")


def dispatched(appeal: Appeal, lead: Assignment, contact: str, due_on: date) -> Draft:
    """E4: who has it now, and by when the enterprise is answered."""
    body = f"编号{appeal.number}：已交{lead.unit}办理，{contact}，{_day(due_on)}前答复您。"
    return _to_enterprise("E4", appeal, body, dedup=f"E4:{lead.pk}", about=lead)


def answered(appeal: Appeal, answer: Answer, who: str) -> Draft:
    """E9: there is an answer; please say whether it was done."""
    said = "已答复，请查看；办成了没有"
    if answer.ground:
        # E11: a no is told as one, without its words.
        said = "已答复，现在办不成，依据和您还可以怎么办请查看；同意不同意"
    body = f"编号{appeal.number}：{who}{said}，请您评价（1分钟）{PLACE}"
    # A publication that was recalled and made again is told again.
    dedup = f"E9:{answer.pk}:{answer.published_at:%Y%m%d%H%M%S}"
    return _to_enterprise("E9", appeal, body, dedup=dedup, about=answer)


def handed_out(
    appeal: Appeal, parts: Sequence[Assignment], due: dict[int, date], sign_by: date
) -> list[Draft]:
    """U1: each unit's liaison hears of its own part, and of nobody else's."""
    return [
        Draft(
            kind="U1",
            to=Address.of_duty(part.unit_id, "LIAISON"),
            body=(
                f"新交办1件：编号{appeal.number}，本单位{Role(part.role).label}。"
                f"请{_day(sign_by)}前签收，{_day(due[part.unit_id])}24:00到期。点此签收{PLACE}"
            ),
            why=WHY_LIAISON,
            dedup=f"U1:{part.pk}",
            about=part,
        )
        for part in parts
    ]


def missing(appeal: Appeal, supplement: int, due_on: date) -> Draft:
    """E3: something is missing; where to say it and by when."""
    body = (
        f"编号{appeal.number}：还差一些内容，补充后立即办理。"
        f"{_day(due_on)}前未补充，县办会打电话问您。点此补充{PLACE}"
    )
    return _to_enterprise("E3", appeal, body, dedup=f"E3:{supplement}")


def missed_call(appeal: Appeal, part: Assignment, contact: int) -> Draft:
    """E6: somebody rang and nobody answered."""
    phone = f"，请回拨{part.unit.phone}" if part.unit.phone else ""
    body = f"编号{appeal.number}：{part.unit}刚才来电未接通{phone}。"
    return _to_enterprise("E6", appeal, body, dedup=f"E6:{contact}")


def extended(appeal: Appeal, extension: int, due_on: date) -> Draft:
    """E7: it takes longer, until when; the reason stands on the page."""
    body = f"编号{appeal.number}：需要延长到{_day(due_on)}。点此看原因，您可以提出不同意见{PLACE}"
    return _to_enterprise("E7", appeal, body, dedup=f"E7:{extension}")


def meanwhile(appeal: Appeal, part: Assignment, note: int) -> Draft:
    """E7M: how far things are, before the answer."""
    body = f"编号{appeal.number}：{part.unit}告诉您办理进展，请登录查看。"
    return _to_enterprise("E7M", appeal, body, dedup=f"E7M:{note}")


def again(appeal: Appeal, part: Assignment, due_on: date) -> Draft:
    """U9: the enterprise was not content, and the unit has it once more."""
    body = (
        f"编号{appeal.number}：企业不满意，县办要求二次办理，请先联系企业，"
        f"{_day(due_on)}24:00前重新答复。点此记联系{PLACE}"
    )
    return _to_liaison("U9", part, body, dedup=f"U9:{part.pk}:{appeal.cycle}")


def urged(appeal: Appeal, at: datetime) -> Draft | None:
    """U10: the enterprise asks again; whoever leads the case is told, once a day."""
    parts = appeal.assignments.filter(role=Role.LEAD, state__in=WORK_OPEN)
    part = parts.first()
    if part is None:
        return None
    body = f"编号{appeal.number}：企业再次询问，请今天联系企业。"
    return _to_liaison("U10", part, body, dedup=f"U10:{appeal.pk}:{local_date(at)}")


def merged(appeal: Appeal, county: County, merger: int) -> Draft:
    """E1M: it goes with a case that says the same; it keeps its number and is answered."""
    body = (
        f"编号{appeal.number}：和已经在办的同一个问题一起办，您的编号不变，"
        f"办好了照样答复您、请您评价。电话{county.office_phone}"
    )
    return _to_enterprise("E1M", appeal, body, dedup=f"E1M:{merger}")


def split(appeal: Appeal, made: Appeal, county: County) -> Draft:
    """E1S: two problems are handled as two cases; both numbers."""
    body = (
        f"您反映的有两个问题，分成两件办：编号{appeal.number}和{made.number}，"
        f"各自答复您、请您评价。电话{county.office_phone}"
    )
    return _to_enterprise("E1S", appeal, body, dedup=f"E1S:{made.pk}")


def on_its_own(appeal: Appeal, by_when: date, merger: int) -> Draft:
    """E1U: it is handled on its own again; who looks at it and by when."""
    body = f"编号{appeal.number}：改为单独办理，县办{_day(by_when)}前告诉您谁来办。"
    return _to_enterprise("E1U", appeal, body, dedup=f"E1U:{merger}")


def took_in(parent: Appeal, merger: int) -> Draft | None:
    """U10: one more enterprise says the same; whoever leads the parent is told."""
    part = parent.assignments.filter(role=Role.LEAD, state__in=WORK_OPEN).first()
    if part is None:
        return None
    body = f"编号{parent.number}：又有1件同样的问题合并进来，请一并办理，答复两家都会收到。"
    return _to_liaison("U10", part, body, dedup=f"U10M:{merger}")


def kept_confidential(appeal: Appeal) -> Draft:
    """E19: it is kept from others now, under another number; the page says which."""
    return _to_enterprise("E19", appeal, "", dedup=f"E19:{appeal.pk}:{appeal.number}")


def link_asked(link: StepLink) -> Draft:
    """LINK: the link that somebody asked for, to the phone that had the one before."""
    body = f"编号{link.appeal.number}：{link.get_step_display()}的链接，只能用一次{PLACE}"
    enterprise = link.step in OF_ENTERPRISE
    return Draft(
        kind="LINK",
        to=Address.of_phone(link.appeal.contact.body)
        if enterprise
        else Address.of_person(link.person_id or 0),
        body=body,
        why="您刚才要了这一步的链接。",
        dedup=f"LINK:{link.pk}",
        about=link,
    )


def _to_liaison(kind: str, part: Assignment, body: str, *, dedup: str) -> Draft:
    return Draft(
        kind=kind,
        to=Address.of_duty(part.unit_id, "LIAISON"),
        body=body,
        why=WHY_LIAISON,
        dedup=dedup,
        about=part,
    )


def _to_enterprise(
    kind: str,
    appeal: Appeal,
    body: str,
    *,
    dedup: str,
    about: Appeal | Assignment | Answer | None = None,
) -> Draft:
    return Draft(
        kind=kind,
        to=Address.of_phone(appeal.contact.body),
        body=body,
        why=WHY_ENTERPRISE,
        dedup=dedup,
        about=about or appeal,
    )


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _still_declined(notice: Notice) -> bool:
    cases = Appeal.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return cases.filter(state=State.DECLINED).exists()


def _still_dispatched(notice: Notice) -> bool:
    parts = Assignment.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return parts.exclude(state__in=WORK_GIVEN_UP).exists()


def _still_published(notice: Notice) -> bool:
    answers = Answer.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return answers.filter(state=Answer.State.PUBLISHED, appeal__state=State.TO_EVALUATE).exists()


def _still_missing(notice: Notice) -> bool:
    cases = Appeal.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return cases.filter(state=State.SUPPLEMENT).exists()


def _still_merged(notice: Notice) -> bool:
    cases = Appeal.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return cases.filter(state=State.MERGED).exists()


def _still_handled(notice: Notice) -> bool:
    parts = Assignment.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return parts.filter(state=Work.HANDLING).exists()


def _still_open(notice: Notice) -> bool:
    parts = Assignment.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return parts.open().exists()


def _still_to_sign(notice: Notice) -> bool:
    parts = Assignment.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return parts.filter(state=Work.DISPATCHED).exists()
