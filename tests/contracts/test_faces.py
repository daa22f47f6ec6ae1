"""Faces have no rules: they reach rows through the viewer and write through actions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent
WEB = ROOT / "qifu" / "web"
WRITES = {
    "abulk_create", "acreate", "bulk_create", "bulk_update", "create", "delete", "get_or_create",
    "save", "update_or_create",
}  # fmt: skip
BACK_DOORS = {"_base_manager", "_default_manager", "across_counties", "raw"}


TREES = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in sorted(WEB.rglob("*.py"))
}


def faces() -> Iterator[tuple[str, ast.AST]]:
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            yield file, node


def of_cases() -> set[str]:
    """Models of which everybody sees some rows only: cases, enterprises, and their parts."""
    return {
        model.__name__
        for model in apps.get_models()
        if hasattr(model._default_manager.all(), "visible_to")
        or {"appeal", "assignment"} & {field.name for field in model._meta.concrete_fields}
    }


def test_cases_are_reached_through_the_viewer_only() -> None:
    names = of_cases()
    assert {"Appeal", "Assignment", "Enterprise"} <= names
    proper = {
        id(node.value)
        for _, node in faces()
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }

    found = [
        f"{file}:{node.lineno} {node.value.id}"
        for file, node in faces()
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
        and node.value.id in names
        and id(node) not in proper
    ]

    assert found == []


def test_no_face_goes_round_the_county() -> None:
    found = [
        f"{file}:{node.lineno} {node.attr}"
        for file, node in faces()
        if isinstance(node, ast.Attribute) and node.attr in BACK_DOORS
    ]

    assert found == []


def test_no_face_writes_rows() -> None:
    found = [
        f"{file}:{node.lineno} {node.func.attr}"
        for file, node in faces()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        # What is saved for the class above, as a session is, is no row of a room.
        and ast.unparse(node.func.value) != "super()"
    ]

    assert found == []


def test_no_face_opens_a_deed_or_a_transaction() -> None:
    found = [
        f"{file}:{node.lineno} {alias.name}"
        for file, node in faces()
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (node.module or "").startswith("qifu.journal.deed") or alias.name == "transaction"
    ]

    assert found == []
