"""What a clerk or a unit fills in for each verb; the rules are checked by the actions."""

from __future__ import annotations

from typing import Any

from django import forms

from qifu.appeals.categories import category_of, kinds_in_force
from qifu.appeals.models import Category
from qifu.appeals.rules import DECLINE_ADVICE, HAND_UP_REASONS, REFUSALS, DeclineReason
from qifu.kernel.clock import local_date, now
from qifu.web.ui.cautious import CautiousForm

PICK = ("", "请选")


class CategoryField(forms.ChoiceField):
    """A category of the second level, grouped under the first; gives the category itself."""

    def __init__(self, county: str, **given: Any) -> None:
        self.county = county
        groups: list[Any] = [PICK]
        for top, kinds in kinds_in_force(county, local_date(now())):
            groups.append((top.name, [(kind.code, kind.name) for kind in kinds]))
        super().__init__(choices=groups, **given)

    def clean(self, value: Any) -> Category | None:
        code = super().clean(value)
        return category_of(self.county, code) if code else None


class CountyForm(forms.Form):
    """A form whose choices come from the county's own tables."""

    def __init__(self, *given: Any, county: str, **more: Any) -> None:
        super().__init__(*given, **more)
        self.county = county


class AcceptanceForm(CountyForm):
    """受理: what it is about."""

    def __init__(self, *given: Any, county: str, **more: Any) -> None:
        super().__init__(*given, county=county, **more)
        self.fields["category"] = CategoryField(
            county,
            label="类别",
            help_text="决定建议交给谁",
            error_messages={"required": "还没选类别。请选最接近的一类，说不清就选“其他”。"},
        )


class OnTheSpotForm(CautiousForm, CountyForm):
    """当场答复: the category and the answer itself."""

    cautious = ("body",)

    body = forms.CharField(
        label="答复",
        help_text="企业会原样看到，并可以评价",
        widget=forms.Textarea(attrs={"rows": "6"}),
        error_messages={"required": "还没写答复。企业会原样看到，请写清楚。"},
    )

    def __init__(self, *given: Any, county: str, **more: Any) -> None:
        super().__init__(*given, county=county, **more)
        self.fields["category"] = CategoryField(
            county, label="类别", error_messages={"required": "还没选类别。请选最接近的一类。"}
        )
        self.order_fields(["category", "body"])


class DeclineForm(forms.Form):
    """不予受理: a coded reason, each with the way that is open instead."""

    reason = forms.ChoiceField(
        label="理由",
        help_text="企业会看到理由和可以去哪里办",
        choices=[
            (reason.value, f"{reason.label}｜{DECLINE_ADVICE[reason]}") for reason in REFUSALS
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "还没选理由。请选一项，都不符合就应当受理。",
            "invalid_choice": "没有这个理由。请重新选。",
        },
    )
    words = forms.CharField(
        label="补充说明",
        help_text="企业也会看到",
        widget=forms.Textarea(attrs={"rows": "3"}),
        required=False,
    )

    def clean_reason(self) -> DeclineReason:
        return DeclineReason(self.cleaned_data["reason"])


class WordsForm(forms.Form):
    """One text that has to be written, asked for by its label."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": "4"}))

    def __init__(self, *given: Any, label: str, hint: str, missing: str, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["words"].label = label
        self.fields["words"].help_text = hint
        self.fields["words"].error_messages["required"] = missing


class HandUpForm(forms.Form):
    """上交: why it cannot be settled here, and what was tried."""

    reason = forms.ChoiceField(
        label="为什么办不了",
        choices=list(HAND_UP_REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "还没选原因。请选一项。", "invalid_choice": "请重新选原因。"},
    )
    tried = forms.CharField(
        label="已经做了哪些工作、卡在哪里",
        help_text="县办据此交办，不用再问一遍",
        widget=forms.Textarea(attrs={"rows": "5"}),
        error_messages={"required": "还没写做了哪些工作。请写明已经做的和卡在哪里。"},
    )


class ViewerForm(forms.Form):
    """指定查看人: a colleague by account, for a reason, until a day."""

    login = forms.CharField(
        label="账号",
        help_text="本县工作人员的登录账号；企业里别的人填手机号",
        max_length=40,
        error_messages={"required": "没有填账号。请填对方的登录账号。"},
    )
    why = forms.CharField(
        label="为什么需要查看",
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": "没有写原因。请写明为什么需要查看。"},
    )
    until = forms.DateField(
        label="看到哪天为止",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "这不是日期。请写成2026-12-01的样子。"},
    )
