"""Every address, asked by every role: the answers of a hand-written table, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import pytest

from tests.cast import Cast
from tests.contracts import (
    matrix,
    matrix_of_bends,
    matrix_of_cases,
    matrix_of_conduct,
    matrix_of_confidence,
    matrix_of_doors,
    matrix_of_exclusion,
    matrix_of_joining,
    matrix_of_leaving,
    matrix_of_links,
    matrix_of_refusals,
    matrix_of_tracking,
    matrix_of_upward,
)
from tests.contracts.forms import form_for
from tests.contracts.test_routes import routes
from tests.contracts.world import World, undone

SIGNS = {".": 200, "+": 303, ">": 302, "-": 404, "!": 403, "m": 405, "=": 409, "?": 422}
# What belongs together is asked together: in its own world, and by itself where one likes.
TABLES = {
    "grounds": matrix.TABLE,
    "cases": matrix_of_cases.TABLE,
    "bends": matrix_of_bends.TABLE,
    "leaving": matrix_of_leaving.TABLE,
    "upward": matrix_of_upward.TABLE,
    "joining": matrix_of_joining.TABLE,
    "confidence": matrix_of_confidence.TABLE,
    "conduct": matrix_of_conduct.TABLE,
    "exclusion": matrix_of_exclusion.TABLE,
    "links": matrix_of_links.TABLE,
    "tracking": matrix_of_tracking.TABLE,
    "refusals": matrix_of_refusals.TABLE,
    "doors": matrix_of_doors.TABLE,
}


@dataclass(frozen=True)
class Row:
    """One line of the table: a way to ask an address, and each role's answer."""

    route: str
    method: str
    target: str
    cells: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.route} [{self.target}]"


def rows(family: str) -> Iterator[Row]:
    """Read a table: addresses at the margin, under each the ways of asking it."""
    route = ""
    for line in TABLES[family].splitlines():
        if line and not line.startswith((" ", "#")):
            route = line.strip()
        elif line.strip() and not line.lstrip().startswith("#"):
            method, target, answers = re.split(r"\s{2,}", line.strip(), maxsplit=2)
            signs = answers.replace(" ", "")
            assert len(signs) == len(matrix.ROLES), line
            cells = dict(zip(matrix.ROLES, signs, strict=True))
            yield Row("" if route == "/" else route, method, target, cells)


def every_row() -> Iterator[Row]:
    """Read all tables."""
    return chain.from_iterable(rows(family) for family in TABLES)


@pytest.fixture
def world(cast: Cast, other_cast: Cast) -> World:
    """The two counties, with everybody at a screen."""
    made = World(cast, other_cast)
    for role, name in matrix.ROLES.items():
        side = other_cast if name.startswith("other ") else cast
        made.sign_in(role, getattr(side, name.removeprefix("other "), None))
    return made


def test_every_address_is_in_the_table_and_every_line_has_its_address() -> None:
    known = {route for route, _ in routes()}
    listed = {row.route for row in every_row()}

    assert sorted(known - listed) == []
    assert sorted(listed - known) == []


def test_no_line_is_there_twice() -> None:
    asked = [str(row) for row in every_row()]

    assert sorted({each for each in asked if asked.count(each) > 1}) == []


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("family", TABLES)
def test_everybody_gets_the_answers_of_the_table(world: World, family: str, method: str) -> None:
    wrong = []
    for row in rows(family):
        if row.method != method:
            continue
        wrong += [f"{row} {role}: {why}" for role, why in _asked(world, row)]

    assert not wrong, "\n".join(wrong)


def _asked(world: World, row: Row) -> Iterator[tuple[str, str]]:
    args = world.targets[row.target.removeprefix("any").strip()]
    path = "/" + re.sub(r"<\w+:(\w+)>", lambda found: args[found[1]], row.route)
    form = form_for(world, row.route, row.target) if row.method == "POST" else {}
    for role, sign in row.cells.items():
        with undone():
            client = world.client(role)
            answer = client.generic("GET", path) if row.method == "GET" else client.post(path, form)
        if answer.status_code != SIGNS[sign]:
            yield role, f"expected {SIGNS[sign]}, got {answer.status_code}"
