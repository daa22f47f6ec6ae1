"""How far each fictional case comes: a road is a list of steps, each with its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from qifu.appeals.actions import accepting, dispatching, lodging, publishing, rating, working
from qifu.appeals.catalogue import propose, question, rules_in_force, units_by_code
from qifu.appeals.models import Answer, Appeal, Assignment, Category, Grade, Solved
from qifu.appeals.rules import Channel, DeclineReason, Nature, Outcome, Proof, Role
from qifu.demo.bends import Bends, People
from qifu.enterprises.models import Enterprise
from qifu.kernel.calendars import Calendar
from qifu.kernel.clock import SHANGHAI, local_date
from qifu.organisations.models import Unit, User

Step = tuple[datetime, Callable[[datetime], None]]

# How many steps of the office's way each road takes.
OFFICE_WAY = (
    "submitted",
    "accepted",
    "dispatched",
    "handling",
    "approval",
    "review",
    "to_evaluate",
    "rated",
)
OPINION = "已了解企业情况，同意按主办单位意见办理，需要的材料随时提供。"


@dataclass
class Tale:
    """One fictional case while it is told."""

    county: str
    row: dict[str, Any]
    firm: Enterprise
    people: People
    calendar: Calendar
    now: datetime
    place: int

    def steps(self) -> Iterator[Step]:
        """Yield the steps of this case's road that lie in the past."""
        road = self.row["road"]
        way = {
            "declined": self._declined,
            "spot_open": self._spot,
            "local": self._local,
            "local_rated": self._local,
            "handed_up": self._local,
            "supplement": self._asked,
            "withdrawn": self._withdrawn,
            "returned": self._returned,
            "extending": self._extending,
        }.get(road, self._office)
        for at, do in way(road):
            if at < self.now:
                yield at, do

    def at(self, working_days: int, hour: int) -> datetime:
        """Return a moment of office hours, so many working days after the beginning."""
        born = local_date(self.now) - timedelta(days=self.row["ago"])
        day = self.calendar.on_or_after(born)
        if day > local_date(self.now):
            day = self.calendar.add(born, -1)
        day = self.calendar.add(day, working_days)
        minute = self.place * 7 % 55
        # No two steps of the county fall on one second: their order is their time.
        return datetime.combine(day, time(hour, minute, self.place), tzinfo=SHANGHAI)

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
        found = cases.filter(problem__body=self.row["problem"])
        return found.select_related(
            "problem", "contact", "category", "place", "enterprise", "lead_unit"
        ).first()

    # The roads.

    def _office(self, road: str) -> Iterator[Step]:
        if road == "unrated":
            road = "to_evaluate"
        reach = OFFICE_WAY.index(road)
        last_signed = 1 if reach <= OFFICE_WAY.index("handling") else 2
        given = 0 if self.place % 3 else 1
        days = (0, 0, given, 1, last_signed, last_signed + 1, last_signed + 1, 4)
        hours = (9, 10, 11, 14, 15, 9, 16, 10)
        for way, day, hour, do in zip(OFFICE_WAY, days, hours, self._verbs(), strict=True):
            if OFFICE_WAY.index(way) <= reach:
                yield self.at(day, hour), do
        if "called" in self.row:
            yield self.at(6, 10), self.bend("call")

    def _verbs(self) -> tuple[Callable[[datetime], None], ...]:
        return (
            self.submit,
            self.accept,
            self.dispatch,
            self.sign,
            self.reply,
            self.approve,
            self.publish,
            self.rate,
        )

    def _declined(self, _road: str) -> Iterator[Step]:
        yield self.at(0, 9), self.submit
        yield self.at(0, 15), self.decline

    def _spot(self, _road: str) -> Iterator[Step]:
        yield self.at(0, 9), self.submit
        yield self.at(0, 10), self.answer

    def _local(self, road: str) -> Iterator[Step]:
        yield self.at(0, 10), self.register
        if road == "handed_up":
            yield self.at(2, 9), self.hand_up
        if road == "local_rated":
            yield self.at(1, 14), self.reply
            yield self.at(2, 9), self.approve
            yield self.at(4, 11), self.rate

    def _asked(self, _road: str) -> Iterator[Step]:
        yield self.at(0, 9), self.submit
        yield self.at(0, 15), self.bend("ask_supplement")

    def _withdrawn(self, _road: str) -> Iterator[Step]:
        yield from self._office("accepted")
        yield self.at(1, 16), self.bend("withdraw")

    def _returned(self, _road: str) -> Iterator[Step]:
        yield from self._office("dispatched")
        yield self.at(1, 14), self.bend("send_back")

    def _extending(self, _road: str) -> Iterator[Step]:
        yield from self._office("handling")
        yield self.at(2, 10), self.bend("contact")
        yield self.at(2, 15), self.bend("ask_extension")

    # The verbs.

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
            promised = self.calendar.add(local_date(self.now), 12)
            said = working.Reply(
                Outcome.EXPLAINED if part.role == Role.ASSIST else outcome,
                OPINION if part.role == Role.ASSIST else self.row["answer"],
                measures="到企业现场核实情况，召集有关方面当面商定办法。",
                proof=Proof.SITE if outcome == Outcome.SOLVED else "",
                evidence="现场核查记录和企业确认单" if outcome == Outcome.SOLVED else "",
                promised_on=promised if outcome == Outcome.PLANNED else None,
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
            **{"channel": Channel(self.row.get("channel", "PLATFORM")), **more},
        )

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
