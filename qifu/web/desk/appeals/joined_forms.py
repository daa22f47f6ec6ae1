"""What the office fills in where cases go together, come apart or go elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from qifu.appeals.models import Appeal


def text_field(label: str, hint: str, missing: str, *, rows: int = 3, **more: Any) -> Any:
    """Return a box for words; without `missing` they may be left out."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"required": missing},
        **more,
    )


class MergerForm(forms.Form):
    """合并: into which case, and why they are one."""

    into = forms.CharField(
        label="合并到哪一件（主件编号）",
        help_text="主件还没有答复，企业可以不是同一家",
        max_length=20,
        error_messages={"required": "没有填编号。请填主件的编号，如2026-0001。"},
    )
    words = text_field(
        "为什么说是同一个问题",
        "只有工作人员看到",
        "没有写理由。请写明为什么说是同一个问题。",
    )

    def __init__(self, *given: Any, find: Callable[[str], Appeal | None], **more: Any) -> None:
        super().__init__(*given, **more)
        self.find = find

    def clean_into(self) -> Appeal:
        found = self.find(self.cleaned_data["into"].replace("\x00", "").strip())
        if found is None:
            raise forms.ValidationError("没有这个编号的诉求，或您看不到它。请核对编号。")
        return found
