"""What a unit fills in on the way to what it promised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from qifu.appeals.actions.texts import PROMISE_MAX
from qifu.appeals.models import Milestone
from qifu.web.desk.appeals.tracking_steps import milestone_line

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NO_DAY = "这不是日期。请写成2026-12-31的样子。"


class BreachForm(forms.Form):
    """未兑现: why, and the new day; without one the unit goes on and answers anew."""

    words = forms.CharField(
        label="为什么没办成",
        help_text="企业会看到",
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": "没有写原因。企业会看到，请写清楚。"},
    )
    new_on = forms.DateField(
        label="改到哪天办成",
        help_text="不再承诺日期的空着，转回办理，另行答复",
        required=False,
        widget=DAY,
        error_messages={"invalid": NO_DAY},
    )
    what = forms.CharField(
        label="承诺办成什么",
        help_text=f"跟原来一样的空着；最多{PROMISE_MAX}个字",
        required=False,
    )


class MilestoneForm(forms.Form):
    """加节点: what, by when."""

    what = forms.CharField(
        label="这一步办什么",
        help_text=f"企业会看到，最多{PROMISE_MAX}个字",
        error_messages={"required": "没有写。请写明这一步办什么。"},
    )
    planned_on = forms.DateField(
        label="计划哪天前",
        widget=DAY,
        error_messages={"required": "没有填日期。", "invalid": NO_DAY},
    )


class CompletionForm(forms.Form):
    """节点完成: which of those that are not done."""

    def __init__(self, *given: Any, rows: Iterable[Milestone], **more: Any) -> None:
        super().__init__(*given, **more)
        self.rows = {str(row.turn): row for row in rows}
        choices = []
        for turn, row in self.rows.items():
            what, planned, _ = milestone_line(row)
            choices.append((turn, f"{what}｜{planned}"))
        self.fields["milestone"] = forms.ChoiceField(
            label="哪一步办完了",
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": "还没选。请选一步。", "invalid_choice": "请重新选。"},
        )

    def clean_milestone(self) -> Milestone:
        return self.rows[self.cleaned_data["milestone"]]
