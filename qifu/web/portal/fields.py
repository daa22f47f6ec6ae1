"""What the forms of the portal have in common: the room's own checks, in its own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from qifu.kernel.errors import InvalidInput
from qifu.organisations.phones import normalise, normalise_mobile


@contextmanager
def refusals_as_errors() -> Iterator[None]:
    """Turn a room's refusal of one value into the form's error of that field."""
    try:
        yield
    except InvalidInput as refused:
        raise ValidationError(str(refused)) from refused


class CheckedField(forms.CharField):
    """A text that the room itself checks, also when it is empty."""

    def __init__(self, check: Callable[[str], str], missing: str = "", **options: object) -> None:
        super().__init__(**{"strip": True, **options})  # type: ignore[arg-type]
        self.check = check
        self.missing = missing

    def to_python(self, value: object) -> str:
        """Take the words with plain line ends."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        """Leave it to the room, whose sentence says what to do."""

    def clean(self, value: object) -> str:
        """Return the words as the room keeps them."""
        words = str(super().clean(value))
        if not words and not self.required:
            return ""
        if not words and self.missing:
            raise ValidationError(self.missing)
        with refusals_as_errors():
            return self.check(words)


def mobile_field(**options: Any) -> CheckedField:
    """Ask for a mobile number, which can receive a code."""
    missing = "还没填手机号。请填11位手机号。"
    return CheckedField(normalise_mobile, missing, widget=_telephone(), **options)


def phone_field(**options: Any) -> CheckedField:
    """Ask for any number, mobile or landline."""
    return CheckedField(normalise, widget=_telephone(), **options)


def _telephone() -> forms.TextInput:
    return forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
