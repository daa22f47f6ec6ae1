"""What happens to a fictional case, each verb with the words of its row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q

from qifu.appeals.actions import accepting, dispatching, lodging, publishing, rating, working
from qifu.appeals.actions.from_above import Ordered
from qifu.appeals.catalogue import propose, question, rules_in_force, units_by_code
from qifu.appeals.models import Answer, Appeal, Assignment, Category, Grade, Solved
from qifu.appeals.rules import (
    Channel,
    DeclineReason,
    Nature,
    Outcome,
    Proof,
    ReplyChannel,
    Role,
)
from qifu.demo.bends import Bends, People
from qifu.enterprises.models import Enterprise
from qifu.kernel.calendars import Calendar
from qifu.kernel.clock import SHANGHAI, local_date
from qifu.organisations.models import Unit, User

OPINION = "已了解企业情况，同意按主办单位意见办理，需要的材料随时提供。"


@dataclass
class Verbs:
    """One fictional case while it is told."""

    county: str
    row: dict[str, Any]
    firm: Enterprise
    people: People
    calendar: Calendar
    now: datetime
    place: int

    def at(self, working_days: int, hour: int) -> datetime:
        """Return a moment of office hours, so many working days after the beginning."""
        born = local_date(self.now) - timedelta(days=self.row["ago"])
        day = self.calendar.on_or_after(born)
        if day > local_date(self.now):
            day = self.calendar.add(born, -1)
        day = self.calendar.add(day, working_days)
        minute = self.place * 7 % 55
        # No two steps of the county fall on one moment: their order is their time.
        moment = time(hour, minute, self.place % 60, self.place // 60)
        return datetime.combine(day, moment, tzinfo=SHANGHAI)

    @property
    def begun(self) -> bool:
        """Tell whether the case is there already, from a filling that was interrupted."""
        return self._found() is not None

    @property
    def appeal(self) -> Appeal:
        """Return the case as it stands."""
        found = self._found()
        assert found is not None, self.row["problem"]
        return found

    def _found(self) -> Appeal | None:
        cases = Appeal.objects.in_county(self.county).filter(enterprise=self.firm)
        words = Q(problem__body=self.row["problem"])
        if self.row.get("reason") == DeclineReason.REPORT:
            words |= Q(turn_aways__erased_at__isnull=False)
        if "rest" in self.row:
            words |= Q(splits__whole__body=self.row["problem"])
        found = cases.filter(words)
        return found.select_related(
            "problem", "contact", "category", "place", "enterprise", "lead_unit"
        ).first()

    def bend(self, verb: str) -> Callable[[datetime], None]:
        """Return what happens beside the straight road, to the case as it stands then."""

        def do(at: datetime) -> None:
            bends = Bends(self.row, self.appeal, self.people, self._person())
            getattr(bends, verb)(at)

        return do

    def submit(self, at: datetime) -> None:
        if self.row.get("channel", "PLATFORM") == "PLATFORM":
            lodging.submit(self._said(), by=self._person(), at=at)
        else:
            office = Unit.objects.in_county(self.county).get(code="xianban")
            lodging.register(self._said(), unit=office, by=self.people.office, at=at)

    def register(self, at: datetime) -> None:
        unit = self.firm.township
        lodging.register(
            self._said(channel=Channel.VISIT, category=self._category()),
            unit=unit,
            by=self.people.liaisons[unit.pk],
            at=at,
        )

    def accept(self, at: datetime) -> None:
        accepting.accept(self.appeal, self._category(), by=self.people.office, at=at)

    def decline(self, at: datetime) -> None:
        reason = DeclineReason(self.row["reason"])
        accepting.decline(self.appeal, reason, by=self.people.office, at=at)

    def answer(self, at: datetime) -> None:
        accepting.answer_on_the_spot(
            self.appeal, self._category(), self.row["answer"], by=self.people.office, at=at
        )

    def dispatch(self, at: datetime) -> None:
        on = local_date(at)
        found = propose(
            rules_in_force(self.county, on),
            units_by_code(self.county, on),
            question(self.appeal),
        )
        assert found.lead is not None, self.row["category"]
        dispatching.dispatch(
            self.appeal,
            found.lead,
            found.assists,
            nature=Nature(self.row.get("nature", found.nature)),
            rule=found.rule,
            followed="nature" not in self.row,
            by=self.people.office,
            at=at,
        )

    def sign(self, at: datetime) -> None:
        for part in self._parts():
            working.sign(part, by=self.people.liaisons[part.unit_id], at=at)

    def reply(self, at: datetime) -> None:
        for part in self._parts():
            outcome = Outcome(self.row.get("outcome", "SOLVED"))
            on = local_date(at if "promise_in" in self.row else self.now)
            promised = self.calendar.add(on, self.row.get("promise_in", 12))
            said = working.Reply(
                Outcome.EXPLAINED if part.role == Role.ASSIST else outcome,
                OPINION if part.role == Role.ASSIST else self.row["answer"],
                measures="到企业现场核实情况，召集有关方面当面商定办法。",
                proof=Proof.SITE if outcome == Outcome.SOLVED else "",
                evidence="现场核查记录和企业确认单" if outcome == Outcome.SOLVED else "",
                promise=self.row.get("promise", ""),
                promised_on=promised if outcome == Outcome.PLANNED else None,
                **({} if part.role == Role.ASSIST else self._refusal()),
            )
            working.reply(part, said, by=self.people.liaisons[part.unit_id], at=at)

    def approve(self, at: datetime) -> None:
        pending = Answer.objects.in_county(self.county).filter(
            appeal=self.appeal, state=Answer.State.PENDING
        )
        for given in pending.select_related(
            "assignment__unit", "assignment__appeal__contact", "assignment__appeal__category"
        ):
            assert given.assignment is not None
            working.approve(given, by=self.people.leaders[given.assignment.unit_id], at=at)

    def publish(self, at: datetime) -> None:
        publishing.publish(self._answer(), by=self.people.reviewer, at=at)

    def rate(self, at: datetime) -> None:
        verdict = rating.Verdict(
            contacted=True,
            solved=Solved(self.row.get("solved", "YES")),
            grade=Grade(self.row["grade"]),
            tags=self.row.get("tags", ()),
        )
        # Who did not submit it himself comes by the link in the message.
        by = None if self.appeal.proxy else self._person()
        rating.rate(self._answer(), verdict, by=by, at=at)

    def hand_up(self, at: datetime) -> None:
        (part,) = self._parts()
        tried = "已到现场核实，乡里没有审批权限，补偿也超出乡级财力。"
        working.hand_up(part, "DEPARTMENT", tried, by=self.people.liaisons[part.unit_id], at=at)

    def _said(self, **more: Any) -> lodging.Said:
        return lodging.Said(
            self.row["problem"],
            contact_name=self.firm.contact_name,
            contact_phone=self.firm.contact_phone,
            enterprise=self.firm,
            place=self.firm.township,
            confidential=self.row.get("confidential", False),
            **{"channel": Channel(self.row.get("channel", "PLATFORM")), **more},
            ordered=self._ordered(),
        )

    def _refusal(self) -> dict[str, Any]:
        """Return what a no says besides."""
        names = ("ground", "basis", "tried", "alternatives")
        return {name: self.row[name] for name in names if name in self.row}

    def _ordered(self) -> Ordered | None:
        """Return what came along from above; nothing with most."""
        if "through" not in self.row:
            return None
        due_on = self.calendar.add(local_date(self.at(0, 9)), self.row["upper_in"])
        return Ordered(ReplyChannel(self.row["through"]), self.row["upper"], due_on)

    def _person(self) -> User:
        return self.people.persons[self.firm.contact_phone]

    def _category(self) -> Category:
        return Category.objects.in_county(self.county).get(code=self.row["category"])

    def _parts(self) -> list[Assignment]:
        parts = Assignment.objects.in_county(self.county).filter(appeal=self.appeal)
        found = parts.select_related("unit", "appeal__contact", "appeal__category")
        return list(found.exclude(answers__isnull=False).order_by("pk"))

    def _answer(self) -> Answer:
        answers = Answer.objects.in_county(self.county).filter(appeal=self.appeal)
        return (
            answers.exclude(assignment__role=Role.ASSIST)
            .select_related(
                "appeal__contact", "appeal__category", "appeal__lead_unit", "assignment__unit"
            )
            .get()
        )
