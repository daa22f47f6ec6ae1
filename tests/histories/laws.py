"""What holds after every event, whatever happened: read from the journal alone.

The ledger folds the county's events one after another and knows nothing of the actions:
it sees which rows each event wrote, who acted and when, and compares that with the tables
of the lifecycle and with the marks of the clocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qifu.appeals.lifecycle import (
    CASE_STEPS,
    ENDED,
    WITH_UNITS,
    WORK_GIVEN_UP,
    WORK_STEPS,
    State,
    Work,
    derived,
)
from qifu.appeals.queues import STEP_CLOCKS
from qifu.appeals.reconciling import PAST
from qifu.journal.models import Event
from qifu.kernel.deadlines import read
from qifu.kernel.lives import State as Running
from qifu.kernel.marks import (
    Extended,
    Marks,
    Paused,
    Recomputed,
    Reworked,
    Started,
    Stopped,
    load,
)
from qifu.workdays.almanac import almanac
from tests.kernel.cases import walked

Row = dict[str, Any]
CASE, PART, CLOCK = "appeals.appeal", "appeals.assignment", "appeals.clock"
# From where to where the tables lead: for a case, and for a unit's part.
PAIRS = {
    CASE: {(source, step.target) for step in CASE_STEPS for source in step.sources},
    PART: {(source, step.target) for step in WORK_STEPS for source in step.sources},
}
BEGINNINGS = {
    # A case that was split from another begins where that one stands.
    CASE: frozenset({State.SUBMITTED, State.LOCAL, State.TO_DISPATCH}),
    PART: frozenset({Work.DISPATCHED, Work.HANDLING}),
}
# Which clock is due on a part's day; meanwhile the unit's own runs on where it is not this.
OF_PARTS = {
    Work.DISPATCHED: "SIGN",
    Work.RETURNING: "SIGN",
    Work.HANDLING: "HANDLE",
    Work.APPROVAL: "HANDLE",
    Work.TRACKING: "TRACKING",
}
RUNS_ON = frozenset({Work.DISPATCHED, Work.RETURNING, Work.HANDLING, Work.APPROVAL})
STANDS_STILL = frozenset({Work.SUPPLEMENT, Work.ESCALATED})
# Until the upper organ names a day there is none.
DAYLESS = frozenset({State.ESCALATED})
# How a unit's own people may stop the clock of its work: its leader signs the answer, the
# type needs no signature, or the unit gives the case away. Everything else the office does.
OWN_WAYS = frozenset({"appeal.approved", "appeal.replied", "appeal.handed_up"})


class Broken(AssertionError):
    """A law did not hold; says which, and where."""


@dataclass
class Ledger:
    """The county's cases, parts and clocks as the events made them so far."""

    county: str
    # Whose person is whose: account -> units.
    units: Mapping[int, frozenset[int]]
    tables: dict[str, dict[int, Row]] = field(
        default_factory=lambda: {CASE: {}, PART: {}, CLOCK: {}}
    )
    # The parts and clocks of each case.
    mine: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    # Of which models each case has any row.
    has: dict[int, set[str]] = field(default_factory=dict)
    seq: int = 0
    # How often each change of state was seen: of what, from where, to where.
    steps: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def read_on(self) -> None:
        """Hold every event that came since the last time against the laws."""
        rows = Event.objects.in_county(self.county).filter(seq__gt=self.seq).order_by("seq")
        for event in rows:
            self.seq = event.seq
            self._hold(event)

    def _hold(self, event: Event) -> None:
        before: dict[tuple[str, int], Row | None] = {}
        for _sign, label, pk, values, _hidden in event.rows:
            if "appeal_id" in values:
                self.has.setdefault(values["appeal_id"], set()).add(label)
            if (table := self.tables.get(label)) is not None:
                before.setdefault((label, pk), dict(table[pk]) if pk in table else None)
                if pk not in table and label != CASE:
                    self.mine.setdefault((label, values["appeal_id"]), []).append(pk)
                table[pk] = {**table.get(pk, {}), **values}
        for (label, pk), was in before.items():
            row = self.tables[label][pk]
            if label == CLOCK:
                self._clock(event, row, was)
            else:
                self._step(event, label, row, was)
        for pk in {self._case_of(label, pk) for label, pk in before}:
            self._derivable(event, pk)
            self._days(event, pk)
            self._parts_days(event, pk)

    def _case_of(self, label: str, pk: int) -> int:
        return pk if label == CASE else int(self.tables[label][pk]["appeal_id"])

    def _of(self, label: str, case: int) -> Iterator[tuple[int, Row]]:
        return ((pk, self.tables[label][pk]) for pk in self.mine.get((label, case), ()))

    def _step(self, event: Event, label: str, row: Row, was: Row | None) -> None:
        """Only steps of the tables happen, or the case stands where its LEAD went."""
        if was is None:
            _must(row["state"] in BEGINNINGS[label], "begins somewhere", event, row["state"])
            return
        pair = (was["state"], row["state"])
        if pair[0] == pair[1]:
            return
        if pair in PAIRS[label]:
            self.steps[label, *pair] += 1
            return
        _must(label == CASE and self._follows(row, event), "steps of the table", event, pair)

    def _follows(self, row: Row, event: Event) -> bool:
        """Tell whether the event moved the LEAD, and the case stands where it now is."""
        moved = {
            pk for _, label, pk, values, _ in event.rows if label == PART and "state" in values
        }
        return any(
            self.tables[PART][pk]["role"] == "LEAD"
            and derived(Work(self.tables[PART][pk]["state"]), local=row["local"]) == row["state"]
            for pk in moved
        )

    def _leads(self, case: int) -> list[Row]:
        parts = (row for _, row in self._of(PART, case) if row["role"] == "LEAD")
        return [row for row in parts if row["state"] not in WORK_GIVEN_UP]

    def _derivable(self, event: Event, case: int) -> None:
        """At most one LEAD; the case stands where it stands, or past it."""
        row, leads = self.tables[CASE][case], self._leads(case)
        _must(len(leads) <= 1, "one LEAD", event, len(leads))
        if not leads:
            _must(row["state"] not in WITH_UNITS, "held by somebody", event, row["state"])
            return
        follows = derived(Work(leads[0]["state"]), local=row["local"])
        past = follows == State.TO_EVALUATE and row["state"] in PAST
        _must(row["state"] == follows or past, "derivable", event, (row["state"], follows))

    def _days(self, event: Event, case: int) -> None:
        """The day that a list shows is the day of the clock that runs."""
        row = self.tables[CASE][case]
        running = [each for _, each in self._of(CLOCK, case) if each["stopped_at"] is None]
        ours = {each["kind"]: each["due_on"] for each in running if not each["assignment_id"]}
        if row["state"] in ENDED:
            _must(not ours, "nothing of the office's runs on", event, ours)
            return
        state = State(row["state"])
        has_day = row["due_on"] is not None or state in DAYLESS
        _must(has_day, "every open case has its day", event, state)
        kind = "UPPER" if state == State.ESCALATED else STEP_CLOCKS.get(state)
        if kind in ours:
            _must(row["due_on"] == ours[kind], "the case's day", event, (row["due_on"], ours))

    def _parts_days(self, event: Event, case: int) -> None:
        """Each unit's own time runs, or stands still, as its state says; and only once."""
        running = [each for _, each in self._of(CLOCK, case) if each["stopped_at"] is None]
        kinds = Counter((each["assignment_id"], each["kind"]) for each in running)
        _must(all(n == 1 for n in kinds.values()), "one clock of a kind", event, kinds)
        for pk, part in self._of(PART, case):
            state, day = Work(part["state"]), part["due_on"]
            its = {each["kind"]: each["due_on"] for each in running if each["assignment_id"] == pk}
            stands = {
                read(load(each["marks"]), almanac(self.county)).state
                for each in running
                if each["assignment_id"] == pk and each["kind"] == "HANDLE"
            }
            if state in OF_PARTS:
                holds = day is not None and its.get(OF_PARTS[state]) == day
                _must(holds, "the part's day", event, (state, its, day))
            if state in RUNS_ON:
                _must(stands == {Running.RUNNING}, "its own time runs", event, (state, its))
            elif state in STANDS_STILL:
                still = stands == {Running.PAUSED} and day is None
                _must(still, "its time stands still", event, (state, its, day))
            elif state != Work.TRACKING:
                _must(not its, "nothing of the unit's runs on", event, (state, its))
            else:
                _must(set(its) == {"TRACKING"}, "only what was put off runs", event, its)

    def _clock(self, event: Event, row: Row, was: Row | None) -> None:
        marks = load(row["marks"])
        old = load(was["marks"]) if was is not None else ()
        added = marks[len(old) :]
        _must(marks[: len(old)] == old, "marks are only added", event, row["kind"])
        _must(isinstance(marks[0], Started), "begins with its start", event, row["kind"])
        moments = [mark.at for mark in marks]
        _must(moments == sorted(moments), "time does not run backwards", event, moments)
        # The upper organ's time counts from the day of sending, whenever it names its day.
        above = row["kind"] == "UPPER"
        # What is split off was said when the whole was: its clocks are copies.
        copied = was is None and event.kind == "appeal.split"
        then = [m for m in added if not (copied or (above and isinstance(m, Started)))]
        _must(all(m.at == event.at for m in then), "marked when it happened", event, moments)
        found = read(marks, almanac(self.county))
        stops, again = _count(marks, Stopped), _count(marks, Reworked)
        _must(stops <= again + 1, "stopped once a run", event, stops)
        _must(found.given_back >= 0, "no pause below nothing", event, found.given_back)
        self._not_earlier(event, marks, old, row)
        self._counted(event, marks, row["due_on"])
        self._not_by_itself(event, row, added)

    def _not_earlier(self, event: Event, marks: Marks, old: Marks, row: Row) -> None:
        """A deadline moves back only by 期限重算, which says so."""
        if not old or any(isinstance(mark, Recomputed) for mark in marks[len(old) :]):
            return
        calendars = almanac(self.county)
        known = [read(old[: n + 1], calendars).due_on for n in range(len(old))]
        last = next((day for day in reversed(known) if day is not None), None)
        now = read(marks, calendars).due_on
        earlier = last is not None and now is not None and now < last
        _must(not earlier, "no deadline earlier", event, (row["kind"], last, now))

    def _counted(self, event: Event, marks: Marks, stored: str | None) -> None:
        """The deadline is what counting the days one by one gives."""
        start = marks[0]
        if not isinstance(start, Started) or any(isinstance(mark, Recomputed) for mark in marks):
            return
        found = read(marks, almanac(self.county))
        if found.state != Running.RUNNING or found.is_late_on(marks[-1].on):
            return
        by_hand = walked(marks, almanac(self.county)[start.calendar])
        kept = date.fromisoformat(stored) if stored else None
        _must(kept == by_hand, "counted in working days", event, (kept, by_hand))

    def _not_by_itself(self, event: Event, row: Row, added: Marks) -> None:
        """No unit stops or lengthens its own time (only an answer that is signed ends it)."""
        own = row["unit_id"] in self.units.get(event.actor or 0, frozenset())
        if row["kind"] != "HANDLE" or not own:
            return
        for mark in added:
            longer = isinstance(mark, Paused | Extended)
            stopped = isinstance(mark, Stopped) and event.kind not in OWN_WAYS
            _must(not (longer or stopped), "nobody stops his own clock", event, mark)
        if event.kind == "appeal.replied" and any(isinstance(mark, Stopped) for mark in added):
            _must(event.data["signed"] is False, "unsigned only where it may be", event, row)


def _count(marks: Marks, kind: type) -> int:
    return sum(isinstance(mark, kind) for mark in marks)


def _must(holds: bool, law: str, event: Event, found: object) -> None:
    if not holds:
        raise Broken(f"{law}: {found} after {event.kind} (event {event.seq})")
