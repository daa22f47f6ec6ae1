"""What a form says where a field has no sentence of its own: what happened, what to do.

Django's own sentences speak to programmers (“确保该变量包含不超过 40 字符”).
"""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator

NOT_A_DAY = "这不是日期。请写成2026-11-24的样子。"
NOT_OFFERED = "没有这个选项。请在列出的里面重新选。"
TOO_LONG = "写了%(show_value)d个字，最多%(limit_value)d个字。请写短些。"
EMPTY_SIGN = "里面有看不见的空字符，存不下。请删掉重打。"

SENTENCES: Mapping[type[forms.Field], Mapping[str, str]] = {
    forms.Field: {"required": "这一项还没有填。请填写。"},
    forms.ChoiceField: {"invalid_choice": NOT_OFFERED},
    forms.MultipleChoiceField: {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED},
    forms.ModelChoiceField: {"invalid_choice": NOT_OFFERED},
    forms.DateField: {"invalid": NOT_A_DAY},
    forms.DateTimeField: {"invalid": "这不是时间。请写成2026-11-24 09:30的样子。"},
    forms.IntegerField: {"invalid": "这里要填数字。请改正。"},
}


def speak_plainly() -> None:
    """Let every form of every face say it in our words unless a field says it better."""
    for field, sentences in SENTENCES.items():
        field.default_error_messages = {**field.default_error_messages, **sentences}
    MaxLengthValidator.message = TOO_LONG
    ProhibitNullCharactersValidator.message = EMPTY_SIGN
