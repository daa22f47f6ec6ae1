"""What the office fills in where cases go together, come apart or go elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from qifu.appeals.actions.splitting import Parting
from qifu.appeals.models import Appeal
from qifu.attachments.models import Attachment
from qifu.web.desk.appeals.forms import CategoryField, CountyForm


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


class SplitForm(CountyForm):
    """拆分: the second problem, what stays, and which files go along."""

    problem = text_field(
        "拆出的一件：另一个问题",
        "照企业原话留下属于它的，删掉别的；企业会看到",
        "没有写另一个问题。请从企业原话里留下属于它的。",
        rows=5,
    )
    rest = text_field(
        "原来这件：留下的问题",
        "照企业原话，删掉拆出去的；企业会看到",
        "没有写留下的问题。请从企业原话里留下属于这件的。",
        rows=5,
    )
    words = text_field(
        "为什么是两个问题", "只有工作人员看到", "没有写理由。请写明为什么是两个问题。", rows=2
    )

    def __init__(
        self, *given: Any, accepted: bool, kept: Sequence[Attachment], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.kept = {row.code: row for row in kept}
        if accepted:
            self.fields["category"] = CategoryField(
                self.county,
                label="拆出的一件是哪一类",
                help_text="决定建议交给谁",
                error_messages={"required": "还没选类别。请选最接近的一类。"},
            )
        if self.kept:
            self.fields["files"] = forms.MultipleChoiceField(
                label="哪些附件归拆出的一件",
                help_text="没选的留在原来这件",
                choices=[(code, row.name) for code, row in self.kept.items()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                error_messages={"invalid_choice": "没有这个附件。请重新选。"},
            )
        self.order_fields(["problem", "category", "rest", "files", "words"])

    def parting(self) -> Parting:
        """Return what was filled in, for the action."""
        given = self.cleaned_data
        files = [self.kept[code] for code in given.get("files", ())]
        return Parting(
            given["problem"], given["rest"], given["words"], given.get("category"), files
        )
