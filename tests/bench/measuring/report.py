"""The table that people read: each figure, what was aimed at, and whether it is met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

PAGE_TIMES, PAGE_CPU = 2.0, 15.0
RARE_MS, COMMON_MS = 10.0, 30.0
GROWTH = 1.2
MEMORY_MIB = 300
MIB = 1024 * 1024

Rows = Mapping[str, Mapping[str, float]]


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the report line by line."""
    yield from _head(found)
    for size in found["sizes"]:
        yield from _size(size, found["titles"])
    yield from _growth(found)


def _head(found: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield f"qifu bench, commit {found['commit']}"
    yield f"machine: {found['cpu']}, load {found['load']}"
    yield "database: " + ", ".join(f"{name} {value}" for name, value in found["settings"].items())
    commit = found["commits"]
    yield f"one durable commit of one row: p50 {commit['p50']:.2f} ms, p95 {commit['p95']:.2f} ms"


def _size(size: Mapping[str, Any], titles: Mapping[str, Any]) -> Iterator[str]:
    rows: Rows = size["rows"]
    floor = rows["table"]["p50"]
    yield ""
    yield (
        f"— {size['cases']:,} appeals, {size['events']:,} events"
        f" ({size['bulk']:.1%} of them copied in bulk), loaded in {size['loaded_s']:.0f} s"
    )
    yield (
        f"{'ms':<36}{'p50':>8}{'p95':>8}{'8: p50':>8}{'p95':>8}{'/s':>7}"
        f"{'SQL':>5}{'CPU web':>9}{'CPU db':>8}  aim"
    )
    for code, row in rows.items():
        title, aim = titles[code]
        yield (
            f"{_wide(title, 36)}{row['p50']:>8.1f}{row['p95']:>8.1f}{row['p50_at_8']:>8.1f}"
            f"{row['p95_at_8']:>8.1f}{row['rate_at_8']:>7.0f}{row['queries']:>5.0f}"
            f"{row['server_cpu']:>9.1f}{row['database_cpu']:>8.1f}  {_verdict(aim, row, floor)}"
        )
    yield from _export(size)
    yield from _memory(size["memory"])
    yield from _database(size["database"])


def _verdict(aim: str, row: Mapping[str, float], floor: float) -> str:
    if aim == "floor":
        return ""
    if aim in ("rare", "common"):
        most = RARE_MS if aim == "rare" else COMMON_MS
        # What the search itself takes, beyond the page that shows its rows.
        return _met(row["database_cpu"] <= most, f"database ≤ {most:.0f} ms")
    if aim == "step":
        spent = row["server_cpu"] + row["database_cpu"]
        return f"{spent / row['p50']:.0%} of it CPU, the rest the commit and waiting"
    page = _met(row["p50"] <= PAGE_TIMES * floor, f"p50 ≤ {PAGE_TIMES * floor:.1f}")
    return f"{page}  {_met(row['server_cpu'] <= PAGE_CPU, f'web CPU ≤ {PAGE_CPU:.0f}')}"


def _met(is_met: bool, aim: str) -> str:
    return f"{'✓' if is_met else '✗'} {aim}"


def _export(size: Mapping[str, Any]) -> Iterator[str]:
    export = size["export"]
    grown = export["peak"] - export["peak_before"]
    yield (
        f"export of everything: {export['seconds']:.1f} s, web CPU {export['server_cpu_s']:.1f} s,"
        f" largest process {export['peak_before']:.0f} → {export['peak']:.0f} MiB"
        f"  {_met(grown <= 50, 'grows ≤ 50 MiB')}"
    )


def _memory(memory: Mapping[str, float]) -> Iterator[str]:
    yield (
        f"memory: web {memory['web']:.0f} MiB, worker {memory['worker']:.0f} MiB, together"
        f" {memory['together']:.0f} MiB resident ({memory['proportional']:.0f} with what is shared"
        f" counted once), PostgreSQL {memory['database']:.0f} MiB"
        f"  {_met(memory['together'] <= MEMORY_MIB, f'together ≤ {MEMORY_MIB} MiB')}"
    )


def _database(database: Mapping[str, Any]) -> Iterator[str]:
    yield f"database: {database['database'] / MIB:,.0f} MiB; bytes a row (rows, indexes MiB):"
    for table in database["tables"]:
        yield (
            f"  {table['name']:<28}{table['row_width']:>7,}"
            f"  ({table['rows']:,}, {table['indexes'] / MIB:,.0f})"
        )


def _growth(found: Mapping[str, Any]) -> Iterator[str]:
    if len(found["sizes"]) < 2:
        return
    small, large = found["sizes"][0], found["sizes"][-1]
    yield ""
    yield f"— growth of p50 from {small['cases']:,} to {large['cases']:,}, aim ≤ {GROWTH} times"
    for code, row in large["rows"].items():
        times = row["p50"] / small["rows"][code]["p50"]
        yield f"{_wide(found['titles'][code][0], 36)}{_met(times <= GROWTH, f'{times:.2f}')}"


def _wide(text: str, width: int) -> str:
    """Pad a text in which a Chinese sign is as wide as two letters."""
    taken = sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)
    return text + " " * max(width - taken, 1)
