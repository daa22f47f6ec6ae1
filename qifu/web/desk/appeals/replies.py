"""写答复: how it ended, what the enterprise reads, and what shows it (amendment 7)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from qifu.appeals import access
from qifu.appeals.actions import working as actions
from qifu.appeals.actions.texts import PROMISE_MAX
from qifu.appeals.actions.working import Reply
from qifu.appeals.files import earlier_files
from qifu.appeals.models import Answer, Appeal, Assignment
from qifu.appeals.rules import Nature, Outcome, Proof, Role
from qifu.organisations.models import User
from qifu.web.desk.appeals.refusal_fields import (
    REFUSAL_FIELDS,
    REFUSAL_GROUP,
    RefusalFields,
)
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import over, own_part, posted, went
from qifu.web.ui.answers import Outcome as Step
from qifu.web.ui.answers import page, run
from qifu.web.ui.dates import moment
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.uploads import UploadingForm, Uploads, posted_codes, receive, typed

TEMPLATE = "desk/appeals/reply.html"

# One sentence for each way in which it can end.
MEANINGS = {
    Outcome.SOLVED: "事情办成了，有凭证",
    Outcome.PARTLY: "办成了一部分，其余说清怎么办",
    Outcome.PLANNED: "现在办不了，已列入计划，写明承诺日期",
    Outcome.EXPLAINED: "政策不支持或属于咨询，已解释清楚",
    Outcome.CONDITIONS: "企业的条件还不够，写明差什么",
    Outcome.UNREASONABLE: "要求不合理，写明依据",
    Outcome.NOT_OURS: "不归本单位，已转给谁、怎么联系",
    Outcome.UNREACHABLE: "有两天、至少两次没联系上的记录",
}
# What each of them has to show; the rest is not asked for and not kept.
SHOWS = {
    Outcome.SOLVED: ("proof", "evidence"),
    Outcome.PARTLY: ("proof", "evidence"),
    Outcome.PLANNED: ("promise", "promised_on"),
    Outcome.EXPLAINED: REFUSAL_FIELDS,
    Outcome.CONDITIONS: REFUSAL_FIELDS,
    Outcome.UNREASONABLE: REFUSAL_FIELDS,
    Outcome.NOT_OURS: ("moved_to", *REFUSAL_FIELDS),
}
NOT_OPTIONAL = ("proof", "evidence", "promise", "promised_on", "moved_to", *REFUSAL_FIELDS)
GROUPS = (
    ("proof", "凭证：已解决必填", ("SOLVED", "PARTLY"), ("proof", "evidence")),
    ("promise", "承诺：列入计划必填", ("PLANNED",), ("promise", "promised_on")),
    ("moved", "转给谁：不属职权必填", ("NOT_OURS",), ("moved_to",)),
    REFUSAL_GROUP,
)
TEXTS = ("body", "measures", "evidence", "promise", "moved_to", "basis", "tried", "alternatives")


class ReplyForm(RefusalFields, UploadingForm):
    """What a unit answers."""

    cautious = TEXTS
    files_label = "凭证、附件"

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label="办理结果",
        choices=[(each.value, f"{each.label}｜{MEANINGS[each]}") for each in Outcome],
        widget=forms.RadioSelect,
        error_messages={"required": "还没选办理结果。请选一项。"},
    )
    body = forms.CharField(
        label="答复企业的话",
        help_text="企业会原样看到：办了什么、哪天办完、找谁",
        widget=forms.Textarea(attrs={"rows": "7"}),
        error_messages={"required": "还没写答复。请写办了什么、哪天办完、找谁。"},
    )
    proof = forms.ChoiceField(
        label="凭证种类", choices=[("", "请选"), *Proof.choices], required=False
    )
    evidence = forms.CharField(
        label="凭证内容",
        help_text="批文文号、到账日期和金额……",
        widget=forms.Textarea(attrs={"rows": "2"}),
        required=False,
    )
    promise = forms.CharField(
        label="承诺办成什么",
        help_text=f"一句话，最多{PROMISE_MAX}个字；到期系统照这句话问兑现没有",
        required=False,
    )
    promised_on = forms.DateField(
        label="承诺哪天办成",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "这不是日期。请写成2026-12-31的样子。"},
    )
    moved_to = forms.CharField(
        label="已经转给哪个单位、怎么联系",
        widget=forms.Textarea(attrs={"rows": "2"}),
        required=False,
    )
    measures = forms.CharField(
        label="采取了什么措施",
        help_text="内部留存，企业看不到",
        widget=forms.Textarea(attrs={"rows": "3"}),
        required=False,
    )

    def __init__(self, *given: Any, part: Assignment, **more: Any) -> None:
        super().__init__(*given, **more)
        measures = self.fields["measures"]
        measures.required = part.appeal.local and part.role == Role.LEAD
        measures.error_messages["required"] = "自行办结要写明采取了什么措施。"

    def reply(self) -> Reply:
        """Return what was filled in, without what the outcome does not ask for."""
        given = self.cleaned_data
        outcome = Outcome(given["outcome"])
        asked = SHOWS.get(outcome, ())
        if outcome == Outcome.EXPLAINED and not given["ground"]:
            asked = ()
        return Reply(
            outcome=outcome,
            body=given["body"],
            measures=given["measures"],
            proof=given["proof"] if "proof" in asked else "",
            evidence=given["evidence"] if "evidence" in asked else "",
            promise=given["promise"] if "promise" in asked else "",
            promised_on=given["promised_on"] if "promised_on" in asked else None,
            moved_to=given["moved_to"] if "moved_to" in asked else "",
            **{name: given[name] if name in asked else "" for name in REFUSAL_FIELDS},
            files=self.uploads.rows,
        )

    def groups(self) -> list[dict[str, Any]]:
        """Return the fields that only some outcomes ask for, each group with its heading."""
        for name in NOT_OPTIONAL:  # the heading says when; only for the eye, after validation
            self.fields[name].required = True
        return [
            {
                "code": code,
                "title": title,
                "for": " ".join(for_),
                "fields": [self[f] for f in names],
            }
            for code, title, for_, names in GROUPS
        ]


@staff_only
def replies(request: StaffRequest, number: str) -> HttpResponse:
    """Write the unit's answer, or its opinion for the LEAD (报送答复)."""
    part = own_part(request, number)
    case = part.appeal
    if request.method != "POST" and not access.can_reply(request.user, part):
        return over(case)
    last = last_of(case, part) if request.method != "POST" else None
    uploads = uploads_of(request, part, last, by=request.user)
    if uploads.only_files:
        shown = typed(request.POST, tuple(ReplyForm.base_fields))
        form = ReplyForm(part=part, initial=shown, uploads=uploads)
        outcome: Step[Answer] = Step(status=422 if uploads.refused else 200)
    else:
        form = ReplyForm(posted(request), part=part, initial=begun_with(last), uploads=uploads)
        outcome = run(request, partial(send_reply, part, form), form)
    if outcome.done:
        return went(request, _sentence(case, part, outcome.made), case_url(number))
    lead = part.role == Role.LEAD
    context = {
        "title": f"{'写答复' if lead else '写协办意见'} {number}",
        "case": case,
        "part": part,
        "lead": lead,
        "back_url": case_url(number),
        "form": form,
        "groups": form.groups() if lead else [],
        "tried": "、".join(moment(each) for each in actions.unreached(part)) if lead else "",
        "effect": effect_of(case, part),
        "returned": returned_words(last),
    }
    return page(request, TEMPLATE, context, status=outcome.status)


