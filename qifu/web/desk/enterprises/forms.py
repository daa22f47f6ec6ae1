"""What is filled in about enterprises and those who speak for them."""

from __future__ import annotations

from typing import Any

from django import forms

from qifu.enterprises.actions import Particulars
from qifu.enterprises.actions.registering import LIMITS
from qifu.enterprises.models import Enterprise, EnterpriseStatus, Size
from qifu.enterprises.models.bindings import REFUSALS
from qifu.organisations.models import Unit

REQUIRED = {
    "name": "没有填企业名称。请填营业执照上的全称。",
    "township": "没有选所在地。请选企业所在的乡镇或园区。",
    "phone": "没有填手机号。请填企业人员的11位手机号。",
    "reason": "没有选理由。请选一条，系统会告知申请人。",
}


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A township, park or zone."""

    def label_from_instance(self, obj: Unit) -> str:
        """Name it as people say."""
        return obj.short_name


def _text(field: str, label: str, *, required: bool = False, hint: str = "") -> forms.CharField:
    # The room checks the length and says it in our words.
    messages = {"required": REQUIRED[field]} if required else {}
    return forms.CharField(label=label, required=required, help_text=hint, error_messages=messages)


class EnterpriseForm(forms.Form):
    """The entry of an enterprise; only name and place are needed."""

    name = _text("name", "企业名称", required=True, hint="营业执照上的全称")
    uscc = _text("uscc", "统一社会信用代码", hint="18位；暂时不知道可以不填")
    township = PlaceField(
        label="所在乡镇（园区）",
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label="请选择",
        error_messages={
            "required": REQUIRED["township"],
            "invalid_choice": "这个所在地选不了。请重新选择。",
        },
    )
    short_name = _text(
        "short_name", "简称", hint=f"列表和短信里用，最多{LIMITS['short_name'][1]}字"
    )
    industry = _text("industry", "行业代码", hint="GB/T 4754，2至4位数字")
    size = forms.ChoiceField(
        label="规模", required=False, choices=[("", "未登记"), *Size.choices[:4]]
    )
    contact_name = _text("contact_name", "联系人")
    contact_phone = _text("contact_phone", "联系电话", hint="本人用这个手机号登录，就可以代表企业")
    address = _text("address", "地址")

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = places  # type: ignore[attr-defined]

    def particulars(self) -> Particulars:
        """Return what was filled in, for the action."""
        return Particulars(**{name: self.cleaned_data[name] for name in FIELDS})


FIELDS = tuple(EnterpriseForm.base_fields)


class CorrectionForm(EnterpriseForm):
    """The same entry, corrected; it knows which version its writer saw."""

    status = forms.ChoiceField(label="状态", choices=EnterpriseStatus.choices)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)

    @classmethod
    def starting(cls, enterprise: Enterprise) -> dict[str, object]:
        """Return what the form shows before anything is changed."""
        start = {name: getattr(enterprise, name) for name in (*FIELDS, "status", "revision")}
        return {**start, "township": enterprise.township.code if enterprise.township else ""}


class InvitationForm(forms.Form):
    """The phone of somebody who is to speak for the enterprise."""

    phone = forms.CharField(
        label="企业人员的手机号",
        help_text="本人用它登录后生效，不用再审",
        error_messages={"required": REQUIRED["phone"]},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )


class RefusalForm(forms.Form):
    """Why a request is not approved."""

    reason = forms.ChoiceField(
        label="理由",
        choices=[(reason.value, reason.label) for reason in REFUSALS],
        widget=forms.RadioSelect,
        error_messages={"required": REQUIRED["reason"], "invalid_choice": REQUIRED["reason"]},
    )
