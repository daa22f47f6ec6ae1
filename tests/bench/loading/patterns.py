"""A lived case read out of the journal and the tables, ready to be copied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import Model

from qifu.appeals.lifecycle import ENDED, State
from qifu.appeals.models import Appeal
from qifu.journal import walk
from qifu.journal.chain import as_code
from qifu.journal.models import Event, Text
from qifu.kernel.clock import local_date
from tests.bench.loading.filling import (
    Filled,
    Slot,
    Slots,
    as_array,
    as_json,
    cell,
    filler,
    for_copy,
)

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
CASE, FIRM, USER = "appeals.appeal", "enterprises.enterprise", "organisations.user"
# What a link's number of its subject means.
LINKED = {"APPROVE": "appeals.answer", "RATE": "appeals.answer"}

Row = tuple[str, int]


@dataclass(frozen=True)
class Line:
    """One event of a case, but for its number and its hashes."""

    at: Filled
    kind: str
    actor: Filled
    subject_type: str
    subject_id: Filled
    content: Filled
    rows: Filled
    reference: bool


@dataclass(frozen=True)
class Words:
    """One text of a case."""

    key: str
    kind: str
    heading: Filled
    body: Filled
    made_at: Filled


@dataclass(frozen=True)
class Pattern:
    """A case with places for all that differs from copy to copy."""

    slots: tuple[Slot, ...]
    events: tuple[Line, ...]
    texts: tuple[Words, ...]
    tables: tuple[tuple[str, tuple[Filled, ...]], ...]
    keys: dict[str, int]
    state: str
    township: int
    problem: str
    began: datetime
    first: date
    last: date

    @property
    def ended(self) -> bool:
        return State(self.state) in ENDED


def patterns(county: str) -> list[Pattern]:
    """Return every case whose events touch nothing but itself."""
    of_row: dict[Row, int] = {}
    events: dict[int, list[Event]] = {}
    tangled: set[int] = set()
    for event in (event for chunk in walk.chunks(county) for event in chunk):
        cases = {case for row in event.rows if (case := _case_of(row, of_row))}
        for sign, label, pk, _, _ in event.rows:
            if cases and sign == "+":
                of_row[label, pk] = min(cases)
            elif cases and (label, pk) not in of_row and label != CASE:
                tangled |= cases
        if len(cases) > 1:
            tangled |= cases
        for case in cases:
            events.setdefault(case, []).append(event)
    rows = Appeal.objects.in_county(county).filter(pk__in=events.keys() - tangled)
    found = rows.select_related("problem", "contact", "enterprise").order_by("pk")
    return [_Reading(case, events[case.pk], of_row).pattern() for case in found]


def _case_of(row: list[Any], of_row: dict[Row, int]) -> int | None:
    _, label, pk, values, _ = row
    if label == CASE:
        return int(pk)
    return of_row.get((label, pk)) or values.get("appeal_id")


class _Reading:
    """One case while its places are found."""

    def __init__(self, case: Appeal, events: list[Event], of_row: dict[Row, int]) -> None:
        self.case = case
        self.events = events
        self.keys = [row for row, owner in of_row.items() if owner == case.pk]
        self.known = set(self.keys)
        self.slots = Slots()
        self.texts = {pk: digest for event in events for _, pk, digest in _texts(event)}
        self.digests = {digest: pk for pk, digest in self.texts.items()}
        self.days: set[date] = set()
        firm = case.enterprise
        assert firm is not None
        assert firm.contact_phone
        self.person = case.submitted_by_id if not case.proxy else 0
        self.said = {
            case.number: self.slots.string("number"),
            firm.contact_phone: self.slots.string("phone"),
            firm.name: self.slots.string("firm-name"),
            firm.contact_name: self.slots.string("contact"),
            case.problem.heading: self.slots.string("title"),
            case.problem.body: self.slots.string("problem"),
        }

    def pattern(self) -> Pattern:
        tables = tuple(self._tables())
        events = tuple(self._line(event) for event in self.events)
        texts = tuple(self._words())
        assert self.case.enterprise is not None
        counted: dict[str, int] = {}
        for label, _ in self.keys:
            counted[label] = counted.get(label, 0) + 1
        return Pattern(
            slots=tuple(self.slots.places),
            events=events,
            texts=texts,
            tables=tables,
            keys=counted,
            state=self.case.state,
            township=self.case.enterprise.township_id,
            problem=str(self.case.problem_id),
            began=self.events[0].at,
            first=min(self.days),
            last=max(self.days),
        )

    def _line(self, event: Event) -> Line:
        rows = [
            [sign, label, self._key(label, pk), self._columns(label, values), hidden]
            for sign, label, pk, values, hidden in event.rows
        ]
        return Line(
            at=filler(self._string(as_code(event.at))),
            kind=event.kind,
            actor=filler(cell(self._reference(USER, event.actor))),
            subject_type=event.subject_type,
            subject_id=filler(cell(self._key(event.subject_type, event.subject_id))),
            content=filler(as_json(self._value(event.data))),
            rows=filler(as_json(rows)),
            reference=event.reference,
        )

    def _words(self) -> Iterable[Words]:
        found = Text.objects.in_county(self.case.county).in_bulk([UUID(pk) for pk in self.texts])
        for key, text in sorted((str(pk), text) for pk, text in found.items()):
            yield Words(
                key=key,
                kind=text.kind,
                heading=filler(for_copy(self._string(text.heading))),
                body=filler(for_copy(self._string(text.body))),
                made_at=filler(self._string(as_code(text.made_at))),
            )

    def _tables(self) -> Iterable[tuple[str, tuple[Filled, ...]]]:
        by_label: dict[str, list[int]] = {}
        for label, pk in self.keys:
            by_label.setdefault(label, []).append(pk)
        for label, keys in sorted(by_label.items()):
            names = columns(label)
            fields = apps.get_model(label)._meta.concrete_fields
            arrays = [field.attname for field in fields if isinstance(field, ArrayField)]
            rows = apps.get_model(label)._base_manager.filter(pk__in=keys).order_by("pk")
            lines = []
            for values in rows.values(*names):
                values["id"] = self._key(label, values["id"])
                made = self._columns(label, values)
                for name in arrays:
                    made[name] = as_array(made[name])
                lines.append(filler("\t".join(cell(made[name]) for name in names)))
            yield label, tuple(lines)

    def _columns(self, label: str, values: dict[str, Any]) -> dict[str, Any]:
        model = apps.get_model(label)
        targets = {
            field.attname: field.related_model._meta.label_lower
            for field in model._meta.concrete_fields
            if isinstance(field.related_model, type) and issubclass(field.related_model, Model)
        }
        made = {}
        for name, value in values.items():
            if name in targets:
                made[name] = self._reference(targets[name], value)
            elif name == "subject_id":
                made[name] = self._key(_subject_of(label, values), value)
            elif name == "person":
                made[name] = self._reference(USER, value)
            elif name == "dedup":
                made[name] = self._dedup(str(value), values)
            else:
                made[name] = self._value(value)
        if label == "appeals.steplink" and "number" in values:
            made["number"] = self.slots.string("link", values["number"])
            self.said[values["number"]] = made["number"]
        return made

    def _dedup(self, value: str, values: dict[str, Any]) -> str:
        subject = str(values["subject_id"])
        parts = value.split(":")
        if subject not in parts:
            return f"{value}:{self.slots.string('number')}"
        sign = self._key(_subject_of("notices.notice", values), values["subject_id"])
        return ":".join(str(sign) if part == subject else part for part in parts)

    def _reference(self, label: str, pk: Any) -> Any:
        if label == FIRM and pk == self.case.enterprise_id:
            return self.slots.number("firm")
        if label == USER and pk is not None and pk == self.person:
            return self.slots.number("person")
        return self._key(label, pk)

    def _key(self, label: str, pk: Any) -> Any:
        if label == "journal.text" and pk is not None:
            return self._string(str(pk))
        return self.slots.number("key", label, pk) if (label, pk) in self.known else pk

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._value(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._value(each) for each in value]
        if isinstance(value, datetime):
            return self._string(as_code(value))
        if isinstance(value, date):
            return self._string(value.isoformat())
        return self._string(value) if isinstance(value, str) else value

    def _string(self, value: str) -> str:
        if MOMENT.fullmatch(value):
            self.days.add(local_date(datetime.fromisoformat(value).astimezone(UTC)))
            return self.slots.string("moment", value)
        if DAY.fullmatch(value):
            self.days.add(date.fromisoformat(value))
            return self.slots.string("day", value)
        if value in self.texts:
            return self.slots.string("text", value)
        if value in self.digests:
            return self.slots.string("digest", self.digests[value])
        for said, sign in self.said.items():
            value = value.replace(said, sign) if said else value
        return value


def columns(label: str) -> list[str]:
    """Return the columns that a row is written with; the database fills generated ones."""
    fields = apps.get_model(label)._meta.concrete_fields
    return [field.attname for field in fields if not field.generated]


def _subject_of(label: str, values: dict[str, Any]) -> str:
    if label == "appeals.steplink":
        return LINKED.get(str(values.get("step")), "appeals.assignment")
    return str(values.get("subject_type", ""))


def _texts(event: Event) -> list[list[str]]:
    texts: list[list[str]] = event.data.get("texts", [])
    return texts
