"""What the office fills in where a case leaves the system (转出)."""

from __future__ import annotations

from typing import Any

from django import forms

from qifu.appeals.actions.turning_away import LINE, Departure
from qifu.appeals.rules import DECLINE_ADVICE, EXITS, DeclineReason
from qifu.web.desk.appeals.joined_forms import text_field

TOO_LONG = f"最多{LINE}个字。请写短些。"


def _line(label: str, hint: str, missing: str = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LINE,
        required=bool(missing),
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


class TurnAwayForm(forms.Form):
    """转出: by which exit, where to, whom the enterprise asks there."""

    exit = forms.ChoiceField(
        label="为什么不在这里办",
        help_text="企业会看到理由和后面这句话",
        choices=[(each.value, f"{each.label}｜{DECLINE_ADVICE[each]}") for each in EXITS],
        widget=forms.RadioSelect,
        error_messages={
            "required": "还没选为什么转出。请选一项，都不是的请用“不予受理”。",
            "invalid_choice": "没有这一项。请重新选。",
        },
    )
    went_to = _line(
        "转到哪里",
        "单位名称，如“县信访局”，企业会看到",
        "没有写转到哪里。请写单位名称。",
    )
    whom = _line(
        "找谁、怎么联系",
        "如“来访接待科，电话0564-7356000”，企业会看到",
        "没有写找谁。请写科室或联系人，和电话。",
    )
    went_on = forms.DateField(
        label="哪天转的",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "没有填日期。请填转出那天。",
            "invalid": "这不是日期。请写成2026-12-08的样子。",
        },
    )
    handed_over = forms.BooleanField(
        label="县办已经书面转去",
        help_text="举报和违纪违法线索必须先书面移交；转出后原文和附件从本系统删除，不能恢复",
        required=False,
    )
    receipt = _line("移送文号或回执", "书面转去的要写，企业看不到")
    words = text_field("还要告诉企业什么", "企业会看到", "", rows=2)

    def departure(self) -> Departure:
        """Return what was filled in, for the action."""
        given = self.cleaned_data
        return Departure(**{**given, "exit": DeclineReason(given["exit"])})
