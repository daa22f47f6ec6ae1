"""What an enterprise may say on the way: supply, urge, withdraw, ask again, object to more time.

Each has a page of its own; what cannot be said any more is told there, with what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from qifu.appeals import access, clocks
from qifu.appeals.actions import (
    again,
    confiding,
    excluding,
    extending,
    promising,
    supplementing,
    withdrawing,
)
from qifu.appeals.actions.texts import optional, required
from qifu.appeals.models import Appeal, Exclude, WithdrawalReason
from qifu.kernel.clock import now
from qifu.web.portal.appeals.allowed import extension_granted, may_reopen, open_supplement
from qifu.web.portal.appeals.case import read_parts
from qifu.web.portal.appeals.plan import open_promise
from qifu.web.portal.appeals.words import by_when
from qifu.web.portal.fields import CheckedField
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.gates import PersonRequest, person_only
from qifu.web.ui.toasts import say
from qifu.web.ui.uploads import UploadingForm, Uploads, posted_codes, receive, typed

TEMPLATE = "portal/appeals/ask.html"


def _words(label: str, hint: str, missing: str = "", rows: int = 5) -> CheckedField:
    """Ask for words; without `missing` they may be left out."""
    return CheckedField(
        (lambda words: required("words", words, missing))
        if missing
        else (lambda words: optional("words", words)),
        label=label,
        help_text=hint,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class SupplementForm(UploadingForm):
    cautious = ("words",)

    words = _words("补充的内容", "照上面写的逐项补。", "还没写。请把还差的内容写在这里。", 6)


class UrgeForm(forms.Form):
    words = _words("想说的话", "有新情况可以写上，承办单位看得到。", rows=3)


class ReopeningForm(forms.Form):
    words = _words(
        "还有什么没办好", "照实写，原来的单位会再办一次。", "还没写。请写明还有什么没办好。"
    )


class ExtensionObjectionForm(forms.Form):
    words = _words("您的意见", "为什么等不了，照实写。", "还没写意见。请写明为什么等不了。")


class PromiseObjectionForm(forms.Form):
    words = _words("您的意见", "为什么等不了，照实写。", "还没写意见。请写明为什么等不了。")


class ExclusionObjectionForm(forms.Form):
    words = _words("您的意见", "为什么应当计入，照实写。", "还没写意见。请写明为什么应当计入。")


class ConfidenceForm(forms.Form):
    words = _words("想说的话", "怕什么、要防着谁，可以写上，不写也行。", rows=3)


class WithdrawalForm(forms.Form):
    reason = forms.ChoiceField(
        label="为什么撤回",
        choices=WithdrawalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "还没选原因。请选一项。", "invalid_choice": "请重新选。"},
    )
    words = _words("想说的话", "有人要您撤回的，请不要撤，打电话告诉县办。", rows=3)

    def clean_reason(self) -> WithdrawalReason:
        return WithdrawalReason(self.cleaned_data["reason"])


@dataclass(frozen=True)
class Ask:
    """One page: what it says, what it does, and why not where it cannot be done."""

    title: str
    effect: str
    button: str
    done: str
    # Why it cannot be done now; empty where it can.
    shut: str = ""
    quote: str = ""
    quote_label: str = ""
    danger: bool = False


@person_only
def supplements(request: PersonRequest, number: str) -> HttpResponse:
    """Supply what is missing (补充)."""
    appeal, _ = read_parts(request.user, number, now())
    row = open_supplement(appeal)
    due = by_when(row.due_on, now()) if row else ""
    ask = Ask(
        "补充材料",
        f"{due}补上，补上以后接着办。不补也不会自动撤回，县办会打电话问您。",
        "补上",
        "已补上，接着办。",
        shut="" if row else "现在没有要补的。有新情况可以点“催一催”写上。",
        quote=row.words.body if row else "",
        quote_label="还差什么",
    )
    uploads = Uploads()
    if row is not None:
        uploads = receive(
            request, county=appeal.county, by=request.user, codes=posted_codes(request)
        )
    if uploads.only_files:
        form = SupplementForm(initial=typed(request.POST, ("words",)), uploads=uploads)
        return _show(request, appeal, ask, form, status=422 if uploads.refused else 200)
    act = partial(supplementing.supply, row, files=uploads.rows) if row else None
    form = SupplementForm(request.POST or None, uploads=uploads)
    return _step(request, appeal, ask, form, act)


@person_only
def urges(request: PersonRequest, number: str) -> HttpResponse:
    """Ask where it stands (催一催)."""
    appeal, _ = read_parts(request.user, number, now())
    ask = Ask(
        "催一催",
        "县办和承办单位今天就会看到。一天可以催一次，急事请直接打电话。",
        "催一催",
        "已催，县办和承办单位今天会看到。",
        shut="" if access.can_urge(request.user, appeal) else "这件现在不用催了。",
    )
    act = partial(withdrawing.urge, appeal)
    return _step(request, appeal, ask, UrgeForm(request.POST or None), act)


@person_only
def withdrawals(request: PersonRequest, number: str) -> HttpResponse:
    """Take the case back (撤回)."""
    appeal, _ = read_parts(request.user, number, now())
    can = access.can_withdraw(request.user, appeal)
    ask = Ask(
        "撤回这件",
        "撤回以后单位不再办，也不能再恢复；以后有需要可以重新说一件。",
        "撤回",
        "已撤回，单位不再办了。",
        shut="" if can else "已经答复或已经结束的，不用撤回。",
        danger=True,
    )
    act = partial(withdrawing.withdraw, appeal)
    return _step(request, appeal, ask, WithdrawalForm(request.POST or None), act)


@person_only
def reopenings(request: PersonRequest, number: str) -> HttpResponse:
    """Ask that it be handled once more (要求重办)."""
    appeal, _ = read_parts(request.user, number, now())
    days = clocks.timing(appeal.county, now()).limits.reopen_days
    shut = f"办结后{days}天内可以要求一次，现在不能了。有新情况请重新说一件。"
    ask = Ask(
        "没办好，要求重办",
        f"办结后{days}天内可以要求一次，由原来的单位再办，重新计时。",
        "要求重办",
        "已要求重办，单位会再办一次。",
        shut="" if may_reopen(request.user, appeal) else shut,
    )
    act = partial(again.reopen, appeal)
    return _step(request, appeal, ask, ReopeningForm(request.POST or None), act)


@person_only
def extension_objections(request: PersonRequest, number: str) -> HttpResponse:
    """Disagree with more time (对延期提不同意见)."""
    appeal, _ = read_parts(request.user, number, now())
    row = extension_granted(appeal)
    ask = Ask(
        "不同意延期",
        f"县办批准单位多用{row.granted}个工作日。您的意见县办会看，并打电话问您。" if row else "",
        "提意见",
        "您的意见已交县办。",
        shut="" if row else "没有可以提意见的延期，或者已经提过。",
        quote=row.ruling.body if row and row.ruling else "",
        quote_label="县办批准的理由",
    )
    act = partial(extending.object_to_extension, row) if row else None
    return _step(request, appeal, ask, ExtensionObjectionForm(request.POST or None), act)


@person_only
def promise_objections(request: PersonRequest, number: str) -> HttpResponse:
    """Disagree with the day of a promise (对承诺日期提不同意见)."""
    appeal, _ = read_parts(request.user, number, now())
    row = open_promise(appeal)
    ask = Ask(
        "不同意这个日期",
        f"单位承诺{by_when(row.due_on, now())}办成。您的意见县办会看，并打电话问您。"
        if row
        else "",
        "提意见",
        "您的意见已交县办。",
        shut="" if row else "没有可以提意见的承诺日期，或者已经提过。",
        quote=row.what.body if row else "",
        quote_label="单位承诺办成什么",
    )
    act = partial(promising.object_to_promise, row) if row else None
    return _step(request, appeal, ask, PromiseObjectionForm(request.POST or None), act)


@person_only
def exclusion_objections(request: PersonRequest, number: str) -> HttpResponse:
    """Say that the rating ought to count (不同意剔除评价)."""
    appeal, _ = read_parts(request.user, number, now())
    row = excluding.shown_exclusion(appeal)
    can = row is not None and row.state == Exclude.EXCLUDED
    ask = Ask(
        "不同意剔除评价",
        "您的意见交评议小组重新评议，结果短信告诉您。只能提一次。",
        "提意见",
        "您的意见已交县办，重新评议后告诉您。",
        shut="" if can else "现在没有可以提意见的，或者已经提过。",
    )
    act = partial(excluding.object_to_exclusion, row) if row and can else None
    return _step(request, appeal, ask, ExclusionObjectionForm(request.POST or None), act)


@person_only
def confidences(request: PersonRequest, number: str) -> HttpResponse:
    """Have the case kept from others, or no longer (请为我保密)."""
    appeal, _ = read_parts(request.user, number, now())
    kept = appeal.confidential
    can = access.is_confidant(request.user, appeal)
    ask = Ask(
        "不再保密" if kept else "请为我保密",
        "不再保密，就和别的诉求一样，县办、承办单位和您企业的同事都看得到。"
        if kept
        else "以后只有您、县办主任、主办单位负责人和指定的经办人看得到，编号也会换。",
        "不再保密" if kept else "保密",
        "已经不再保密。" if kept else "已经保密，编号换了。",
        shut="" if can else "要由提交这件的人来说。",
    )
    act = partial(confiding.lift_confidence if kept else confiding.keep_confidential, appeal)
    return _step(request, appeal, ask, ConfidenceForm(request.POST or None), act if can else None)


def _step(
    request: PersonRequest,
    appeal: Appeal,
    ask: Ask,
    form: forms.Form,
    act: Callable[..., object] | None,
) -> HttpResponse:
    """Show the page, or take the step; what is over answers a step with 409."""
    status = 409 if request.method == "POST" else 200
    if act is not None:
        outcome = run(request, act, form)
        status = outcome.status
        if outcome.done:
            say(request, ask.done)
            # A case that is kept from others has another number than before.
            return see_other(request, reverse("portal:appeal", args=[appeal.number]))
    return _show(request, appeal, ask, form, status=status)


def _show(
    request: PersonRequest, appeal: Appeal, ask: Ask, form: forms.Form, *, status: int
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": ask.title,
        "back_url": reverse("portal:appeal", args=[appeal.number]),
        "appeal": appeal,
        "ask": ask,
        "form": form,
        "kept": form.data.get("words", "").strip(),
    }
    return page(request, TEMPLATE, context, status=status)
