"""A field without a sentence of its own speaks to a clerk, not to a programmer."""

from __future__ import annotations

import pytest
from django import forms


class AnyForm(forms.Form):
    name = forms.CharField(max_length=4)
    kind = forms.ChoiceField(choices=[("a", "甲")])
    kinds = forms.MultipleChoiceField(choices=[("a", "甲")], required=False)
    day = forms.DateField(required=False)
    count = forms.IntegerField(required=False)
    own = forms.CharField(error_messages={"required": "还没写名称。请写。"})


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "这一项还没有填。请填写。"),
        ("name", "长长长长长", "写了5个字，最多4个字。请写短些。"),
        ("name", "a\x00", "里面有看不见的空字符，存不下。请删掉重打。"),
        ("kind", "b", "没有这个选项。请在列出的里面重新选。"),
        ("kinds", "b", "没有这个选项。请在列出的里面重新选。"),
        ("day", "明天", "这不是日期。请写成2026-11-24的样子。"),
        ("count", "三", "这里要填数字。请改正。"),
        ("own", "", "还没写名称。请写。"),
    ],
)
def test_it_says_what_happened_and_what_to_do(field: str, typed: str, sentence: str) -> None:
    form = AnyForm({field: typed})

    assert form.errors[field] == [sentence]
