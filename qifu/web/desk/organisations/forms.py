"""What these pages ask for. The rules are the room's; a form only says what is missing."""

from __future__ import annotations

from typing import Any

from django import forms

from qifu.organisations import passwords
from qifu.organisations.models import PostKind, Unit, UnitKind, User
from qifu.organisations.models.people import ADMINISTRATORS


class DayField(forms.DateField):
    """A day as browsers send it."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        given.setdefault(
            "error_messages",
            {"required": "没有填日期。请填写。", "invalid": "日期不对。请按2026-11-24的样子填写。"},
        )
        super().__init__(**given)


class SignInForm(forms.Form):
    login = forms.CharField(
        label="账号",
        max_length=100,
        error_messages={"required": "没有填账号。请填写。"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        max_length=1000,
        error_messages={"required": "没有填密码。请填写。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label="原密码",
        strip=False,
        error_messages={"required": "没有填原密码。请填写。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        strip=False,
        help_text=passwords.RULES,
        error_messages={"required": "没有填新密码。请填写。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次新密码",
        strip=False,
        error_messages={"required": "没有再输一次。请填写。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        again = values.pop("again", None)
        if again is not None and values.get("new") is not None and again != values["new"]:
            self.add_error("again", "两次输入的新密码不一样。请重新输入。")
        return values


class AccountForm(forms.Form):
    name = forms.CharField(
        label="姓名", max_length=40, error_messages={"required": "没有填姓名。请填写。"}
    )
    login = forms.CharField(
        label="账号",
        max_length=100,
        help_text="姓名拼音即可，小写字母开头",
        error_messages={"required": "没有填账号。请填写。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    phone = forms.CharField(label="电话", required=False, max_length=40)
    password = forms.CharField(
        label="初始密码",
        strip=False,
        max_length=1000,
        help_text="请当面交给本人；首次登录时须改",
        error_messages={"required": "没有填初始密码。请填写。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class FirstPasswordForm(forms.Form):
    password = forms.CharField(
        label="新的初始密码",
        strip=False,
        max_length=1000,
        help_text="请当面交给本人；下次登录时须改",
        error_messages={"required": "没有填密码。请填写。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class _UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.short_name)


class _PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.login}）"


class PostForm(forms.Form):
    unit = _UnitChoice(
        queryset=None,
        label="单位",
        empty_label="请选择",
        error_messages={
            "required": "还没选单位。请选一个。",
            "invalid_choice": "没有这个单位。请从列表中选。",
        },
    )
    kind = forms.ChoiceField(
        label="岗位",
        choices=[("", "请选择"), *PostKind.choices],
        error_messages={
            "required": "还没选岗位。请选一个。",
            "invalid_choice": "没有这个岗位。请从列表中选。",
        },
    )
    on = DayField(label="任职日期")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ReliefForm(forms.Form):
    on = DayField(label="免职日期", help_text="自这一天起不再担任")


class FilingForm(forms.Form):
    leader = _PersonChoice(
        queryset=None,
        label="分管负责同志",
        empty_label="请选择",
        error_messages={
            "required": "还没选分管负责同志。请选一名。",
            "invalid_choice": "没有这个人。请从列表中选。",
        },
    )
    liaison = _PersonChoice(
        queryset=None,
        label="专职人员",
        empty_label="请选择",
        error_messages={
            "required": "还没选专职人员。请选一名。",
            "invalid_choice": "没有这个人。请从列表中选。",
        },
    )

    def __init__(self, *args: Any, people: Any, fixed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = people  # type: ignore[attr-defined]
            field.disabled = fixed


class NamingForm(forms.Form):
    """A unit's new name from a day on."""

    short_name = forms.CharField(
        label="新简称", max_length=40, error_messages={"required": "没有填简称。请填写。"}
    )
    name = forms.CharField(
        label="新全称", max_length=80, error_messages={"required": "没有填全称。请填写。"}
    )
    code = forms.SlugField(
        label="代码",
        max_length=40,
        help_text="小写字母、数字和横线，乡镇用区划代码",
        error_messages={
            "required": "没有填代码。请填写。",
            "invalid": "代码只能用字母、数字和横线。请改正。",
        },
    )
    on = DayField(label="起始日期", help_text="自这一天起用新名")


class NewUnitForm(NamingForm):
    """A unit that was not there before."""

    kind = forms.ChoiceField(
        label="类别",
        choices=[("", "请选择"), *UnitKind.choices],
        error_messages={"required": "还没选类别。请选一个。"},
    )
    field_order = ("short_name", "name", "code", "kind", "on")


class MergerForm(forms.Form):
    into = _UnitChoice(
        queryset=None,
        label="并入",
        empty_label="请选择",
        help_text="接收单位要先在名册中",
        error_messages={
            "required": "还没选接收单位。请选一个。",
            "invalid_choice": "没有这个单位。请从列表中选。",
        },
    )
    on = DayField(label="合并日期")
    leader = _PersonChoice(
        queryset=None,
        label="合并后的分管负责同志",
        required=False,
        empty_label="不另定，用接收单位现任的",
        help_text="接收单位没有的，并入单位的转任",
        error_messages={"invalid_choice": "没有这个人。请从列表中选。"},
    )
    liaison = _PersonChoice(
        queryset=None,
        label="合并后的专职人员",
        required=False,
        empty_label="不另定，用接收单位现任的",
        error_messages={"invalid_choice": "没有这个人。请从列表中选。"},
    )

    def __init__(self, *args: Any, units: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = units  # type: ignore[attr-defined]
        for name in ("leader", "liaison"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]


def is_administrator(user: User) -> bool:
    """Tell whether the reader is one of the three administrators."""
    return user.reach.has(*ADMINISTRATORS)


def units_to_choose(county: str, on: Any) -> Any:
    """Return the units that a form offers."""
    return Unit.objects.in_county(county).in_force(on).by_pinyin()
