"""What the enterprise is asked when it rates: two facts first, then a grade, then why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from qifu.appeals.actions import rating
from qifu.appeals.actions.texts import optional
from qifu.appeals.models import Answer, Assignment, Grade, Rating, Solved
from qifu.organisations.models import User
from qifu.web.portal.appeals.progress import working
from qifu.web.portal.fields import CheckedField

YES, NO = "yes", "no"
NOT_LISTED = "请在列出的里面选一个。"
# Nothing is ever pre-selected, and leaving it out means nothing.
UNSAID = ("", "不说")


def _radio(label: str, choices: Sequence[tuple[Any, str]], missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": NOT_LISTED},
    )


class VerdictForm(forms.Form):
    """The rating of a case, and of each unit that the enterprise met."""

    contacted = _radio(
        "有没有人联系您？",
        [(YES, "有人联系"), (NO, "没有人联系")],
        "还没选有没有人联系您。请选一个。",
    )
    solved = _radio("事情办成了吗？", Solved.choices, "还没选办成了没有。请选一个。")
    grade = _radio("您满意吗？", Grade.choices, "还没选满意不满意。请选一个最接近的。")
    tags = forms.MultipleChoiceField(
        label="哪里还可以更好？",
        required=False,
        choices=[(tag, tag) for tag in rating.TAGS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    words = CheckedField(
        lambda words: optional("words", words),
        label="还想说的",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shared = forms.BooleanField(
        label="这段话可以给承办单位看", required=False, help_text="不勾，只有县办和监督单位看得到。"
    )

    def __init__(self, *given: Any, parts: Sequence[Assignment], **named: Any) -> None:
        super().__init__(*given, **named)
        self.met = [part for part in working(list(parts)) if part.signed_at is not None]
        for part in self.met:
            for aspect, label in (("attitude", "态度"), ("speed", "快慢")):
                self.fields[f"{aspect}-{part.unit.code}"] = forms.ChoiceField(
                    label=f"{part.unit}的{label}",
                    required=False,
                    choices=[UNSAID, *Grade.choices],
                    error_messages={"invalid_choice": NOT_LISTED},
                )

    def of_units(self) -> list[BoundField]:
        """Return the fields that ask about single units."""
        return [
            self[f"{what}-{part.unit.code}"] for part in self.met for what in ("attitude", "speed")
        ]

    def verdict(self) -> rating.Verdict:
        """Return what was said, as the room takes it."""
        said = self.cleaned_data
        return rating.Verdict(
            contacted=said["contacted"] == YES,
            solved=Solved(said["solved"]),
            grade=Grade(int(said["grade"])),
            tags=said["tags"],
            words=said["words"],
            shared=said["shared"],
            manners=[self._manner(part) for part in self.met],
        )

    def _manner(self, part: Assignment) -> rating.Manner:
        attitude, speed = (
            self._grade(f"{what}-{part.unit.code}") for what in ("attitude", "speed")
        )
        return rating.Manner(part, attitude, speed)

    def _grade(self, name: str) -> Grade | None:
        chosen = self.cleaned_data.get(name)
        return Grade(int(chosen)) if chosen else None


@dataclass(frozen=True)
class Rater:
    """Takes one answer's verdict to the room, for `answers.run`."""

    answer: Answer
    form: VerdictForm
    by: User | None

    def __call__(self, *, at: datetime, key: str, **_said: Any) -> Rating:
        return rating.rate(self.answer, self.form.verdict(), by=self.by, at=at, key=key)
