"""What an answer that says no has to tell the enterprise besides (办不成告知书)."""

from __future__ import annotations

from django import forms

from qifu.appeals.rules import REFUSING, Ground

REFUSAL_FIELDS = ("ground", "basis", "tried", "alternatives")
REFUSAL_GROUP = (
    "refusal",
    "办不成告知：条件不具备、不合理、不属职权必填",
    tuple(outcome.value for outcome in REFUSING),
    REFUSAL_FIELDS,
)


class RefusalFields(forms.Form):
    """On what the no rests, what was tried, and what else the enterprise can do."""

    ground = forms.ChoiceField(
        label="依据种类",
        help_text="“解释说明”属于政策不支持的也选，选了就出告知书",
        choices=[("", "请选"), *Ground.choices],
        required=False,
    )
    basis = forms.CharField(
        label="具体依据",
        help_text="哪部规定第几条，或者缺哪一项必备条件；企业会看到",
        widget=forms.Textarea(attrs={"rows": "2"}),
        required=False,
    )
    tried = forms.CharField(
        label="为企业试过什么办法",
        help_text="企业会看到",
        widget=forms.Textarea(attrs={"rows": "2"}),
        required=False,
    )
    alternatives = forms.CharField(
        label="企业还可以怎么办",
        help_text="别的政策、补齐什么再办、找谁、电话；企业会看到",
        widget=forms.Textarea(attrs={"rows": "3"}),
        required=False,
    )
