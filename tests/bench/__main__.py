"""`make bench`: a county of 10,000 and of 100,000 appeals, and what its pages cost.

Everything lies in a home of its own, `QIFU_HOME/bench/home`, made anew each time and
removed at the end. The figures go to `QIFU_HOME/bench/latest.json` and to the screen.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
COUNTY = "341524"
STOCK = 150


def main(arguments: Sequence[str]) -> None:
    """Load, measure, load more, measure again, and say what was found."""
    wanted = _wanted(arguments)
    place = Path(os.environ.get("QIFU_HOME") or ROOT / "var").resolve() / "bench"
    home = place / "home"
    if not wanted.reuse:
        _remove(home)
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    for name in [name for name in os.environ if name.startswith(("QIFU_", "DATABASE_"))]:
        if name != "QIFU_POSTGRES":
            del os.environ[name]
    os.environ.update(QIFU_HOME=str(home), DJANGO_SETTINGS_MODULE="qifu.config.settings")
    from qifu.config.lending import held

    try:
        with held(home) as server:
            found = _measured(wanted, home, server)
    finally:
        if not wanted.keep:
            _remove(home)
    (place / "latest.json").write_text(json.dumps(found, ensure_ascii=False, indent=1))
    from tests.bench.measuring.report import lines

    print("\n".join(lines(found)))
    print(f"\nAll figures: {place / 'latest.json'}")


def _wanted(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--n", type=int, default=100_000, help="appeals at the end")
    parser.add_argument("--messages", type=Path, help="a file of real problems, one a line")
    parser.add_argument("--pages", type=int, default=200, help="requests of a page")
    parser.add_argument("--steps", type=int, default=48, help="requests of a step")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--keep", action="store_true", help="leave the database for --reuse")
    parser.add_argument("--reuse", action="store_true", help="measure what was left, load nothing")
    return parser.parse_args(arguments)


def _measured(wanted: argparse.Namespace, home: Path, server: Any) -> dict[str, Any]:
    import django

    django.setup()
    from tests.bench.filling import Filling
    from tests.bench.measuring import taking
    from tests.bench.measuring.machine import load

    settings = taking.settings_of(server.url_app)
    if settings["fsync"] != "on":
        sys.exit("fsync is off: what is measured without it is true of no real machine.")
    for command in (["migrate", "--no-input"], ["collectstatic", "--no-input"]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity=0"], cwd=ROOT, check=True
        )
    found: dict[str, Any] = {
        "commit": _commit(),
        "at": time.strftime("%Y-%m-%d %H:%M:%S %z"),
        "cpu": _cpu(),
        "load": load(),
        "settings": settings,
        "commits": taking.take_commits(server.url_owner),
        "sizes": [],
    }
    filling = Filling(COUNTY, random.Random(wanted.seed), wanted.messages, server.url_superuser)
    sizes = [wanted.n] if wanted.reuse else sorted({max(wanted.n // 10, 1), wanted.n})
    for size in sizes:
        begun = time.monotonic()
        if not wanted.reuse:
            filling.fill(size, stock=STOCK)
        found["sizes"].append(
            {"loaded_s": time.monotonic() - begun, **_at(filling, home, server, wanted)}
        )
    found["titles"] = taking.titles(COUNTY)
    return found


def _at(filling: Any, home: Path, server: Any, wanted: argparse.Namespace) -> dict[str, Any]:
    """Return what is found at one size."""
    from tests.bench.measuring import taking

    said = filling.counts()
    print(f"Measuring at {said['cases']:,} appeals ", end="", flush=True)
    with taking.serving(_free_port(), taking.database_of(home)) as web:
        rows = taking.take_all(web, COUNTY, pages=wanted.pages, steps=wanted.steps)
        memory = taking.take_memory(web)
        export = taking.take_export(web, COUNTY)
    database = taking.sizes_of(server.url_superuser)
    return {**said, "rows": rows, "memory": memory, "export": export, "database": database}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _commit() -> str:
    asked = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    return said.stdout.strip() or "unknown"


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return f"{os.cpu_count()} × {line.partition(':')[2].strip()}"
    return f"{os.cpu_count()} cores"


def _remove(home: Path) -> None:
    """Remove the bench's home, and the cluster where it had to lie elsewhere."""
    for data in home.glob("postgres/[0-9]*"):
        shutil.rmtree(data.resolve(), ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