def uploads_of(request: HttpRequest, part: Assignment, last: Answer | None, *, by: User) -> Uploads:
    """Return the files with the form; those of an answer that came back are there at once."""
    codes = posted_codes(request)
    prior = earlier_files(part) if last is not None or codes else []
    if last is not None:
        codes = [row.code for row in prior]
    return receive(request, county=part.county, by=by, codes=codes, prior=prior)


def send_reply(part: Assignment, form: ReplyForm, **given: Any) -> Answer:
    known = {name: given[name] for name in ("by", "at", "key")}
    return actions.reply(part, form.reply(), **known)


def last_of(case: Appeal, part: Assignment) -> Answer | None:
    """Return the answer that came back, to go on from where it was."""
    back = (Answer.State.SENT_BACK, Answer.State.REWORK)
    rows = case.answers.filter(assignment=part, state__in=back).order_by("-pk")
    return rows.select_related(*TEXTS).first()


def returned_words(last: Answer | None) -> str:
    """Return what the leader or the office wrote when it sent the answer back."""
    if last is None:
        return ""
    if last.state == Answer.State.REWORK:
        review = last.reviews.filter(passed=False).select_related("words").last()
        words = review.words if review else None
    else:
        approval = last.approvals.filter(agreed=False).select_related("words").last()
        words = approval.words if approval else None
    return words.body if words else ""


def begun_with(last: Answer | None) -> dict[str, Any]:
    if last is None:
        return {}
    texts = {name: getattr(last, name) for name in TEXTS}
    return {
        "outcome": last.outcome,
        "proof": last.proof,
        "ground": last.ground,
        "promised_on": last.promised_on,
        **{name: text.body for name, text in texts.items() if text is not None},
    }


def effect_of(case: Appeal, part: Assignment) -> str:
    if part.role == Role.ASSIST:
        return "协办意见由本单位分管负责同志审签后交主办单位，企业看不到。"
    onwards = "发给企业" if case.local else "报县办审核"
    if case.nature == Nature.CONSULT:
        signed = "列入计划、办不成、不合理、不属职权的仍由分管负责同志审签"
        return f"咨询类免审签，报送后{onwards}；{signed}。"
    return f"报送后由分管负责同志审签，同意后{onwards}，本单位计时到审签为止。"


def _sentence(case: Appeal, part: Assignment, answer: Answer | None) -> str:
    if answer is None or answer.state == Answer.State.PENDING:
        return f"{case.number}的答复已报送，等分管负责同志审签。"
    if part.role == Role.ASSIST:
        return f"{case.number}的协办意见已交主办单位。"
    return f"{case.number}的答复已{'发给企业' if case.local else '报县办审核'}。"
