"""The two orders of lists: most urgent first, or newest first; for cases and for parts."""

from __future__ import annotations

from datetime import date

from qifu.appeals.models import Appeal, Assignment
from qifu.appeals.queues import unit_parts
from qifu.organisations.models import User
from qifu.web.desk.appeals.paging import Key, Order, read_day

URGENT = ("due_on", "pk")
NEWEST = ("submitted_at", "pk")
SIGN = "."


def cases_urgent(user: User, today: date) -> Order[Appeal]:
    """Order cases by the day on which somebody has to have moved."""

    def write(case: Appeal) -> str:
        return f"{case.due_on}{SIGN}{case.number}"

    def find(said: str) -> Key | None:
        day, _, number = said.partition(SIGN)
        rows = Appeal.objects.visible_to(user, today).filter(number=number)
        key = rows.values_list("pk", flat=True).first()
        return _key(day, key)

    return Order(URGENT, False, write, find)


def cases_newest(user: User, today: date) -> Order[Appeal]:
    """Order cases by when they came in, the last one first."""

    def find(said: str) -> Key | None:
        rows = Appeal.objects.visible_to(user, today).filter(number=said)
        return rows.values_list(*NEWEST).first()

    return Order(NEWEST, True, lambda case: case.number, find)


def parts_urgent(user: User) -> Order[Assignment]:
    """Order a unit's parts by the day on which the unit has to have moved."""

    def write(part: Assignment) -> str:
        return f"{part.due_on}{SIGN}{_name(part)}"

    def find(said: str) -> Key | None:
        day, _, name = said.partition(SIGN)
        return _key(day, _part(user, name))

    return Order(URGENT, False, write, find)


def parts_newest(user: User) -> Order[Assignment]:
    """Order a unit's parts by when they were given, the last one first."""

    def find(said: str) -> Key | None:
        key = _part(user, said)
        return None if key is None else (key,)

    return Order(("pk",), True, _name, find)


def _name(part: Assignment) -> str:
    return f"{part.appeal.number}{SIGN}{part.unit.code}"


def _part(user: User, name: str) -> int | None:
    number, _, unit = name.partition(SIGN)
    rows = unit_parts(user).filter(appeal__number=number, unit__code=unit)
    return rows.order_by("-pk").values_list("pk", flat=True).first()


def _key(day: str, key: int | None) -> Key | None:
    due_on = read_day(day)
    return None if due_on is None or key is None else (due_on, key)
