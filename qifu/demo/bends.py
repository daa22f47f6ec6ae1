"""What happens to a fictional case beside the straight road."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qifu.appeals.actions import calling, extending, noting, returning, supplementing, withdrawing
from qifu.appeals.models import (
    Appeal,
    Assignment,
    CallbackOutcome,
    Grade,
    Means,
    ReturnReason,
    Solved,
    WithdrawalReason,
)
from qifu.appeals.rules import Role
from qifu.organisations.models import User


@dataclass
class People:
    """Who acts in the demo."""

    office: User
    reviewer: User
    caller: User
    liaisons: dict[int, User]
    leaders: dict[int, User]
    persons: dict[str, User]


@dataclass
class Bends:
    """The verbs of one case, each with the words of its row."""

    row: dict[str, Any]
    appeal: Appeal
    people: People
    person: User

    def ask_supplement(self, at: datetime) -> None:
        supplementing.ask_supplement(self.appeal, self._words, by=self.people.office, at=at)

    def withdraw(self, at: datetime) -> None:
        reason = WithdrawalReason.SETTLED
        withdrawing.withdraw(self.appeal, reason, words=self._words, by=self.person, at=at)

    def send_back(self, at: datetime) -> None:
        part, reason = self._lead, ReturnReason.OTHER_LEAD
        returning.send_back_to_office(part, reason, self._words, by=self._liaison, at=at)

    def contact(self, at: datetime) -> None:
        said = "已约好本周到厂里看现场。"
        noting.contact(
            self._lead, at, Means.PHONE, reached=True, words=said, by=self._liaison, at=at
        )

    def ask_extension(self, at: datetime) -> None:
        extending.ask_extension(self._lead, 3, self._words, by=self._liaison, at=at)

    def call(self, at: datetime) -> None:
        said = calling.Call(
            CallbackOutcome.SATISFIED,
            self.row["called"],
            contacted=True,
            solved=Solved.PARTLY,
            grade=Grade.FAIR,
        )
        row = self.appeal.callbacks.select_related("appeal").get(outcome="")
        calling.conclude_call(row, said, by=self.people.caller, at=at)

    @property
    def _words(self) -> str:
        return str(self.row["words"])

    @property
    def _lead(self) -> Assignment:
        parts = self.appeal.assignments.filter(role=Role.LEAD)
        return parts.select_related("unit", "appeal__contact", "appeal__category").latest("pk")

    @property
    def _liaison(self) -> User:
        return self.people.liaisons[self._lead.unit_id]
