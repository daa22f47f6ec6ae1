"""Who is told what about a case, in which words, and whether it still is so when it leaves.

Texts E1, E4, E9 and U1; no case content in a message, one action, and who is speaking.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from qifu.appeals import links
from qifu.appeals.lifecycle import WORK_GIVEN_UP, WORK_OPEN, State, Work
from qifu.appeals.models import Answer, Appeal, Assignment
from qifu.appeals.rules import Role
from qifu.kernel.clock import local_date
from qifu.notices.addresses import Address
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
    registry.declare("E4", still_true=_still_dispatched)
    registry.declare("E9", still_true=_still_published, urgent=True)
    registry.declare("U1", still_true=_still_to_sign, urgent=True)
    registry.declare("E3", still_true=_still_missing)
    registry.declare("E6", urgent=True)
    registry.declare("E7")
    registry.declare("E7M")
    registry.declare("U9", still_true=_still_handled, urgent=True)
    registry.declare("U10", still_true=_still_open)


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


def dispatched(appeal: Appeal, lead: Assignment, contact: str, due_on: date) -> Draft:
    """E4: who has it now, and by when the enterprise is answered."""
    body = f"编号{appeal.number}：已交{lead.unit}办理，{contact}，{_day(due_on)}前答复您。"
    return _to_enterprise("E4", appeal, body, dedup=f"E4:{lead.pk}", about=lead)


def answered(appeal: Appeal, answer: Answer, who: str, base_url: str) -> Draft:
    """E9: there is an answer; please say whether it was done."""
    link = f"{base_url}{links.rating_path(answer)}"
    body = f"编号{appeal.number}：{who}已答复，请查看；办成了没有，请您评价（1分钟）{link}"
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
                f"请{_day(sign_by)}前签收，{_day(due[part.unit_id])}24:00到期。"
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
        f"编号{appeal.number}：还差一些内容，请登录补充，补充后立即办理。"
        f"{_day(due_on)}前未补充，县办会打电话问您。"
    )
    return _to_enterprise("E3", appeal, body, dedup=f"E3:{supplement}")


def missed_call(appeal: Appeal, part: Assignment, contact: int) -> Draft:
    """E6: somebody rang and nobody answered."""
    phone = f"，请回拨{part.unit.phone}" if part.unit.phone else ""
    body = f"编号{appeal.number}：{part.unit}刚才来电未接通{phone}。"
    return _to_enterprise("E6", appeal, body, dedup=f"E6:{contact}")


def extended(appeal: Appeal, extension: int, due_on: date) -> Draft:
    """E7: it takes longer, until when; the reason stands on the page."""
    body = f"编号{appeal.number}：需要延长到{_day(due_on)}，原因请登录查看。您可以提出不同意见。"
    return _to_enterprise("E7", appeal, body, dedup=f"E7:{extension}")


def meanwhile(appeal: Appeal, part: Assignment, note: int) -> Draft:
    """E7M: how far things are, before the answer."""
    body = f"编号{appeal.number}：{part.unit}告诉您办理进展，请登录查看。"
    return _to_enterprise("E7M", appeal, body, dedup=f"E7M:{note}")


def again(appeal: Appeal, part: Assignment, due_on: date) -> Draft:
    """U9: the enterprise was not content, and the unit has it once more."""
    body = (
        f"编号{appeal.number}：企业不满意，县办要求二次办理，请先联系企业，"
        f"{_day(due_on)}24:00前重新答复。"
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


def _still_handled(notice: Notice) -> bool:
    parts = Assignment.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return parts.filter(state=Work.HANDLING).exists()


def _still_open(notice: Notice) -> bool:
    parts = Assignment.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return parts.open().exists()


def _still_to_sign(notice: Notice) -> bool:
    parts = Assignment.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return parts.filter(state=Work.DISPATCHED).exists()
