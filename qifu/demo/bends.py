"""What happens to a fictional case beside the straight road."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qifu.appeals.actions import (
    calling,
    coming_back,
    escalating,
    extending,
    from_above,
    merging,
    milestones,
    noting,
    promising,
    returning,
    splitting,
    supplementing,
    turning_away,
    withdrawing,
)
from qifu.appeals.models import (
    Appeal,
    Assignment,
    CallbackOutcome,
    Grade,
    Level,
    Means,
    ReturnReason,
    Solved,
    StuckBy,
    UpperResult,
    WithdrawalReason,
)
from qifu.appeals.rules import DeclineReason, Role
from qifu.kernel.clock import local_date
from qifu.organisations.models import User
from qifu.workdays.almanac import current


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

    def split(self, at: datetime) -> None:
        said = splitting.Parting(self.row["second"], self.row["rest"], self._words)
        splitting.split(self.appeal, said, by=self.people.office, at=at)

    def turn_away(self, at: datetime) -> None:
        receipt = self.row.get("receipt", "")
        said = turning_away.Departure(
            DeclineReason(self.row["reason"]),
            self.row["went_to"],
            self.row["whom"],
            local_date(at),
            handed_over=bool(receipt),
            receipt=receipt,
        )
        turning_away.turn_away(self.appeal, said, by=self.people.office, at=at)

    def merge(self, at: datetime) -> None:
        cases = Appeal.objects.in_county(self.appeal.county)
        into = cases.filter(enterprise__short_name=self.row["into"]).latest("pk")
        merging.merge(self.appeal, into, self._words, by=self.people.office, at=at)

    def send_back(self, at: datetime) -> None:
        part, reason = self._lead, ReturnReason.OTHER_LEAD
        returning.send_back_to_office(part, reason, self._words, by=self._liaison, at=at)

    def contact(self, at: datetime) -> None:
        said = "已约好本周到厂里看现场。"
        noting.contact(
            self._lead, at, Means.PHONE, reached=True, words=said, by=self._liaison, at=at
        )

    def request_supplement(self, at: datetime) -> None:
        supplementing.request_supplement(self._lead, self._words, by=self._liaison, at=at)

    def send_back_help(self, at: datetime) -> None:
        """An assisting unit sends its part back, unsigned."""
        parts = self.appeal.assignments.filter(role=Role.ASSIST)
        part = parts.select_related("unit", "appeal__contact", "appeal__category").latest("pk")
        by = self.people.liaisons[part.unit_id]
        returning.send_back_to_office(part, ReturnReason.OTHER_LEAD, self._words, by=by, at=at)

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

    def plan(self, at: datetime) -> None:
        calendar, today = current(self.appeal.county), local_date(at)
        for place, what in enumerate(self.row["steps"], start=1):
            day = calendar.add(today, 5 * place)
            milestones.add_milestone(self._lead, what, day, by=self._liaison, at=at)

    def finish_step(self, at: datetime) -> None:
        part = self._lead
        row = part.milestones.order_by("turn").first()
        assert row is not None
        row.assignment, row.appeal = part, part.appeal
        milestones.finish_milestone(row, by=self._liaison, at=at)

    def promise_again(self, at: datetime) -> None:
        part = self._lead
        row = part.promises.select_related("what", "answer").get(reported_at=None)
        row.assignment, row.appeal = part, part.appeal
        day = current(self.appeal.county).add(local_date(at), self.row["again_in"])
        promising.break_promise(row, self._words, day, by=self._liaison, at=at)

    def ask_up(self, at: datetime) -> None:
        escalating.ask_escalation(self._lead, self._plea, by=self._liaison, at=at)

    def escalate(self, at: datetime) -> None:
        part = self._lead
        asked = part.escalation_requests.select_related("organ", "tried", "proposal").get()
        due_on = current(self.appeal.county).add(local_date(at), self.row["upper_in"])
        told = escalating.UpperFacts(self.row["level"], self.row["upper"], due_on)
        escalating.escalate(
            part.appeal,
            self._plea,
            told,
            part=part,
            request=asked,
            by=self.people.office,
            at=at,
        )

    def come_back(self, at: datetime) -> None:
        part = self._lead
        row = part.escalations.get()
        row.assignment, row.appeal = part, part.appeal
        said = coming_back.UpperReply(UpperResult.INSTRUCTED, self._words, local_date(at))
        coming_back.come_back(row, said, by=self.people.office, at=at)

    def post_back(self, at: datetime) -> None:
        order = self.appeal.upper_orders.select_related("appeal").get()
        said = from_above.Posted(local_date(at), self._words)
        from_above.post_back(order, said, by=self.people.office, at=at)

    @property
    def _plea(self) -> escalating.Plea:
        said = (self.row[name] for name in ("tried", "proposal"))
        return escalating.Plea(
            Level(self.row["level"]), self.row["organ"], StuckBy(self.row["stuck_by"]), *said
        )

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
