"""The key by which Chinese names are sorted, since the database knows no such order."""

from __future__ import annotations

from typing import Any

from django.db import models
from pypinyin import Style, lazy_pinyin

# Every bureau of a county begins with 县: it says nothing to whoever looks one up.
UNSAID = "县“”（）"


def sort_key(name: str) -> str:
    """Return the syllables with tone numbers, so that 县财政局 comes before 县城管局."""
    said = name.lstrip(UNSAID) or name
    syllables = lazy_pinyin(said, style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join(syllables).lower()[:200]


def initials(name: str) -> str:
    """Return the first letters, by which a clerk finds a name: 油坊店乡 → yfdx."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()[:80]


class PinyinField(models.CharField):  # type: ignore[type-arg]
    """The sort key of another column, filled in whenever the row is inserted or saved."""

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        kwargs |= {"max_length": 200, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"], kwargs["editable"]
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = sort_key(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, key)
        return key
