"""Whom and what the journal's lines name, all found with one query: never a case's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from qifu.appeals import queries as appeals
from qifu.appeals.catalogue import all_units
from qifu.enterprises import access as enterprise_access
from qifu.enterprises import queries as enterprises
from qifu.journal.register import Line
from qifu.organisations import access as unit_access
from qifu.organisations.models import Absence, HandOver, Post, Unit, UnitFiling, User
from qifu.web.desk.journal import kinds
from qifu.web.desk.journal.kinds import by_nobody_known
from qifu.web.desk.navigation import sees_cases
from qifu.web.ui.masks import mask_phone
from qifu.workdays.models import CalendarVersion

APPEAL = "appeals.appeal"
LINK = "appeals.steplink"
ENTERPRISE = "enterprises.enterprise"
FILING = "organisations.unitfiling"
POST = "organisations.post"
ABSENCE = "organisations.absence"
HAND_OVER = "organisations.handover"
UNIT = "organisations.unit"
USER = "organisations.user"
VERSION = "workdays.calendarversion"
OF_ENTERPRISE = "企业人员"

Keys = Iterable[int]


@dataclass(frozen=True)
class Subject:
    """What a line is about, and where the reader finds it."""

    words: str
    url: str = ""


def _posts(county: str, keys: Keys) -> QuerySet[Any, Any]:
    rows = Post.objects.in_county(county).filter(pk__in=keys)
    return rows.values_list(Value(POST), "pk", "user__name", "unit__short_name")


def _absences(county: str, keys: Keys) -> QuerySet[Any, Any]:
    rows = Absence.objects.in_county(county).filter(pk__in=keys)
    return rows.values_list(Value(ABSENCE), "pk", "user__name", "unit__short_name")


def _hand_overs(county: str, keys: Keys) -> QuerySet[Any, Any]:
    rows = HandOver.objects.in_county(county).filter(pk__in=keys)
    return rows.values_list(Value(HAND_OVER), "pk", "leaver__name", "number")


def _filings(county: str, keys: Keys) -> QuerySet[Any, Any]:
    rows = UnitFiling.objects.in_county(county).filter(pk__in=keys)
    return rows.values_list(Value(FILING), "pk", "unit__short_name", "unit__code")


def _users(county: str, keys: Keys) -> QuerySet[Any, Any]:
    rows = User.objects.in_county(county).filter(pk__in=keys)
    return rows.values_list(Value(USER), "pk", "name", Coalesce("login", "phone"))


def _versions(county: str, keys: Keys) -> QuerySet[Any, Any]:
    rows = CalendarVersion.objects.in_county(county).filter(pk__in=keys)
    return rows.values_list(Value(VERSION), "pk", Cast("number", CharField()), Value(""))


NAMED: Mapping[str, Callable[[str, Keys], QuerySet[Any, Any]]] = {
    APPEAL: appeals.numbers_of,
    LINK: appeals.links_of,
    ENTERPRISE: enterprises.names_of,
    ABSENCE: _absences,
    HAND_OVER: _hand_overs,
    FILING: _filings,
    POST: _posts,
    USER: _users,
    VERSION: _versions,
}


@dataclass(frozen=True)
class Register:
    """Everything that some lines name, as this reader may see it."""

    reader: User
    names: Mapping[tuple[str, int], tuple[str, str]]
    units: Mapping[int, Unit]

    def actor(self, line: Line) -> str:
        """Say who acted."""
        if line.actor is None:
            return by_nobody_known(line.kind, line.data)
        person = self._person(line.actor).words
        # Who of the enterprises said it would tell whose it is.
        of_enterprise = person.startswith(OF_ENTERPRISE)
        hidden = of_enterprise and (line.kind in kinds.CONDUCT or self._is_confidential(line))
        return OF_ENTERPRISE if hidden else person

    def subject(self, line: Line) -> Subject:
        """Say what the line is about; nothing, if it is about nothing in particular."""
        # A code sent to a phone names nothing: the number is nowhere readable.
        if line.subject_id is None or line.subject_type not in {*NAMED, UNIT}:
            return Subject("")
        if line.subject_type == USER:
            return self._person(line.subject_id)
        if line.subject_type == UNIT:
            unit = self.units.get(line.subject_id)
            return self._linked(unit.short_name if unit else "", UNIT, unit.code if unit else "")
        name, note = self.names.get((line.subject_type, line.subject_id), ("", ""))
        if line.subject_type == LINK:
            return Subject(f"{name}的链接（{note}）" if name else "")
        if line.subject_type in (POST, ABSENCE, HAND_OVER):
            return Subject(f"{name}（{note}）")
        if line.subject_type == VERSION:
            return self._linked(f"第{name}版", VERSION, name)
        return self._linked(name, line.subject_type, note)

    def _is_confidential(self, line: Line) -> bool:
        subject = (line.subject_type, line.subject_id or 0)
        return self.names.get(subject, ("", ""))[0] == appeals.CONFIDENTIAL

    def _person(self, key: int) -> Subject:
        name, way = self.names.get((USER, key), ("", ""))
        if way[:1].isdigit():
            return Subject(f"{OF_ENTERPRISE}{mask_phone(way)}")
        return self._linked(f"{name}（{way}）", USER, way)

    def _linked(self, words: str, label: str, code: str) -> Subject:
        route, may = PAGES[label]
        if not code or not may(self.reader):
            return Subject(words)
        return Subject(words, reverse(route, args=() if label == VERSION else (code,)))


def register_of(reader: User, lines: Sequence[Line]) -> Register:
    """Read the names that these lines need."""
    county = reader.county
    wanted: dict[str, set[int]] = {label: set() for label in NAMED}
    for line in lines:
        if line.actor is not None:
            wanted[USER].add(line.actor)
        if line.subject_id is not None and line.subject_type in wanted:
            wanted[line.subject_type].add(line.subject_id)
    found = [NAMED[label](county, keys) for label, keys in wanted.items() if keys]
    rows = found[0].union(*found[1:], all=True) if found else ()
    names = {(label, key): (name, note or "") for label, key, name, note in rows}
    return Register(reader, names, {unit.pk: unit for unit in all_units(county)})


def _sees_units(reader: User) -> bool:
    return unit_access.can_see_units(reader, reader.county)


def _sees_accounts(reader: User) -> bool:
    return unit_access.can_see_accounts(reader, reader.county)


# Where a subject has a page, and who may open it.
PAGES: Mapping[str, tuple[str, Callable[[User], bool]]] = {
    APPEAL: ("desk:appeal", sees_cases),
    ENTERPRISE: ("desk:enterprise", enterprise_access.can_search),
    FILING: ("desk:unit", _sees_units),
    UNIT: ("desk:unit", _sees_units),
    USER: ("desk:account", _sees_accounts),
    VERSION: ("desk:calendar", _sees_units),
}
