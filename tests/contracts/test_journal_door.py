"""Only the journal's own room touches its events; others tell it, or read its answers."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_nobody_outside_the_journal_imports_its_events() -> None:
    found = []
    for path in (ROOT / "qifu").rglob("*.py"):
        if "journal" in path.relative_to(ROOT / "qifu").parts[:1]:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qifu.journal"):
                names = {alias.name for alias in node.names}
                if names & {"Event", "models"}:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")

    assert found == []
