"""Every address, asked by every role: the answers of a hand-written table, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.cast import Cast
from tests.contracts import matrix, matrix_of_bends, matrix_of_cases, matrix_of_leaving
from tests.contracts.forms import form_for
from tests.contracts.test_routes import routes
from tests.contracts.world import World, undone

SIGNS = {".": 200, "+": 303, ">": 302, "-": 404, "!": 403, "m": 405, "=": 409, "?": 422}
TABLES = (matrix.TABLE, matrix_of_cases.TABLE, matrix_of_bends.TABLE, matrix_of_leaving.TABLE)


@dataclass(frozen=True)
class Row:
    """One line of the table: a way to ask an address, and each role's answer."""

    route: str
    method: str
    target: str
    cells: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.route} [{self.target}]"


def rows() -> Iterator[Row]:
    """Read the table: addresses at the margin, under each the ways of asking it."""
    route = ""
    for line in "\n".join(TABLES).splitlines():
        if line and not line.startswith((" ", "#")):
            route = line.strip()
        elif line.strip() and not line.lstrip().startswith("#"):
            method, target, answers = re.split(r"\s{2,}", line.strip(), maxsplit=2)
            signs = answers.replace(" ", "")
            assert len(signs) == len(matrix.ROLES), line
            cells = dict(zip(matrix.ROLES, signs, strict=True))
            yield Row("" if route == "/" else route, method, target, cells)


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
    listed = {row.route for row in rows()}

    assert sorted(known - listed) == []
    assert sorted(listed - known) == []


def test_no_line_is_there_twice() -> None:
    asked = [str(row) for row in rows()]

    assert sorted({each for each in asked if asked.count(each) > 1}) == []


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everybody_gets_the_answers_of_the_table(world: World, method: str) -> None:
    wrong = []
    for row in rows():
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
