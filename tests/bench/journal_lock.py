"""What the county's lock costs: `python -m tests.bench.journal_lock [seconds]`.

A deed of an ordinary size (one text, one row added, one row changed, one event) is
written by one and by eight processes, durably, on a server of its own:

  one county       as it is: one lock, one chain
  eight counties   each writer has a chain of its own, so nobody waits for a lock
  no lock          one county, numbers from a sequence, no chain: what is given up for it
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

WRITERS = 8
COUNTIES = [f"34152{number}" for number in range(WRITERS)]
NUMBERS = "CREATE SEQUENCE bench_seq START 2; GRANT USAGE ON bench_seq TO qifu_app"
NO_LOCK = """
CREATE OR REPLACE FUNCTION journal_take_head(
    of_county text, form_key text,
    OUT seq bigint, OUT hash text, OUT kind text, OUT subject_type text, OUT subject_id bigint
) LANGUAGE plpgsql AS $$ BEGIN seq := -nextval('bench_seq'); END $$;
"""


@contextmanager
def durable_server() -> Iterator[Any]:
    """Start a server that really waits for its disk."""
    from qifu.config.binaries import find_binaries, reachable, service_account
    from qifu.config.logins import make_role
    from qifu.config.postgres import CONF, Cluster
    from tests.cluster import Throwaway

    binaries, account = find_binaries(os.environ.get("QIFU_POSTGRES", ""), []), service_account()
    root = Path(tempfile.mkdtemp(prefix="qifu-bench-"))
    account.own(root)
    cluster = Cluster(root / "data", root, reachable(binaries, account), account)
    server = Throwaway(str(root), binaries.major, superuser="s", owner="o", app="a")
    try:
        cluster.create(server.superuser, conf=CONF)
        cluster.start()
        with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
            make_role(admin, "qifu_owner", server.owner)
            make_role(admin, "qifu_app", server.app)
        yield server
    finally:
        cluster.stop()
        shutil.rmtree(root, ignore_errors=True)


def write(county: str, seconds: float, results: Any) -> None:
    """Do deeds one after another; report how long each took, in milliseconds."""
    from django.db import connections

    from qifu.journal.deed import deed
    from qifu.kernel.clock import now
    from qifu.organisations.models import Unit, UnitKind

    connections.close_all()
    took: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        begun = time.perf_counter()
        code = f"{os.getpid()}-{len(took)}"
        with deed("bench.written", county=county, by=None, at=now(), key=code) as work:
            work.text("problem", "企业用电负荷不足，旺季每天限电两小时，订单交不出来。" * 5)
            unit = work.add(
                Unit(
                    code=code,
                    name=code,
                    short_name=code,
                    kind=UnitKind.TOWNSHIP,
                    valid_from=date(2018, 1, 1),
                )
            )
            work.about(unit)
            work.change(unit, expect={"phone": ""}, phone="0564-7356011")
        took.append((time.perf_counter() - begun) * 1000)
    results.put(took)


def measure(counties: list[str], seconds: float) -> list[float]:
    """Let one process write for each entry of `counties`; return what each deed took."""
    results: Any = multiprocessing.Queue()
    writers = [
        multiprocessing.Process(target=write, args=(county, seconds, results))
        for county in counties
    ]
    for writer in writers:
        writer.start()
    took = [ms for _ in writers for ms in results.get()]
    for writer in writers:
        writer.join()
    return took


def main(seconds: float) -> None:
    """Measure each case three times in turn, so that a busy minute hits them all."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from tests import cluster

    migration = importlib.import_module("qifu.journal.migrations.0002_append_only")
    locking = migration.TAKE_HEAD.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    cases = [
        ("1 writer", COUNTIES[:1], locking),
        ("1 writer, no lock", COUNTIES[:1], NO_LOCK),
        ("8 writers, one county", COUNTIES[:1] * WRITERS, locking),
        ("8 writers, eight counties", COUNTIES, locking),
        ("8 writers, no lock", COUNTIES[:1] * WRITERS, NO_LOCK),
    ]
    found: dict[str, list[list[float]]] = {title: [] for title, _, _ in cases}
    with durable_server() as server:
        cluster.make_test_database(server, "bench")
        cluster.connect_django(server, "qifu_app", "bench")
        with psycopg.connect(server.url("qifu_owner", "bench"), autocommit=True) as owner:
            owner.execute(NUMBERS)
            for _ in range(3):
                for title, counties, function in cases:
                    owner.execute(function)
                    found[title].append(measure(counties, seconds))
    for title, rounds in found.items():
        report(title, rounds, seconds)


def report(title: str, rounds: list[list[float]], seconds: float) -> None:
    """Print the middle round's rate, and the times of all rounds together."""
    took = sorted(ms for one in rounds for ms in one)
    rate = statistics.median(len(one) / seconds for one in rounds)
    p99 = took[int(len(took) * 0.99) - 1]
    print(
        f"{title:28} {rate:6.0f} deeds/s"
        f"   p50 {statistics.median(took):6.1f} ms   p99 {p99:6.1f} ms"
    )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
