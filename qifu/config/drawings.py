"""The documents that are drawn from the code: `make docs` writes them, a test compares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db.models import TextChoices

from qifu.appeals.lifecycle import CASE_STEPS, WORK_STEPS, State, Step, Work

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"

LIFECYCLE = """\
# What follows what

Drawn from `qifu/appeals/lifecycle.py` by `make docs`; change the tables there, not this page.

## The case (诉求)

The office's steps and the enterprise's. Between dispatch and review the case stands where
its LEAD unit stands.

{case}

## A unit's part (一个单位的承办)

{work}
"""


def lifecycle() -> str:
    """Return docs/lifecycle.md: both tables of steps, as pictures and as words."""
    return LIFECYCLE.format(case=_life(State, CASE_STEPS), work=_life(Work, WORK_STEPS))


def _life(states: type[TextChoices], steps: Sequence[Step]) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label}" for state in states]
    lines += [f"    {source} --> {step.target}: {step.name}" for step, source in _moves(steps)]
    lines += ["```", "", "| verb | 步骤 | from | to | why |", "|---|---|---|---|---|"]
    for step in steps:
        sources = "、".join(states(source).label for source in step.sources)
        target = states(step.target).label
        lines.append(f"| `{step.verb}` | {step.name} | {sources} | {target} | {step.why} |")
    return "\n".join(lines)


def _moves(steps: Sequence[Step]) -> list[tuple[Step, str]]:
    return [(step, str(source)) for step in steps for source in step.sources]


DRAWN = {"lifecycle.md": lifecycle}


def main() -> None:
    """Write every drawn document."""
    for name, draw in DRAWN.items():
        (DOCS / name).write_text(draw())
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
