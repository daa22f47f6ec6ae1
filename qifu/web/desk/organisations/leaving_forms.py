"""What the pages of absences and hand-overs ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from qifu.organisations.hand_overs import BlockLine
from qifu.organisations.models import AbsenceReason, LeavingReason, Post, User
from qifu.web.desk.organisations.forms import DayField

Choices = list[Any]


class AbsenceForm(forms.Form):
    """Who is away, from when to when, and who stands in."""

    seat = forms.ChoiceField(
        label="外出人",
        error_messages={
            "required": "还没选外出人。请选一个。",
            "invalid_choice": "没有这个人。请从列表中选。",
        },
    )
    first = DayField(label="第一天")
    last = DayField(label="最后一天", help_text="含这一天")
    reason = forms.ChoiceField(
        label="原因",
        choices=[("", "请选择"), *AbsenceReason.choices],
        error_messages={"required": "还没选原因。请选一个。"},
    )
    deputy = forms.ChoiceField(
        label="代班人（B岗）",
        required=False,
        help_text="本单位或上级单位的人；没有的留空，县办会看到",
        error_messages={"invalid_choice": "没有这个人。请从列表中选。"},
    )

    def __init__(
        self, *given: Any, seats: Sequence[Post], deputies: Sequence[Post], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.seats = {f"{post.user.login}@{post.unit.code}": post for post in seats}
        self.deputies = {str(post.user.login): post.user for post in deputies}
        people = [(key, f"{p.user.name}（{p.unit.short_name}）") for key, p in self.seats.items()]
        self.fields["seat"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]
        if len(people) == 1:
            self.fields["seat"].initial = people[0][0]
        self.fields["deputy"].choices = [  # type: ignore[attr-defined]
            ("", "暂时没有代班人"),
            *by_unit(deputies),
        ]

    def clean_seat(self) -> Post:
        return self.seats[self.cleaned_data["seat"]]

    def clean_deputy(self) -> User | None:
        return self.deputies.get(self.cleaned_data["deputy"])


class DeputyForm(forms.Form):
    """Who stands in."""

    deputy = forms.ChoiceField(
        label="代班人（B岗）",
        error_messages={
            "required": "还没选代班人。请选一名。",
            "invalid_choice": "没有这个人。请从列表中选。",
        },
    )

    def __init__(self, *given: Any, people: Iterable[User], **more: Any) -> None:
        super().__init__(*given, **more)
        self.people = {str(user.login): user for user in people}
        names = [(login, user.name) for login, user in self.people.items()]
        self.fields["deputy"].choices = [("", "请选择"), *names]  # type: ignore[attr-defined]

    def clean_deputy(self) -> User:
        return self.people[self.cleaned_data["deputy"]]


class HandOverForm(forms.Form):
    """Who goes, why, and on which day."""

    leaver = forms.ChoiceField(
        label="移交人",
        error_messages={
            "required": "还没选移交人。请选一名。",
            "invalid_choice": "没有这个人。请从列表中选。",
        },
    )
    reason = forms.ChoiceField(
        label="原因",
        choices=[("", "请选择"), *LeavingReason.choices],
        error_messages={"required": "还没选原因。请选一个。"},
    )
    effective_on = DayField(label="交接日期", help_text="自这一天起由接收人办")

    def __init__(self, *given: Any, people: Iterable[User], **more: Any) -> None:
        super().__init__(*given, **more)
        self.people = {str(user.login): user for user in people}
        names = [(login, f"{user.name}（{login}）") for login, user in self.people.items()]
        self.fields["leaver"].choices = [("", "请选择"), *names]  # type: ignore[attr-defined]

    def clean_leaver(self) -> User:
        return self.people[self.cleaned_data["leaver"]]


class ReceiverField(forms.ChoiceField):
    """Somebody for a block. Each needs one in the end, but they may be named one by one."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class ReceiversForm(forms.Form):
    """Who takes each block that is open."""

    def __init__(
        self, *given: Any, lines: Sequence[BlockLine], people: Iterable[User], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.people = {str(user.login): user for user in people}
        names = [(login, f"{user.name}（{login}）") for login, user in self.people.items()]
        for line in lines:
            named = line.block.receiver if line.block else None
            self.fields[line.family.code] = ReceiverField(
                label=f"{line.family.name}{line.count}{line.family.measure}",
                choices=[("", "请选接收人"), *names],
                initial=named.login if named else "",
                error_messages={"invalid_choice": "没有这个人。请从列表中选。"},
            )

    @property
    def receivers(self) -> dict[str, User]:
        """Return who was named, by the block's code."""
        return {
            code: self.people[login]
            for code, login in self.cleaned_data.items()
            if login in self.people
        }


def by_unit(posts: Iterable[Post]) -> Choices:
    """Return people as choices, grouped under their units."""
    groups: dict[str, Choices] = {}
    for post in posts:
        groups.setdefault(post.unit.short_name, []).append((post.user.login, post.user.name))
    if len(groups) == 1:
        return next(iter(groups.values()))
    return list(groups.items())


def days(first: date, last: date) -> str:
    """Write `11月24日至12月1日` or one day."""
    begin = f"{first.month}月{first.day}日"
    return begin if first == last else f"{begin}至{last.month}月{last.day}日"
