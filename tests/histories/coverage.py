"""What the register must name: every step of the tables, every action of a case.

Whoever adds one either enters it or leaves it out here with a reason; both lists are exact.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from qifu.appeals import actions
from qifu.appeals.lifecycle import CASE_STEPS, WORK_STEPS
from tests import histories
from tests.histories.registry import VERBS

# Steps of the tables that chance does not take, each with its reason.
STEPS_LEFT_OUT: dict[str, str] = {}
# Actions that chance does not call by name, each with its reason.
ACTIONS_LEFT_OUT = {
    "excluding.ask_exclusion": "about a rating; it moves neither a case nor a clock",
    "excluding.object_to_exclusion": "about a rating; it moves neither a case nor a clock",
    "excluding.rule_exclusion": "about a rating; it moves neither a case nor a clock",
    "exporting.record_export": "about a list, of no case",
    "following.follow": "one case of `follow_parents`",
    "following.release": "one case of `follow_parents`",
    "from_above.post_back": "after the answer is out; it moves neither a case nor a clock",
    "linking.send_link": "`ask_again` and the pages send by it",
    "linking.withdraw_from": "the outbox calls it where a duty changes hands",
    "rating.sample_silent": "one case of `close_unrated`",
    "supplementing.lapse": "one case of `lapse_due`",
}


def steps() -> set[str]:
    """Return every step of the tables that chance has to take."""
    whole = {f"case.{step.verb}" for step in CASE_STEPS}
    return (whole | {f"work.{step.verb}" for step in WORK_STEPS}) - set(STEPS_LEFT_OUT)


def steps_taken() -> set[str]:
    """Return what the verbs of the register say that they take."""
    return set().union(*(verb.steps for verb in VERBS))


def actions_called() -> set[str]:
    """Return the actions of this room that some entry of the register calls."""
    return {name for source in _sources(histories) for name in _named(source)} & every_action()


def every_action() -> set[str]:
    """Return every function of the room's actions that is told the moment: it writes."""
    found = set()
    for source in _sources(actions):
        for node in ast.parse(source.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                told = {each.arg for each in node.args.kwonlyargs}
                found |= {f"{source.stem}.{node.name}"} if "at" in told else set()
    return found


def _sources(package: object) -> Iterator[Path]:
    (folder,) = package.__path__  # type: ignore[attr-defined]
    yield from sorted(Path(folder).glob("*.py"))


def _named(source: Path) -> Iterator[str]:
    """Give `module.name` for whatever is imported from a module, or named as its own."""
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module.rpartition('.')[2]}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"
