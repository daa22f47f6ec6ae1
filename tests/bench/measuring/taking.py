"""Taking the measures: each row once alone and once with eight at a time."""

from __future__ import annotations

import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from qifu.config.postgres import find_cluster
from qifu.config.serve import ROOT, web_server, worker
from tests.bench.measuring.asks import Measure, Staff, measures, take
from tests.bench.measuring.browsing import Ask, at_once, counted
from tests.bench.measuring.machine import Family

PEOPLE = 8
WARM = 20
PAGES, STEPS = 200, 48
Figures = dict[str, float | int]


@dataclass
class Server:
    """The web server that is measured, and the database under it."""

    port: int
    web: Family
    database: Family


@contextmanager
def serving(port: int, database: Family) -> Iterator[Server]:
    """Start the product's own web server, with the bench's settings."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.bench.measuring.settings"}
    process = subprocess.Popen(
        web_server(port), cwd=ROOT, env=environment, stdin=subprocess.DEVNULL
    )
    try:
        _wait(port, process)
        yield Server(port, Family(process.pid), database)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/healthz/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The web server does not answer, see above.")


def take_all(server: Server, county: str, *, pages: int, steps: int) -> dict[str, Figures]:
    """Return the figures of every row by its code."""
    found = {}
    for measure in measures(Staff(county)):
        found[measure.code] = _figures(server, measure, pages, steps)
        print(".", end="", flush=True)
    print()
    return found


def titles(county: str) -> dict[str, tuple[str, str]]:
    """Return what each row is called and what it aims at."""
    return {each.code: (each.title, each.aim) for each in measures(Staff(county))}


def _figures(server: Server, measure: Measure, pages: int, steps: int) -> Figures:
    is_step = measure.aim == "step"
    count = steps if is_step else pages
    asks = take(measure, 2 * count + WARM + 1)
    if is_step and len(asks) < 2 * count + 1:
        count = (len(asks) - 1) // 3
    first, rest = asks[0], asks[1:]
    queries, size = counted(server.port, first)
    warm = rest[2 * count :]
    if warm:
        at_once(server.port, warm, PEOPLE)
    web, database = server.web.cpu(), server.database.cpu()
    alone = at_once(server.port, rest[:count], 1)
    web, database = server.web.cpu() - web, server.database.cpu() - database
    together = at_once(server.port, rest[count : 2 * count], PEOPLE)
    return {
        "n": count,
        "p50": alone.quantile(0.5),
        "p95": alone.quantile(0.95),
        "p50_at_8": together.quantile(0.5),
        "p95_at_8": together.quantile(0.95),
        "rate_at_8": together.rate,
        "queries": queries,
        "bytes": size,
        "server_cpu": web * 1000 / count,
        "database_cpu": database * 1000 / count,
    }


def take_export(server: Server, county: str) -> Figures:
    """Take out everything the clerk sees, and watch the memory it takes."""
    staff = Staff(county)
    before = server.web.peak()
    server.web.forget_peak()
    cpu = server.web.cpu()
    times = at_once(server.port, [Ask(staff.session(staff.clerk), "/desk/appeals/export/", {})], 1)
    return {
        "seconds": times.each[0] / 1000,
        "server_cpu_s": server.web.cpu() - cpu,
        "peak_before": before,
        "peak": server.web.peak(),
    }


def database_of(home: Path) -> Family:
    """Return the processes of the bench's own database."""
    pid = find_cluster(home).pid()
    if pid is None:
        raise SystemExit("The database has gone.")
    return Family(pid)


def take_memory(server: Server) -> Figures:
    """Return the memory of web server and worker, after all that was asked of them."""
    process = subprocess.Popen(
        worker(), cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(8)
        jobs = Family(process.pid)
        return {
            "web": server.web.resident(),
            "worker": jobs.resident(),
            "together": server.web.resident() + jobs.resident(),
            "proportional": server.web.proportional() + jobs.proportional(),
            "database": server.database.proportional(),
        }
    finally:
        process.terminate()
        process.wait(30)


def take_commits(url: str) -> Figures:
    """Return what one durable commit of one row costs, alone: the floor of every step."""
    took = []
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE bench_commit (n int)")
        try:
            for number in range(300):
                begun = time.perf_counter()
                connection.execute("INSERT INTO bench_commit VALUES (%s)", [number])
                took.append((time.perf_counter() - begun) * 1000)
        finally:
            connection.execute("DROP TABLE bench_commit")
    took.sort()
    return {"p50": took[150], "p95": took[285]}


def settings_of(url: str) -> dict[str, str]:
    """Return what the figures depend on in the database's configuration."""
    names = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")
    with psycopg.connect(url) as connection:
        return {name: str(_one(connection, f"SHOW {name}")) for name in names}


def sizes_of(url: str) -> dict[str, Any]:
    """Return how large the database is, and how wide a row of each large table."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT c.relname, c.reltuples::bigint, pg_table_size(c.oid), pg_indexes_size(c.oid)"
            " FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace"
            " WHERE s.nspname = 'public' AND c.relkind = 'r' AND c.reltuples > 0"
            " ORDER BY pg_total_relation_size(c.oid) DESC LIMIT 8"
        ).fetchall()
        return {
            "database": _one(connection, "SELECT pg_database_size(current_database())"),
            "tables": [
                {"name": name, "rows": rows, "row_width": size // rows, "indexes": indexes}
                for name, rows, size, indexes in tables
            ],
        }


def _one(connection: psycopg.Connection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
