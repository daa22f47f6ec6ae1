"""What each link of a unit's person shows and does; the action is the desk's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django import forms

from qifu.appeals.actions import noting, working
from qifu.appeals.links import Door
from qifu.appeals.models import LinkStep
from qifu.appeals.rules import Role
from qifu.kernel.errors import InvalidInput
from qifu.organisations.actions.step_codes import confirm_step_code
from qifu.organisations.models import User
from qifu.web.desk.appeals.approvals import ApprovalForm
from qifu.web.desk.appeals.bend_forms import ContactForm
from qifu.web.desk.appeals.forms import WordsForm
from qifu.web.desk.appeals.lines import outcome_facts
from qifu.web.desk.appeals.replies import (
    ReplyForm,
    begun_with,
    effect_of,
    last_of,
    returned_words,
    send_reply,
    uploads_of,
)
from qifu.web.ui.gates import OpenRequest
from qifu.web.ui.link_pages import posted
from qifu.web.ui.uploads import typed

STEP = "desk/links/step.html"


@dataclass(frozen=True)
class Linked:
    """One step: its page, its form and the action that takes it."""

    form: forms.Form
    act: Callable[..., object]
    context: Mapping[str, Any] = field(default_factory=dict)
    template: str = STEP
    only_files: bool = False
    # Asked before the step, in a deed of its own, with what the form holds.
    before: Callable[..., None] | None = None


class SignForm(forms.Form):
    """Nothing to fill in: the button signs."""


class CodedApprovalForm(ApprovalForm):
    """审签 by link: yes or no, a word, and the code that the leader's own phone received."""

    agreed = forms.ChoiceField(
        choices=[("yes", "同意"), ("no", "退回")],
        error_messages={"required": "请点“同意”或“退给经办人改”。", "invalid_choice": "请重新点。"},
    )
    code = forms.CharField(
        label="手机验证码",
        help_text="发到您本人手机的6位数字，只用于这一件",
        max_length=20,
        error_messages={
            "required": "还没填验证码。请先点“发验证码”，再填短信里的6位数字。",
            "max_length": "验证码只有6位数字。请核对短信。",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        # Asked for before the code is used up.
        if cleaned.get("agreed") == "no" and not cleaned.get("words", "").strip():
            self.add_error("words", "请写明要改什么。")
        return cleaned


def sign(request: OpenRequest, door: Door) -> Linked:
    """签收."""
    texts = {"heading": "签收", "effect": "签收后开始联系企业、办理。", "label": "签收"}
    form = SignForm(posted(request))
    return Linked(form, partial(working.sign, door.part), texts)


def contact(request: OpenRequest, door: Door) -> Linked:
    """记一次联系."""
    texts = {
        "heading": "记一次联系",
        "effect": "第一次联系上就算首次联系。没有联系上，系统发短信请企业回电。",
        "label": "记下来",
        "rings": True,
    }
    form = ContactForm(posted(request))
    return Linked(form, partial(noting.contact, door.part), texts)


def note(request: OpenRequest, door: Door) -> Linked:
    """办理记录."""
    form = WordsForm(posted(request), label="办理记录", hint="企业看不到", missing="没有写记录。")
    texts = {
        "heading": "写办理记录",
        "effect": "本单位和县办看得到，企业看不到。",
        "label": "记下来",
    }
    return Linked(form, partial(noting.note, door.part), texts)


def interim(request: OpenRequest, door: Door) -> Linked:
    """阶段答复."""
    form = WordsForm(
        posted(request),
        label="告诉企业的话",
        hint="企业会原样看到：办到哪一步、下一步、哪天",
        missing="没有写进展。请写办到哪一步、下一步是什么。",
    )
    texts = {
        "heading": "阶段答复",
        "effect": "企业立即看到，办理时限不变。",
        "label": "发给企业",
        "rings": True,
    }
    return Linked(form, partial(noting.tell_meanwhile, door.part), texts)


def reply(request: OpenRequest, door: Door) -> Linked:
    """报送答复: the leader signs it before it goes out."""
    part, case, person = door.part, door.appeal, holder(door)
    is_sent = request.method == "POST"
    last = None if is_sent else last_of(case, part)
    uploads = uploads_of(request, part, last, by=person)
    if uploads.only_files:
        begun = typed(request.POST, tuple(ReplyForm.base_fields))
        form = ReplyForm(part=part, initial=begun, uploads=uploads)
    else:
        form = ReplyForm(posted(request), part=part, initial=begun_with(last), uploads=uploads)
    lead = part.role == Role.LEAD
    texts = {
        "heading": "写答复" if lead else "写协办意见",
        "effect": effect_of(case, part),
        "label": "报送答复" if lead else "报送协办意见",
        "lead": lead,
        "returned": returned_words(last),
    }
    act = partial(send_reply, part, form)
    return Linked(form, act, texts, "desk/links/reply.html", uploads.only_files)


def approve(request: OpenRequest, door: Door) -> Linked:
    """审签, with a code to the leader's own phone: whoever has the link alone signs nothing."""
    answer, person = door.answer, holder(door)
    begun = typed(request.POST, ("words",))
    form = CodedApprovalForm(posted(request), initial=begun)

    def before(*, code: str, at: datetime, **_said: Any) -> None:
        confirm_step_code(person, purpose_of(door), code=code, at=at)

    def act(*, agreed: str, words: str, by: User, at: datetime, key: str, **_said: Any) -> object:
        ruled = working.approve if agreed == "yes" else working.send_back
        return ruled(answer, words=words, by=by, at=at, key=key)

    texts = {
        "heading": "审签",
        "answer": answer,
        "facts": outcome_facts(answer),
        "own": answer.by_id == person.pk,
    }
    return Linked(form, act, texts, "desk/links/approve.html", before=before)


def purpose_of(door: Door) -> str:
    """Return what a code for this link is bound to."""
    return f"link:{door.link.number}"


def holder(door: Door) -> User:
    """Return whose link it is."""
    if door.link.person is None:
        raise InvalidInput("code", "这个链接不是发给工作人员的。")
    return door.link.person


PAGES: Mapping[str, Callable[[OpenRequest, Door], Linked]] = {
    LinkStep.SIGN: sign,
    LinkStep.CONTACT: contact,
    LinkStep.NOTE: note,
    LinkStep.INTERIM: interim,
    LinkStep.REPLY: reply,
    LinkStep.APPROVE: approve,
}
