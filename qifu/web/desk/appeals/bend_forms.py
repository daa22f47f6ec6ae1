"""What a unit or the office fills in on the bends of the road."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from qifu.appeals.models import (
    CallbackOutcome,
    Grade,
    Means,
    ReturnReason,
    Solved,
)
from qifu.kernel.clock import local, now
from qifu.organisations.models import Unit, User
from qifu.web.desk.appeals.forms import PICK

OUTCOME_WORDS = {
    CallbackOutcome.SATISFIED: "企业说办成了，或能接受，这件办结",
    CallbackOutcome.AGAIN: "企业有理由，请承办单位再办一次，重新计时",
    CallbackOutcome.EXPLAINED: "要求不合理，已向企业解释，要另一位同志复核",
    CallbackOutcome.UNREACHABLE: "两天各打过一次都没有接通",
    CallbackOutcome.CONFIRMED: "企业自己要撤回，这件结束",
    CallbackOutcome.RESUMED: "企业还要办，回到待受理",
}


def _text(label: str, hint: str, missing: str, *, required: bool = True, rows: int = 4) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"required": missing},
    )


def _pick(label: str, choices: Iterable[Any], missing: str, *, required: bool = True) -> Any:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": "请重新选。"},
    )


class UnitField(forms.ChoiceField):
    """A unit by its code, or none; gives the unit itself."""

    def __init__(self, units: Iterable[Unit], **given: Any) -> None:
        self.units = {unit.code: unit for unit in units}
        choices = [("", "不提建议"), *((u.code, u.short_name) for u in self.units.values())]
        super().__init__(choices=choices, required=False, **given)

    def clean(self, value: Any) -> Unit | None:
        return self.units.get(super().clean(value))


class PersonField(forms.ChoiceField):
    """A colleague by account; gives the account itself."""

    def __init__(self, people: Iterable[User], *, none: str = "", **given: Any) -> None:
        self.people = {str(user.login): user for user in people}
        first = ("", none) if none else PICK
        choices = [first, *((login, str(user)) for login, user in self.people.items())]
        super().__init__(choices=choices, required=not none, **given)

    def clean(self, value: Any) -> User | None:
        return self.people.get(super().clean(value))


class ReturnForm(forms.Form):
    """退单: why, on what ground, and who should have it."""

    reason = _pick("理由", ReturnReason.choices, "还没选理由。请选一项。")
    words = _text(
        "依据", "写明三定方案、文件或事实，县办据此裁定", "没有写依据。请写明退单的依据。"
    )

    def __init__(self, *given: Any, units: Iterable[Unit], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["proposed"] = UnitField(units, label="建议由谁主办")

    def clean_reason(self) -> ReturnReason:
        return ReturnReason(self.cleaned_data["reason"])


class ReturnRulingForm(forms.Form):
    """裁定退单."""

    upheld = _pick(
        "裁定",
        [("yes", "成立｜回到待交办，重新选单位"), ("no", "不成立｜视同签收，由该单位办理")],
        "还没裁定。请选成立或不成立。",
    )
    words = _text("理由", "承办单位会看到", "没有写理由。请写明裁定的理由。", rows=3)

    def clean_upheld(self) -> bool:
        return bool(self.cleaned_data["upheld"] == "yes")


class ExtensionForm(forms.Form):
    """申请延期."""

    days = forms.IntegerField(
        label="申请几个工作日", error_messages={"required": "没有填天数。", "invalid": "请填整数。"}
    )
    words = _text("为什么办不完、差在哪里", "县办据此裁定", "没有写原因。请写明差在哪里。")

    def __init__(self, *given: Any, most: int, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["days"].help_text = f"最多{most}个，只能申请一次"


class ExtensionRulingForm(forms.Form):
    """裁定延期: so many working days, or none."""

    granted = forms.IntegerField(
        label="批准几个工作日",
        help_text="不批准填0",
        error_messages={"required": "没有填天数，不批准填0。", "invalid": "请填整数。"},
    )
    words = _text("理由", "企业会看到", "没有写理由。企业会看到，请写清楚。", rows=3)


class ContactForm(forms.Form):
    """联系记录."""

    reached = _pick(
        "联系上了吗",
        [("yes", "联系上了"), ("no", "没有联系上｜会发短信请企业回电")],
        "还没选。请选联系上了没有。",
    )
    means = _pick("怎么联系的", Means.choices, "还没选方式。")
    contacted_at = forms.DateTimeField(
        label="什么时候",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": "没有填时间。",
            "invalid": "这不是时间。请写成2026-11-24 09:30的样子。",
        },
    )
    words = _text("说了什么", "企业会看到", "", required=False, rows=3)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["contacted_at"].initial = local(now()).replace(second=0, microsecond=0)

    def clean_reached(self) -> bool:
        return bool(self.cleaned_data["reached"] == "yes")

    def clean_means(self) -> Means:
        return Means(self.cleaned_data["means"])

    def clean_contacted_at(self) -> datetime:
        moment: datetime = self.cleaned_data["contacted_at"]
        return moment


class SubAssignmentForm(forms.Form):
    """单位内分派."""

    words = _text("交代", "只有本单位和县办看到", "", required=False, rows=3)

    def __init__(self, *given: Any, people: Iterable[User], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["to"] = PersonField(
            people, label="分派给", error_messages={"required": "还没选人。请选本单位的同志。"}
        )
        self.order_fields(["to", "words"])


class CallForm(forms.Form):
    """回访: two facts first, then the outcome, a grade if one is given, and what was said."""

    contacted = _pick("有没有人联系过企业", [("yes", "有"), ("no", "没有")], "", required=False)
    solved = _pick("事情办成了吗", Solved.choices, "", required=False)
    grade = _pick("企业愿意再评的话", [(str(g.value), g.label) for g in Grade], "", required=False)
    words = _text("企业怎么说", "写企业的原话", "", required=False)

    def __init__(
        self, *given: Any, outcomes: Iterable[CallbackOutcome], office: Iterable[User], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.fields["outcome"] = _pick(
            "结果",
            [(each.value, f"{each.label}｜{OUTCOME_WORDS[each]}") for each in outcomes],
            "还没选结果。请选一项。",
        )
        self.fields["reviewer"] = PersonField(
            office, none="不用复核", label="复核人", help_text="只有“诉求不合理”要另一位同志复核"
        )

    def clean_contacted(self) -> bool | None:
        said = self.cleaned_data["contacted"]
        return None if not said else bool(said == "yes")

    def clean_solved(self) -> Solved | None:
        said = self.cleaned_data["solved"]
        return Solved(said) if said else None

    def clean_grade(self) -> Grade | None:
        said = self.cleaned_data["grade"]
        return Grade(int(said)) if said else None

    def clean_outcome(self) -> CallbackOutcome:
        return CallbackOutcome(self.cleaned_data["outcome"])
