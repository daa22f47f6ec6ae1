"""Whatever is typed into any field: a clear sentence, the words still there, never a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import Cast
from tests.contracts import matrix
from tests.contracts.forms import form_for
from tests.contracts.test_matrix import Row, every_row
from tests.contracts.world import World, undone
from tests.journeys import paper

LONG = "长" * 100_000
ODD = {
    "rare signs": "流波䃥镇😀👨‍👩‍👧",
    "HTML": "<script>alert(1)</script><b>粗</b>&lt;",
    "SQL": "'; DROP TABLE appeals_appeal; --",
    "100,000 signs": LONG,
    "no sign at all": "有\x00无",
    "nothing": "",
}
# Sent by the page itself, or remembered as one of a few words whatever is sent.
NOT_TYPED = {
    "form-TOTAL_FORMS", "form-INITIAL_FORMS", "large", "density", "agreed", "passed", "notice",
}  # fmt: skip
# Never shown again: what is secret, and what is picked.
NOT_SHOWN = {"password", "hidden", "radio", "checkbox"}
# How the framework says it, to nobody in particular.
GENERIC = ("必填项", "有效的", "确保该", "可用的选项", "required", "valid")


@pytest.fixture
def world(cast: Cast, other_cast: Cast) -> World:
    """The two counties, with everybody at a screen."""
    made = World(cast, other_cast)
    for role, name in matrix.ROLES.items():
        side = other_cast if name.startswith("other ") else cast
        made.sign_in(role, getattr(side, name.removeprefix("other "), None))
    return made


def steps() -> Iterator[tuple[Row, str]]:
    """Give every step of the table with somebody who may take it."""
    seen = set()
    for row in every_row():
        role = next((role for role, sign in row.cells.items() if sign in "+.?"), "")
        if row.method == "POST" and role and row.route not in seen:
            seen.add(row.route)
            yield row, role


@pytest.mark.slow
@pytest.mark.parametrize("odd", ODD)
def test_every_field_takes_it_or_says_why_not(world: World, odd: str) -> None:
    wrong, tried = [], 0
    for row, role in steps():
        form = form_for(world, row.route, row.target)
        for name in set(form) - NOT_TYPED:
            tried += 1
            sent = {**form, name: ODD[odd]}
            answer = _posted(world, row, role, sent)
            wrong += [f"{row} {name}: {why}" for why in _faults(answer, sent)]
            if ODD[odd] == LONG and answer.status_code == 200:
                wrong.append(f"{row} {name}: takes a hundred thousand signs")

    assert tried > 60
    assert not wrong, "\n".join(wrong)


def _posted(world: World, row: Row, role: str, form: dict[str, Any]) -> Any:
    args = world.targets[row.target]
    path = "/" + re.sub(r"<\w+:(\w+)>", lambda found: args[found[1]], row.route)
    with undone():
        return world.client(role).post(path, form, follow=True)


def _faults(answer: Any, sent: dict[str, Any]) -> Iterator[str]:
    if answer.status_code not in {200, 409, 422}:
        yield f"answered {answer.status_code}"
        return
    page = paper.read(answer.content.decode(errors="replace"))
    if any(node.words == "alert(1)" or node.words == "粗" for node in page.all("script", "b")):
        yield "what was typed has become a part of the page"
    if answer.status_code == 422:
        yield from _of_refusal(page, sent)


def _of_refusal(page: paper.Node, sent: dict[str, Any]) -> Iterator[str]:
    summaries = [node for node in page.all("section") if node.attrs.get("id") == "errors"]
    said = summaries[0].words if summaries else ""
    if "。" not in said or any(words in said for words in GENERIC):
        yield f"does not say clearly what is wrong: {said[:80]}"
    for name, typed in sent.items():
        box = _box(page, name)
        if box is not None and _plain("".join(paper.sent_by(box, {}))) != _plain(typed):
            yield f"{name} does not show again what was typed"


def _box(page: paper.Node, name: str) -> paper.Node | None:
    """Return the box in which somebody would find his words again."""
    boxes = page.all("textarea", "input")
    shown = (box for box in boxes if box.attrs.get("type") not in NOT_SHOWN)
    return next((box for box in shown if box.attrs.get("name") == name), None)


def _plain(words: str) -> str:
    # No page can show such a sign.
    return " ".join(words.replace("\x00", "").split())
