"""What a unit's leader and the director fill in where a rating is to be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from qifu.appeals.actions.excluding import Panel
from qifu.appeals.models import ExcludeReason
from qifu.organisations.models import User
from qifu.web.desk.appeals.joined_forms import text_field

BETWEEN = re.compile(r"[\s,，、;；]+")
OTHERS = 200


class ExclusionForm(forms.Form):
    """申请剔除评价: what is wrong with it, and what proves that."""

    reason = forms.ChoiceField(
        label="为什么该剔除",
        choices=ExcludeReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "还没选理由。请选一项。", "invalid_choice": "请重新选理由。"},
    )
    words = text_field(
        "依据",
        "凭什么认定：录音、聊天记录、办件经过。评议的人看得到，企业看不到",
        "没有写依据。请写明凭什么认定。",
        rows=5,
    )

    def clean_reason(self) -> ExcludeReason:
        return ExcludeReason(self.cleaned_data["reason"])


class RulingForm(forms.Form):
    """评议结果: who ruled, how many were for it, and why."""

    people = forms.MultipleChoiceField(
        label="谁参加了评议",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "还没选参加评议的人。请照实选。",
            "invalid_choice": "里面有不能参加评议的人，请重新选。",
        },
    )
    others = forms.CharField(
        label="没有账号的代表",
        help_text="人大代表、政协委员、企业代表，写姓名，几个人用顿号隔开",
        required=False,
        max_length=OTHERS,
        error_messages={"max_length": f"最多写{OTHERS}个字，只写姓名。"},
    )
    votes_for = forms.IntegerField(
        label="同意剔除的人数",
        min_value=0,
        max_value=99,
        error_messages={
            "required": "没有填人数。请填同意剔除的有几人，没有就填0。",
            "invalid": "人数要填数字，如2。",
            "min_value": "人数不能小于0。",
            "max_value": "人数填得太多了，请核对。",
        },
    )
    words = text_field(
        "理由", "剔除的，企业会原样看到", "没有写理由。剔除的，企业会原样看到。", rows=4
    )

    def __init__(self, *given: Any, people: Sequence[User], least: int, **more: Any) -> None:
        super().__init__(*given, **more)
        self.users = {str(user.login): user for user in people}
        field: Any = self.fields["people"]
        field.choices = [(login, user.name) for login, user in self.users.items()]
        field.help_text = f"连没有账号的代表，至少{least}人。承办单位的人不参加"

    def panel(self) -> Panel:
        """Return who ruled, each once, and how many were for leaving it out."""
        said = self.cleaned_data
        names = dict.fromkeys(name for name in BETWEEN.split(said["others"]) if name)
        people = [self.users[login] for login in said["people"]]
        return Panel(people, said["votes_for"], tuple(names))
