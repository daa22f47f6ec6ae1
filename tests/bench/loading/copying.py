"""Copies of lived cases, thousands at a time, each as if it had been lived.

A copy lies whole weeks back, where the working days fall as they did for the case it is
of: so every limit, due day and time used is right without working anything out again.
Keys come from the tables' sequences, rows pass every constraint, and the events are
chained with the journal's hash; what no action has been run for is the copies' share.
"""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.apps import apps
from django.db import connection, transaction

from qifu.appeals.actions.lodging import heading
from qifu.appeals.lifecycle import State
from qifu.appeals.models import NumberSeries
from qifu.journal import walk
from qifu.journal.chain import GENESIS, as_code, event_hash, text_digest
from qifu.kernel.calendars import Calendar
from qifu.kernel.clock import local, local_date
from qifu.kernel.numbers import new_number
from tests.bench.loading.filling import cell, for_copy
from tests.bench.loading.living import Firm
from tests.bench.loading.patterns import Line, Pattern, columns

BATCH = 1000
WEEKS = 60
# Of a year's cases, the part that somebody still has to move.
OPEN_SHARE = 0.04
STOCKED = (State.TO_DISPATCH, State.HANDLING)
EVENT = (
    "county", "seq", "at", "kind", "actor", "subject_type", "subject_id", "data", "rows", "key",
    "reference", "prev", "hash",
)  # fmt: skip
TEXT = ("county", "id", "kind", "heading", "body", "salt", "digest", "made_at", "erased_at")

Lines = dict[str, list[str]]
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Copy:
    """Which case is copied, how many days back, and how many seconds besides."""

    pattern: Pattern
    days: int
    seconds: int

    @property
    def began(self) -> datetime:
        return self.moved(self.pattern.began)

    def moved(self, at: datetime) -> datetime:
        """Return a moment as it is in the copy; the end of a day stays the end of a day."""
        at -= timedelta(days=self.days)
        clock = local(at).time()
        at_edge = (clock.hour, clock.minute, clock.second) in ((23, 59, 59), (0, 0, 0))
        return at if at_edge else at - timedelta(seconds=self.seconds)

    def day(self, on: date) -> date:
        return on - timedelta(days=self.days)


def plan(
    made: Sequence[Pattern],
    count: int,
    *,
    calendar: Calendar,
    rng: random.Random,
    stock: int = 0,
) -> list[Copy]:
    """Return what is to be copied, the oldest first.

    `stock` of them wait to be handed out and as many to be answered, for whoever takes
    those steps by the dozen.
    """
    shifts = {id(pattern): weeks_back(pattern, calendar) for pattern in made}
    ended = [pattern for pattern in made if pattern.ended]
    waiting = [pattern for pattern in made if not pattern.ended]
    by_state = [[p for p in waiting if p.state == state] for state in STOCKED]
    copies = []
    for place in range(count):
        if place < stock * len(STOCKED):
            kinds = by_state[place % len(STOCKED)]
        else:
            kinds = waiting if rng.random() < OPEN_SHARE else ended
        pattern = rng.choice(kinds)
        weeks = rng.choice(shifts[id(pattern)])
        copies.append(Copy(pattern, weeks * 7, rng.randrange(300)))
    return sorted(copies, key=lambda copy: copy.began)


def weeks_back(pattern: Pattern, calendar: Calendar) -> list[int]:
    """Return the weeks by which the case may lie back without a deadline moving."""
    length = (pattern.last - pattern.first).days
    days = [pattern.first + timedelta(days=place) for place in range(length + 1)]
    worked = [calendar.is_workday(day) for day in days]
    return [
        weeks
        for weeks in range(WEEKS if pattern.ended else 2)
        if [calendar.is_workday(day - timedelta(weeks=weeks)) for day in days] == worked
    ]


