"""Names that say nothing are not used."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EMPTY_WORDS = {
    "utils", "util", "helpers", "helper", "common", "services", "service", "manager", "managers",
    "base", "misc", "data", "info",
}  # fmt: skip
EMPTY_VERBS = ("handle_", "process_")


def test_no_module_has_a_name_that_says_nothing() -> None:
    stems = {path: path.stem for path in (ROOT / "qifu").rglob("*.py")}

    assert [str(path) for path, stem in stems.items() if stem in EMPTY_WORDS] == []


def test_no_function_has_a_name_that_says_nothing() -> None:
    found = []
    for path in (ROOT / "qifu").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith(EMPTY_VERBS):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")

    # Django's middleware hooks are named by Django.
    assert [
        name for name in found if not name.endswith(("process_view", "process_exception"))
    ] == []
