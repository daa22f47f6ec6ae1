"""What people hear about speaking for an enterprise: to whom, and the sentence."""

from __future__ import annotations

from qifu.enterprises.models import Binding, BindingState, Ending, Enterprise
from qifu.notices.addresses import Address
from qifu.notices.models import Notice
from qifu.notices.outbox import Draft
from qifu.organisations.furniture import county_of

INVITED = "BIND_INVITED"
APPROVED = "BIND_APPROVED"
REFUSED = "BIND_REFUSED"

# What a person who was not recognised can do.
ADVICE = {
    Ending.UNKNOWN_TO_FIRM: "企业表示不认识您",
    Ending.PROOF_MISSING: "暂时看不出您与企业的关系",
    Ending.WRONG_FIRM: "可能选错了企业",
}
# A notice leaves only while the binding is still what it says.
STATE_OF = {
    INVITED: BindingState.INVITED,
    APPROVED: BindingState.ACTIVE,
    REFUSED: BindingState.ENDED,
}


def invited(binding: Binding, enterprise: Enterprise) -> Draft:
    """Tell the phone that it was invited; no link, signing in is enough."""
    county = county_of(binding.county)
    return Draft(
        kind=INVITED,
        to=Address.of_phone(binding.phone),
        body=(
            f"{county.office_name}邀请您代表「{enterprise.short_name}」使用{county.platform}，"
            f"用本号码登录即可。疑问请致电{county.office_phone}"
        ),
        why="县办或包联干部填写了您的号码",
        dedup=f"{INVITED}:{binding.pk}",
        about=binding,
    )


def approved(binding: Binding) -> Draft:
    """Tell the person that he now speaks for the enterprise."""
    return Draft(
        kind=APPROVED,
        to=Address.of_person(binding.person_id or 0),
        body=f"县办已核准：您可以代表「{binding.enterprise.short_name}」反映和查看诉求。",
        why="您申请绑定这家企业",
        dedup=f"{APPROVED}:{binding.pk}",
        about=binding,
    )


def refused(binding: Binding) -> Draft:
    """Tell the person why not, and whom to ask."""
    return Draft(
        kind=REFUSED,
        to=Address.of_person(binding.person_id or 0),
        body=(
            f"绑定「{binding.enterprise.short_name}」没有核准：{ADVICE[Ending(binding.ending)]}。"
            f"可核对后再申请，或致电{county_of(binding.county).office_phone}"
        ),
        why="您申请绑定这家企业",
        dedup=f"{REFUSED}:{binding.pk}",
        about=binding,
    )


def still_true(notice: Notice) -> bool:
    """Tell whether the binding is still in the state that the notice tells of."""
    rows = Binding.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return rows.filter(state=STATE_OF[notice.kind]).exists()
