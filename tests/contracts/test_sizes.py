"""Files that fit a head: a budget of lines for each kind."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_MODULE = 300
LONGEST_TEMPLATE = 120


def _too_long(pattern: str, most: int, *places: str) -> list[str]:
    paths = [path for place in places for path in (ROOT / place).rglob(pattern)]
    lengths = {path: len(path.read_text().splitlines()) for path in paths}
    return [
        f"{path.relative_to(ROOT)}: {length}"
        for path, length in sorted(lengths.items())
        if length > most and "migrations" not in path.parts and "built" not in path.parts
    ]


def test_no_module_is_longer_than_its_budget() -> None:
    assert _too_long("*.py", LONGEST_MODULE, "qifu", "tests") == []


def test_no_template_is_longer_than_its_budget() -> None:
    assert _too_long("*.html", LONGEST_TEMPLATE, "qifu") == []


def test_no_style_sheet_is_longer_than_a_module() -> None:
    assert _too_long("*.css", LONGEST_MODULE, "qifu") == []