@dataclass
class Copier:
    """Writes copies into one county; nobody else writes there meanwhile."""

    county: str
    firms: Sequence[Firm]
    words: Iterator[str]
    rng: random.Random
    seq: int = 0
    prev: str = GENESIS
    last_number: dict[int, int] = field(default_factory=dict)
    events: int = 0

    def write(self, copies: Sequence[Copy], tell: Tell = lambda done: None) -> None:
        """Write all copies, some at a time, each time all of them or none."""
        head = walk.head(self.county)
        self.seq, self.prev = (head.seq, head.hash) if head else (0, GENESIS)
        series = NumberSeries.objects.in_county(self.county)
        self.last_number = dict(series.values_list("year", "last"))
        for first in range(0, len(copies), BATCH):
            self._write_some(copies[first : first + BATCH])
            tell(min(first + BATCH, len(copies)))

    def _write_some(self, copies: Sequence[Copy]) -> None:
        keys = _keys(copies)
        lines: Lines = {}
        happened: list[tuple[str, Line, list[str]]] = []
        with transaction.atomic():
            for copy in copies:
                values = self._values(copy, keys, lines)
                for label, rows in copy.pattern.tables:
                    lines.setdefault(label, []).extend(row(values) for row in rows)
                happened += [(line.at(values), line, values) for line in copy.pattern.events]
            happened.sort(key=lambda each: each[0])
            lines["journal.event"] = [self._chained(*each) for each in happened]
            for label, written in lines.items():
                _copy_in(label, written)
            for year, last in self.last_number.items():
                _keep_number(self.county, year, last)

    def _values(self, copy: Copy, keys: dict[str, Iterator[int]], lines: Lines) -> list[str]:
        """Return what goes into the places of one copy, and write its texts."""
        near = [firm for firm in self.firms if firm.township == copy.pattern.township]
        firm = self.rng.choice(near)
        said = next(self.words)
        plain = {
            "number": self._number(copy),
            "phone": firm.phone,
            "contact": firm.contact,
            "firm-name": firm.name,
            "firm": str(firm.pk),
            "person": str(firm.person),
            "problem": said,
            "title": heading(said),
        }
        values = []
        later = {}
        for place, (kind, *what) in enumerate(copy.pattern.slots):
            if kind in plain:
                values.append(plain[kind])
            elif kind == "digest":
                later[what[0]] = place
                values.append("")
            else:
                values.append(_one(copy, kind, what, keys))
        self._write_texts(copy, values, later, lines)
        return values

    def _write_texts(
        self, copy: Copy, values: list[str], later: dict[str, int], lines: Lines
    ) -> None:
        place_of = {what: place for place, what in enumerate(copy.pattern.slots)}
        for text in copy.pattern.texts:
            salt = secrets.token_bytes(16)
            head, body = text.heading(values), text.body(values)
            digest = text_digest(salt, text.kind, _read(head), _read(body))
            if text.key in later:
                values[later[text.key]] = digest
            key = values[place_of["text", text.key]]
            row = (self.county, key, text.kind, head, body, cell(salt), digest)
            lines.setdefault("journal.text", []).append(
                "\t".join((*row, text.made_at(values), cell(None)))
            )

    def _chained(self, at: str, line: Line, values: list[str]) -> str:
        """Return one event's row, bound to the one before it."""
        content, rows = line.content(values), line.rows(values)
        actor, subject = line.actor(values), line.subject_id(values)
        self.seq += 1
        self.events += 1
        fields = [
            self.county, self.seq, at, line.kind, _int(actor), line.subject_type, _int(subject),
            json.loads(content), json.loads(rows), "", line.reference,
        ]  # fmt: skip
        before, self.prev = self.prev, event_hash(fields, self.prev)
        return "\t".join(
            (
                self.county, str(self.seq), at, line.kind, actor, line.subject_type, subject,
                for_copy(content), for_copy(rows), "", cell(line.reference), before, self.prev,
            )
        )  # fmt: skip

    def _number(self, copy: Copy) -> str:
        year = local_date(copy.began).year
        last = self.last_number.get(year, 0) + 1 + (self.rng.random() < 0.5)
        self.last_number[year] = last
        return f"{year}-{last:04d}"


def _one(copy: Copy, kind: str, what: list[str], keys: dict[str, Iterator[int]]) -> str:
    if kind == "key":
        return str(next(keys[what[0]]))
    if kind == "moment":
        moved = copy.moved(datetime.fromisoformat(what[0]))
        return str(as_code(moved)) if "." in what[0] else moved.isoformat(timespec="seconds")
    if kind == "day":
        return copy.day(date.fromisoformat(what[0])).isoformat()
    return str(uuid4()) if kind == "text" else new_number()


def _read(text: str) -> str:
    """Return a text as the database will have read it from the COPY."""
    for sign, written in (("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r"), ("\\", "\\\\")):
        text = text.replace(written, sign)
    return text


def _int(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def _keys(copies: Sequence[Copy]) -> dict[str, Iterator[int]]:
    """Take as many keys from each table's sequence as the copies need."""
    wanted: dict[str, int] = {}
    for copy in copies:
        for label, count in copy.pattern.keys.items():
            wanted[label] = wanted.get(label, 0) + count
    taken = {}
    with connection.cursor() as cursor:
        for label, count in wanted.items():
            if label == "journal.text":
                continue
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [apps.get_model(label)._meta.db_table, count],
            )
            taken[label] = iter([int(row[0]) for row in cursor.fetchall()])
    return taken


def _copy_in(label: str, rows: Sequence[str]) -> None:
    own = {"journal.event": EVENT, "journal.text": TEXT}
    names = ", ".join(f'"{name}"' for name in own.get(label) or columns(label))
    table = apps.get_model(label)._meta.db_table
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as into:
        into.write("\n".join(rows) + "\n")


def _keep_number(county: str, year: int, last: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO appeals_numberseries (county, year, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (county, year) DO UPDATE SET last = excluded.last",
            [county, year, last],
        )
